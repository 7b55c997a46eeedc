"""Cards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Required, TypedDict, TypeVar, cast

from pydantic import BaseModel

from restival.io.component import Props
from restival.io.media import Size
from restival.io.menu import MenuItem, ShownMenuItem, menu
from restival.io.recorded import RecordedDisplay
from restival.io.target import maybe_href, picture_url

T = TypeVar("T")

PAGE_SIZE = 20
COLUMN_WIDTH = 240


class CardImage(TypedDict, total=False):
    """A card's picture; `aspect_ratio` is its width by its height."""

    url: Required[str]
    alt: str
    size: Size
    aspect_ratio: float


class Card(TypedDict, total=False):
    """A card; it is a link where there is a `url`, or a `route` with `params`."""

    label: Required[str]
    description: str | None
    image: CardImage | None
    menu: Sequence[MenuItem]
    url: str
    route: str
    params: Mapping[str, Any]


class ShownPicture(BaseModel):
    """A card's picture as the browser sees it; without a size it is as wide as the card."""

    url: str
    alt: str = ""
    size: Size | None = None
    aspect_ratio: float | None = None


class ShownCard(BaseModel):
    """A card as the browser sees it."""

    label: str
    description: str | None = None
    image: ShownPicture | None = None
    menu: list[ShownMenuItem] = []
    href: str | None = None


class CardGridProps(Props):
    """The cards, how wide their columns are at best, in pixels, and how many are on a page."""

    items: list[ShownCard]
    column_width: int
    page_size: int


class CardGrid(RecordedDisplay):
    """Cards with picture, menu and link, several beside each other.

    `render_item` makes a card of each item of `data`: a mapping of `label`, `description`, `image` (`url`, `alt`,
    `size`, `aspect_ratio`), `menu`, and `url` or `route` with `params`; without it the items are such mappings.
    `ideal_column_width` is in pixels. Raises ValueError for a link or picture that can't be.
    """

    name = "display.grid"
    props_type = CardGridProps

    def __init__(
        self,
        label: str,
        *,
        data: Sequence[T],
        render_item: Callable[[T], Card] | None = None,
        help_text: str | None = None,
        ideal_column_width: int = COLUMN_WIDTH,
        default_page_size: int = PAGE_SIZE,
    ) -> None:
        if ideal_column_width < 1 or default_page_size < 1:
            raise ValueError("ideal_column_width and default_page_size have to be at least 1")
        render = render_item or (lambda item: cast(Card, item))
        items = [_card(render(item)) for item in data]
        props = CardGridProps(items=items, column_width=ideal_column_width, page_size=default_page_size)
        super().__init__(label, props, help_text=help_text)


def _card(item: Card) -> ShownCard:
    label = item["label"]
    image = item.get("image")
    where = f"data: {label!r}"
    return ShownCard(
        label=label,
        description=item.get("description"),
        image=ShownPicture(**{**image, "url": picture_url(image["url"], where)}) if image else None,
        menu=menu(item.get("menu", ()), where),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), where),
    )

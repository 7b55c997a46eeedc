"""Cards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Required, TypedDict, TypeVar, cast

from pydantic import BaseModel

from restival.io.call import InvalidAnswer, Json
from restival.io.calling import called
from restival.io.component import Props
from restival.io.media import Size
from restival.io.menu import MenuItem, ShownMenuItem, menu
from restival.io.pages import LARGEST_PAGE, GetData, TablePage
from restival.io.recorded import RecordedDisplay
from restival.io.target import maybe_href, picture_url
from restival.words import t

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
    """The cards, how wide their columns are at best, in pixels, and how many are on a page. With a `total` the cards
    are those of the first page, and others are asked for."""

    items: list[ShownCard]
    total: int | None = None
    column_width: int
    page_size: int


class CardGrid(RecordedDisplay):
    """Cards with picture, menu and link, several beside each other.

    `render_item` makes a card of each item of `data`: a mapping of `label`, `description`, `image` (`url`, `alt`,
    `size`, `aspect_ratio`), `menu`, and `url` or `route` with `params`; without it the items are such mappings.
    `ideal_column_width` is in pixels. `get_data`, sync or async, gives the items of a page and how many there are
    altogether; pages can be turned while the grid's form is open: in a group, or with choices. Raises ValueError for a
    link or picture that can't be.
    """

    name = "display.grid"
    props_type = CardGridProps

    def __init__(
        self,
        label: str,
        *,
        data: Sequence[T] | None = None,
        get_data: GetData[T] | None = None,
        render_item: Callable[[T], Card] | None = None,
        help_text: str | None = None,
        ideal_column_width: int = COLUMN_WIDTH,
        default_page_size: int = PAGE_SIZE,
    ) -> None:
        if ideal_column_width < 1 or default_page_size < 1:
            raise ValueError("ideal_column_width and default_page_size have to be at least 1")
        if (data is None) == (get_data is None):
            raise ValueError(f"io.display.grid({label!r}) takes data or get_data")
        self._render = render_item or (lambda item: cast(Card, item))
        self._get_data = get_data
        self._page_size = min(default_page_size, LARGEST_PAGE)
        items = [_card(self._render(item)) for item in data or ()]
        props = CardGridProps(items=items, column_width=ideal_column_width, page_size=default_page_size)
        super().__init__(label, props, help_text=help_text)

    @property
    def prepares(self) -> bool:
        """Whether the first cards are to be recorded: those that a function of the action gives."""
        return self._get_data is not None

    async def prepare(self) -> Any:
        """The first cards, and how many there are."""
        return await self._page(0)

    async def take_prepared(self, recorded: Any) -> None:
        """Show the cards that were recorded."""
        items = [ShownCard.model_validate(card) for card in recorded["items"]]
        self.props = self.props.model_copy(update={"items": items, "total": recorded["total"]})

    async def on_event(self, name: str, payload: Json) -> Any:
        """The cards of a page, and how many there are."""
        if name != "page" or self._get_data is None:
            return await super().on_event(name, payload)
        if not isinstance(payload, int) or isinstance(payload, bool) or payload < 0:
            raise InvalidAnswer(t("There is no such page."))
        return await self._page(payload)

    async def _page(self, offset: int) -> Json:
        assert self._get_data is not None
        items, total = await called(self._get_data, TablePage(offset=offset, page_size=self._page_size))
        cards = [_card(self._render(item)).model_dump(mode="json") for item in list(items)[: self._page_size]]
        return {"items": cards, "total": total}


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

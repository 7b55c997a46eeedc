"""Cards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, TypeVar, cast

from pydantic import BaseModel, Field, ValidationError

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.link_menu import MenuItem, ShownMenuItem, menu
from restival.io.core.media import Size
from restival.io.core.urls import maybe_href, picture_url
from restival.io.table.columns import page_size
from restival.io.table.paging import LONGEST_QUERY, GetData, TablePage, fetched

T = TypeVar("T")

Fit = Literal["cover", "contain"]
PAGE_SIZE = 20
COLUMN_WIDTH = 240


class CardImage(TypedDict, total=False):
    """A card's picture.

    `aspect_ratio` (or `aspectRatio`) is the width of the picture's area divided by its height.
    `fit` says what happens to a picture of another shape: "cover" crops it, "contain" adds space around it.
    """

    url: Required[str | None]
    alt: str
    size: Size
    fit: Fit
    aspect_ratio: float
    aspectRatio: float  # as in Interval's SDK


class Card(TypedDict, total=False):
    """A card. It is a link if it has a `url`, or a `route` with `params`."""

    label: str | None
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
    fit: Fit = "cover"
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
    is_filterable: bool = True


class WantedCards(BaseModel):
    """A page as the browser asks for it."""

    offset: int = Field(ge=0)
    query: str = Field("", max_length=LONGEST_QUERY)


class CardGrid(RecordedDisplay):
    """Cards in columns, each with an optional picture, menu, and link. A grid of several pages has a search field.

    `render_item` returns the card for each item of `data`.
    A card is a mapping of `label`, `description`, `image`, `menu`, and `url` or `route` with `params`.
    `image` is a mapping of `url`, `alt`, `fit`, `aspect_ratio`, and `size`.
    Without `render_item`, the items must be such mappings.

    `ideal_column_width` is in pixels.
    A page has 20 cards, or `default_page_size`.
    `get_data`, sync or async, returns the items of one page and the total number of items.
    Users can turn pages while the grid's form is open: in a group, or with choices.

    Raises ValueError for an invalid link or picture.
    """

    name = "display.grid"
    props_type = CardGridProps

    def __init__(
        self,
        label: str,
        *,
        data: Iterable[T] | None = None,
        get_data: GetData[T] | None = None,
        render_item: Callable[[T], Card] | None = None,
        help_text: str | None = None,
        ideal_column_width: int | None = None,
        default_page_size: float | None = None,
        is_filterable: bool = True,
    ) -> None:
        width = COLUMN_WIDTH if ideal_column_width is None else ideal_column_width
        if width < 1 or (default_page_size is not None and default_page_size < 1):
            raise ValueError("ideal_column_width and default_page_size must be at least 1")
        if (data is None) == (get_data is None):
            raise ValueError(f"io.display.grid({label!r}) needs either data or get_data")
        self._render = render_item or (lambda item: cast(Card, item))
        self._get_data = get_data
        self._page_size = page_size(default_page_size, PAGE_SIZE)
        items = [_card(self._render(item)) for item in data or ()]
        props = CardGridProps(items=items, column_width=width, page_size=self._page_size, is_filterable=is_filterable)
        super().__init__(label, props, help_text=help_text)

    @property
    def needs_prefetch(self) -> bool:
        """Whether the first cards are to be recorded: those that a function of the action gives."""
        return self._get_data is not None

    async def prefetch(self) -> Any:
        """The first cards, and how many there are."""
        return await self._page(WantedCards(offset=0))

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show the cards that were recorded."""
        items = [ShownCard.model_validate(card) for card in recorded["items"]]
        self.props = self.props.model_copy(update={"items": items, "total": recorded["total"]})

    async def on_event(self, name: str, payload: Json) -> Any:
        """The cards of a page, and how many there are."""
        if name != "page" or self._get_data is None:
            return await super().on_event(name, payload)
        try:
            return await self._page(WantedCards.model_validate(payload))
        except ValidationError:
            raise InvalidAnswer(t("This page of rows doesn't exist.")) from None

    async def _page(self, wanted: WantedCards) -> Json:
        assert self._get_data is not None
        page = TablePage(offset=wanted.offset, page_size=self._page_size, query_term=wanted.query)
        items, total = await fetched(self._get_data, page)
        cards = [_card(self._render(item)).model_dump(mode="json") for item in items]
        return {"items": cards, "total": total}


def _card(item: Card) -> ShownCard:
    label = item.get("label") or ""
    image = item.get("image")
    where = f"data: {label!r}"
    return ShownCard(
        label=label,
        description=item.get("description"),
        image=_picture(image, where) if image and image.get("url") is not None else None,
        menu=menu(item.get("menu", ()), where),
        href=maybe_href(item.get("url"), item.get("route"), item.get("params"), where),
    )


def _picture(image: CardImage, where: str) -> ShownPicture:
    given: dict[str, Any] = {**image, "url": picture_url(str(image["url"]), where)}
    if "aspectRatio" in given:
        given["aspect_ratio"] = given.pop("aspectRatio")
    return ShownPicture(**given)

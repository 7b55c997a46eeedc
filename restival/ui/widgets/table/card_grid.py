"""Cards."""

from nicegui import background_tasks, events, ui
from nicegui.element import Element

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import FieldSpec, Json
from restival.io.display.grid import CardGridProps, ShownCard, ShownPicture
from restival.ui.elements.anchor import anchor, menu_link
from restival.ui.elements.button import Button
from restival.ui.elements.focus import put_focus
from restival.ui.elements.text import text
from restival.ui.widgets.base.media import sized
from restival.ui.widgets.base.widget import Ask, Changed, Widget


class CardGridWidget(Widget):
    """Cards in as many columns as there is room for, a page at a time."""

    component = "display.grid"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = CardGridProps.model_validate(spec.props)
        self._all = self._props.items
        self._at = self._shown = 0
        self._drawn: list[ShownCard] = []
        self._query = ""
        self._wanted: int | None = None
        self._ask: Ask | None = None
        self._filter: Element | None = None
        self._foot: Element | None = None
        with ui.element("section").classes("r-display") as self.root:
            self.root.props["aria-label"] = spec.label or t("Cards")
            with ui.element("div").classes("r-tiles-top"):
                if spec.label:
                    text("div", spec.label, "r-label")
                if self._props.is_filterable and self._pages > 1:
                    self._filter = self._draw_filter(spec.label or t("Cards"))
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._cards = ui.element("ul").classes("r-tiles").props('role="list"')
            self._cards.style(f"--r-column: {self._props.column_width}px")
            self._nothing = text("p", t("Nothing to show"), "r-hint")
            if self._pages > 1:
                self._draw_foot()
        self._draw(self._props.items[: self._props.page_size])

    def connect(self, ask: Ask) -> None:
        """Ask for other cards than the first from now on."""
        if self._props.total is not None:
            self._ask = ask
            self._show_foot()

    def take(self, spec: FieldSpec) -> bool:
        """Show other cards; what was searched and the page stay."""
        props = CardGridProps.model_validate(spec.props)
        if _form(spec, props) != _form(self.spec, self._props):
            return False
        self.spec, self._all = spec, props.items
        self._props = props if self._ask is not None else props.model_copy(update={"items": self._found()})
        if self._ask is None or (self._at == 0 and not self._query):
            self._at = min(self._at, self._pages - 1)
            at = self._at * self._props.page_size
            self._draw(self._props.items[at : at + self._props.page_size])
        else:
            background_tasks.create(self._go_again(), name="cards")
        return True

    async def _go_again(self) -> None:
        with self.root:  # a task of its own doesn't know its page otherwise
            await self._go(self._at)

    def _found(self) -> list[ShownCard]:
        words = self._query.lower().split()
        return [card for card in self._all if all(word in _words_of(card) for word in words)]

    @property
    def _count(self) -> int:
        return len(self._props.items) if self._props.total is None else self._props.total

    @property
    def _pages(self) -> int:
        return max(1, -(-self._count // self._props.page_size))

    def _draw_foot(self) -> None:
        with ui.element("div").classes("r-tiles-foot") as self._foot:
            self._told = text("span", "").props('role="status"')
            self._back = Button(
                icon="chevron_left", name=t("Previous page"), look="bare", on_click=lambda: self._turn(-1)
            )
            self._on = Button(icon="chevron_right", name=t("Next page"), look="bare", on_click=lambda: self._turn(1))

    def _draw_filter(self, name: str) -> Element:
        field = ui.element("input").classes("r-grid-filter").props("type=search")
        field.props["placeholder"], field.props["aria-label"] = t("Filter"), t("Filter {name}", name=name)
        field.on("keydown.enter.exact", js_handler="(event) => { event.stopPropagation(); event.preventDefault(); }")
        field.on("input", self._find, js_handler="(event) => emit(event.target.value)")
        return field

    async def _find(self, event: events.GenericEventArguments) -> None:
        self._query = str(event.args)
        if self._props.total is None:
            self._props = self._props.model_copy(update={"items": self._found()})
        await self._go(0)

    async def _go(self, at: int) -> None:
        """Show a page. While one is under way, only the newest wish waits."""
        is_under_way, self._wanted = self._wanted is not None, at
        if is_under_way:
            return
        while self._wanted is not None:
            at, query = self._wanted, self._query
            try:
                shown = await self._page(at, query)
            except RestivalError as error:
                self._told.set_text(str(error))
                break
            if self.root.is_deleted:
                return
            if shown or at == 0:
                self._at = at
                self._draw(shown)
            elif at > self._at:  # nothing follows after all
                self._show_foot()
            elif self._wanted == at:  # what was there has gone
                self._wanted = max(0, min(at, self._pages) - 1)
            if (self._wanted, self._query) == (at, query):
                break
        self._wanted = None

    async def _page(self, at: int, query: str) -> list[ShownCard]:
        offset, size = at * self._props.page_size, self._props.page_size
        if self._ask is None:
            return self._props.items[offset : offset + size]
        page = await self._ask("page", {"offset": offset, "query": query})
        self._props = self._props.model_copy(update={"total": page["total"]})
        return [ShownCard.model_validate(card) for card in page["items"]]

    async def _turn(self, by: int) -> None:
        await self._go(self._at + by)
        # a button that can't be pressed any more loses the focus
        if self._at in (0, self._pages - 1):
            put_focus(self._on if self._at == 0 else self._back)

    def _draw(self, shown: list[ShownCard]) -> None:
        if shown != self._drawn:
            self._drawn = shown
            with self._cards.clear():
                for card in shown:
                    _draw_card(card)
        self._shown = len(shown)
        self._nothing.set_visibility(not shown)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._foot is None:
            return
        first, turns = self._at * self._props.page_size, self._props.total is None or self._ask is not None
        last = first + self._shown
        ends = {"first": min(first + 1, last), "last": last}
        if self._props.total is not None and self._count == last + 1:  # all that is known of an untold number
            page, begin = (
                t("{first}–{last}, more available", **ends),
                t("First {shown}, more available", shown=self._shown),
            )
        else:
            page = t("{first}–{last} of {count}", **ends, count=self._count)
            begin = t("First {shown} of {count}", shown=self._shown, count=self._count)
        self._told.set_text(page if turns else begin)
        if self._filter is not None:
            self._filter.set_visibility(turns)
        self._back.set_visibility(turns)
        self._on.set_visibility(turns)
        self._back.set_enabled(self._at > 0)
        self._on.set_enabled(self._at < self._pages - 1)


def _form(spec: FieldSpec, props: CardGridProps) -> tuple[Json, ...]:
    """What cards are drawn anew for: a grid of one page has neither filter nor foot."""
    count = len(props.items) if props.total is None else props.total
    frame = (props.column_width, props.page_size, props.is_filterable, props.total is None)
    return (spec.label, spec.help_text, *frame, count > props.page_size)


def _words_of(card: ShownCard) -> str:
    return f"{card.label}\n{card.description or ''}".lower()


def _draw_card(card: ShownCard) -> None:
    with ui.element("li").classes("r-tile r-tile-link" if card.href else "r-tile"):
        if card.image:
            _draw_picture(card.image)
        with ui.element("div").classes("r-tile-words"):
            if card.href:
                anchor(card.label, card.href, "r-link r-tile-title")
            else:
                text("div", card.label, "r-tile-title")
            if card.description:
                text("div", card.description, "r-hint r-tile-about")
        if card.menu:
            _draw_menu(card)


def _draw_picture(image: ShownPicture) -> None:
    with ui.element("div").classes("r-tile-picture"):
        picture = sized(ui.element("img"), {"size": image.size})
        picture.style(f"aspect-ratio: {image.aspect_ratio or 3 / 2}; object-fit: {image.fit}")
        picture.props("loading=lazy")
        picture.props["src"] = image.url
        picture.props["alt"] = image.alt


def _draw_menu(card: ShownCard) -> None:
    button = Button(icon="more_vert", name=t("Menu for {label}", label=card.label), look="bare").classes("r-tile-menu")
    with ui.element("div").classes("r-tile-choices").props("popover=auto") as choices:
        for item in card.menu:
            menu_link(item.model_dump())
    button.props["popovertarget"] = choices.html_id
    for element in (button, choices):
        element.style(f"--r-name: --r-menu-{choices.id}")

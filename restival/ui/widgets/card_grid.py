"""Cards."""

from nicegui import ui

from restival.errors import RestivalError
from restival.io.call import FieldSpec
from restival.io.card_grid import CardGridProps, ShownCard, ShownPicture
from restival.ui.button import Button
from restival.ui.focus import put_focus
from restival.ui.text import text
from restival.ui.widgets.anchor import anchor, menu_link
from restival.ui.widgets.media import sized
from restival.ui.widgets.widget import Ask, Changed, Widget
from restival.words import t


class CardGridWidget(Widget):
    """Cards in as many columns as there is room for, a page at a time."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = CardGridProps.model_validate(spec.props)
        self._at = self._shown = 0
        self._ask: Ask | None = None
        with ui.element("section").classes("r-display") as self.root:
            self.root.props["aria-label"] = spec.label or t("Cards")
            if spec.label:
                text("div", spec.label, "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._cards = ui.element("ul").classes("r-tiles").props('role="list"')
            self._cards.style(f"--r-column: {self._props.column_width}px")
            if not self._props.items:
                text("p", t("Nothing to show"), "r-hint")
            if self._pages > 1:
                self._draw_foot()
        self._draw(self._props.items[: self._props.page_size])

    def connect(self, ask: Ask) -> None:
        """Ask for other cards than the first from now on."""
        if self._props.total is not None:
            self._ask = ask
            self._show_foot()

    @property
    def _count(self) -> int:
        return len(self._props.items) if self._props.total is None else self._props.total

    @property
    def _pages(self) -> int:
        return max(1, -(-self._count // self._props.page_size))

    def _draw_foot(self) -> None:
        with ui.element("div").classes("r-tiles-foot"):
            self._told = text("span", "").props('role="status"')
            self._back = Button(
                icon="chevron_left", name=t("Previous page"), look="bare", on_click=lambda: self._turn(-1)
            )
            self._on = Button(icon="chevron_right", name=t("Next page"), look="bare", on_click=lambda: self._turn(1))

    async def _turn(self, by: int) -> None:
        at = self._at + by
        shown = self._props.items[at * self._props.page_size :]
        if self._ask is not None:
            try:
                page = await self._ask("page", at * self._props.page_size)
            except RestivalError as error:
                self._told.set_text(str(error))
                return
            if self.root.is_deleted:
                return
            shown = [ShownCard.model_validate(card) for card in page["items"]]
            self._props = self._props.model_copy(update={"total": page["total"]})
        self._at = at
        self._draw(shown[: self._props.page_size])
        # a button that can't be pressed any more loses the focus
        if self._at in (0, self._pages - 1):
            put_focus(self._on if self._at == 0 else self._back)

    def _draw(self, shown: list[ShownCard]) -> None:
        self._cards.clear()
        with self._cards:
            for card in shown:
                _draw_card(card)
        self._shown = len(shown)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._pages == 1:
            return
        first, turns = self._at * self._props.page_size, self._props.total is None or self._ask is not None
        if turns:
            last = first + self._shown
            self._told.set_text(t("{first}–{last} of {count}", first=first + 1, last=last, count=self._count))
        else:
            self._told.set_text(t("The first {shown} of {count}", shown=self._shown, count=self._count))
        self._back.set_visibility(turns)
        self._on.set_visibility(turns)
        self._back.set_enabled(self._at > 0)
        self._on.set_enabled(self._at < self._pages - 1)


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
        picture.style(f"aspect-ratio: {image.aspect_ratio or 3 / 2}")
        picture.props("loading=lazy")
        picture.props["src"] = image.url
        picture.props["alt"] = image.alt


def _draw_menu(card: ShownCard) -> None:
    button = Button(icon="more_vert", name=t("Menu of {label}", label=card.label), look="bare").classes("r-tile-menu")
    with ui.element("div").classes("r-tile-choices").props("popover=auto") as choices:
        for item in card.menu:
            menu_link(item.model_dump())
    button.props["popovertarget"] = choices.html_id
    for element in (button, choices):
        element.style(f"--r-name: --r-menu-{choices.id}")

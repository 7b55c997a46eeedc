"""Cards."""

from nicegui import ui

from restival.io.call import FieldSpec
from restival.io.card_grid import CardGridProps, ShownCard, ShownPicture
from restival.ui.button import Button
from restival.ui.focus import put_focus
from restival.ui.text import text
from restival.ui.widgets.anchor import anchor, menu_link
from restival.ui.widgets.media import sized
from restival.ui.widgets.widget import Changed, Widget


class CardGridWidget(Widget):
    """Cards in as many columns as there is room for, a page at a time."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        self._props = CardGridProps.model_validate(spec.props)
        self._at = 0
        with ui.element("section").classes("r-display") as self.root:
            self.root.props["aria-label"] = spec.label or "Cards"
            if spec.label:
                text("div", spec.label, "r-label")
            if spec.help_text:
                text("div", spec.help_text, "r-hint")
            self._cards = ui.element("ul").classes("r-tiles").props('role="list"')
            self._cards.style(f"--r-column: {self._props.column_width}px")
            if not self._props.items:
                text("p", "Nothing to show", "r-hint")
            if self._pages > 1:
                self._draw_foot()
        self._draw()

    @property
    def _pages(self) -> int:
        return -(-len(self._props.items) // self._props.page_size)

    def _draw_foot(self) -> None:
        with ui.element("div").classes("r-tiles-foot"):
            self._told = text("span", "").props('role="status"')
            self._back = Button(icon="chevron_left", name="Previous page", look="bare", on_click=lambda: self._turn(-1))
            self._on = Button(icon="chevron_right", name="Next page", look="bare", on_click=lambda: self._turn(1))

    def _turn(self, by: int) -> None:
        self._at += by
        self._draw()
        # a button that can't be pressed any more loses the focus
        if self._at in (0, self._pages - 1):
            put_focus(self._on if self._at == 0 else self._back)

    def _draw(self) -> None:
        first = self._at * self._props.page_size
        shown = self._props.items[first : first + self._props.page_size]
        self._cards.clear()
        with self._cards:
            for card in shown:
                _draw_card(card)
        if self._pages > 1:
            self._told.set_text(f"{first + 1}–{first + len(shown)} of {len(self._props.items):,}")
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
    button = Button(icon="more_vert", name=f"Menu of {card.label}", look="bare").classes("r-tile-menu")
    with ui.element("div").classes("r-tile-choices").props("popover=auto") as choices:
        for item in card.menu:
            menu_link(item.model_dump())
    button.props["popovertarget"] = choices.html_id
    for element in (button, choices):
        element.style(f"--r-name: --r-menu-{choices.id}")

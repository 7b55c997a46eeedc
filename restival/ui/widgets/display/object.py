"""Nested data that folds."""

from nicegui import events, ui
from nicegui.element import Element

from restival.i18n import t, tn
from restival.io.core.call import FieldSpec, Json
from restival.ui.elements.button import Button
from restival.ui.elements.content.plain_text import plain, shortened
from restival.ui.elements.text import text
from restival.ui.widgets.base.widget import Changed, Widget

OPEN_LEVELS = 2
OPEN_ENTRIES = 20
"""What has more entries is folded at first."""
PAGE = 100
"""Entries that are drawn at once."""
LONGEST = 10_000
"""Characters of a text that are drawn."""


class ObjectWidget(Widget):
    """A tree of keys and values."""

    component = "display.object"

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        with ui.element("div").classes("r-display") as self.root:
            if spec.label:
                text("div", spec.label, "r-label")
            tree = draw_object(spec.props.get("data")).props('role="group"')
            tree.props["aria-label"] = spec.label or t("Data")


def draw_object(data: Json) -> Element:
    """Draw a value, and what is inside it as parts that fold."""
    entries = _entries(data)
    with ui.element("div").classes("r-object") as tree:
        if entries:
            _draw_entries(entries, 0)
        else:
            text("span", plain(data), "r-value")
    return tree


def _draw_entries(entries: list[tuple[str, Json]], level: int, start: int = 0) -> None:
    """Draw a page of entries, and a button for those that are left."""
    for name, value in entries[start : start + PAGE]:
        if inner := _entries(value):
            _draw_fold(name, value, inner, level)
        else:
            with ui.element("div").classes("r-entry"):
                text("span", name, "r-key")
                text("span", shortened(plain(value), LONGEST), "r-value")
    left = len(entries) - start - PAGE
    if left > 0:
        with ui.element("div").classes("r-entry") as place:
            more = Button(t("Show {some} of {all} more", some=min(left, PAGE), all=left), look="quiet").classes(
                "r-more"
            )
        more.on("click", lambda: _go_on(place, entries, level, start + PAGE), [])


def _go_on(place: Element, entries: list[tuple[str, Json]], level: int, start: int) -> None:
    assert place.parent_slot is not None
    with place.parent_slot:
        _draw_entries(entries, level, start)
    place.delete()


def _draw_fold(name: str, value: Json, inner: list[tuple[str, Json]], level: int) -> None:
    """What is folded is drawn once it is opened: nobody looks at all of a large tree."""
    is_open = level < OPEN_LEVELS - 1 and len(inner) <= OPEN_ENTRIES
    with ui.element("details") as fold:
        with ui.element("summary"):
            text("span", name, "r-key")
            text("span", _count(inner, value), "r-hint")
        body = ui.element("div").classes("r-nested")

    def draw() -> None:
        with body:
            _draw_entries(inner, level + 1)

    def toggled(event: events.GenericEventArguments) -> None:
        if not body.default_slot.children:
            draw()

    if is_open:
        fold.props["open"] = True
        draw()
    else:
        fold.on("toggle", toggled, js_handler="(event) => event.target.open && emit()")


def _entries(data: Json) -> list[tuple[str, Json]] | None:
    if isinstance(data, dict):
        return [(str(key), value) for key, value in data.items()]
    if isinstance(data, list):
        return [(str(index), value) for index, value in enumerate(data)]
    return None


def _count(entries: list[tuple[str, Json]], value: Json) -> str:
    if isinstance(value, list):
        return tn("{count} item", "{count} items", len(entries))
    return tn("{count} entry", "{count} entries", len(entries))

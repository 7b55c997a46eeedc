"""Nested data that folds."""

from nicegui import ui

from restival.io.call import FieldSpec, Json
from restival.ui.text import text
from restival.ui.widgets.widget import Changed, Widget

OPEN_LEVELS = 2
MOST = 200
"""Entries of one level that are drawn."""


class ObjectWidget(Widget):
    """A tree of keys and values."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        if spec.label:
            text("div", spec.label, "r-label")
        with ui.element("div").classes("r-object"):
            draw_object(spec.props.get("data"))


def draw_object(data: Json, level: int = 0) -> None:
    """Draw a value, and what is inside it as parts that fold."""
    entries = _entries(data)
    if entries is None:
        text("span", _plain(data), "r-value")
        return
    for name, value in entries[:MOST]:
        inner = _entries(value)
        if inner is None:
            with ui.element("div").classes("r-entry"):
                text("span", name, "r-key")
                text("span", _plain(value), "r-value")
            continue
        with ui.element("details").props("open" if level < OPEN_LEVELS - 1 else ""):
            with ui.element("summary"):
                text("span", name, "r-key")
                text("span", f"{len(inner)} {'items' if isinstance(value, list) else 'entries'}", "r-hint")
            with ui.element("div").classes("r-nested"):
                draw_object(value, level + 1)
    if len(entries) > MOST:
        text("div", f"… and {len(entries) - MOST} more", "r-hint")


def _entries(data: Json) -> list[tuple[str, Json]] | None:
    if isinstance(data, dict):
        return [(str(key), value) for key, value in data.items()]
    if isinstance(data, list):
        return [(str(index), value) for index, value in enumerate(data)]
    return None


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "–" if value is None else str(value)

"""Nested data that folds."""

from nicegui import ui

from restival.io.call import FieldSpec, Json
from restival.ui.text import text
from restival.ui.widgets.widget import Changed, Widget

OPEN_LEVELS = 2
MOST = 1000
"""Entries that are drawn."""


class ObjectWidget(Widget):
    """A tree of keys and values."""

    def __init__(self, spec: FieldSpec, changed: Changed) -> None:
        super().__init__(spec, changed)
        if spec.label:
            text("div", spec.label, "r-label")
        with ui.element("div").classes("r-object") as self.root:
            draw_object(spec.props.get("data"))


def draw_object(data: Json) -> None:
    """Draw a value, and what is inside it as parts that fold."""
    entries = _entries(data)
    if entries is None:
        text("span", plain(data), "r-value")
    else:
        _draw_entries(entries, 0, MOST)


def _draw_entries(entries: list[tuple[str, Json]], level: int, left: int) -> int:
    """Draw as many entries as are left, those inside them counted; gives how many are left then."""
    for position, (name, value) in enumerate(entries):
        if left <= 0:
            text("div", f"… and {len(entries) - position} more", "r-hint")
            break
        left -= 1
        inner = _entries(value)
        if not inner:
            with ui.element("div").classes("r-entry"):
                text("span", name, "r-key")
                text("span", plain(value), "r-value")
            continue
        with ui.element("details").props("open" if level < OPEN_LEVELS - 1 else ""):
            with ui.element("summary"):
                text("span", name, "r-key")
                text("span", _count(inner, value), "r-hint")
            with ui.element("div").classes("r-nested"):
                left = _draw_entries(inner, level + 1, left)
    return left


def _entries(data: Json) -> list[tuple[str, Json]] | None:
    if isinstance(data, dict):
        return [(str(key), value) for key, value in data.items()]
    if isinstance(data, list):
        return [(str(index), value) for index, value in enumerate(data)]
    return None


def _count(entries: list[tuple[str, Json]], value: Json) -> str:
    one, many = ("item", "items") if isinstance(value, list) else ("entry", "entries")
    return f"{len(entries)} {one if len(entries) == 1 else many}"


def plain(value: Json) -> str:
    """A value that isn't nested, as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "–" if value is None or value in ([], {}) else str(value)


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, which says so where it is cut."""
    return text if len(text) <= most else f"{text[:most]}\n… {len(text):,} characters in all"

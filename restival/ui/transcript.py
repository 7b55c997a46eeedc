"""What a transaction has shown and asked so far, in order."""

from nicegui import ui

from restival.io.call import TranscriptItem
from restival.io.catalogue import is_answerable
from restival.ui.answer import draw_answer
from restival.ui.text import text
from restival.ui.when import clock
from restival.ui.widgets import widget_for


def draw_item(item: TranscriptItem) -> None:
    """Draw a display as it was shown, or an answered call read-only."""
    if item.kind == "display":
        with ui.element("div").classes("r-shown"):
            for field in item.fields:
                widget_for(field, _nothing)
        return
    with ui.element("div").classes("r-answered"):
        for field in item.fields:
            if not is_answerable(field):
                widget_for(field, _nothing)
        with ui.element("dl").classes("r-answers"):
            for field in item.fields:
                if is_answerable(field):
                    draw_answer(field, (item.answer or {}).get(field.key))
        if item.by is not None:
            text("div", f"answered by {item.by.name}, {clock(item.at)}", "r-by")


def _nothing() -> None:
    """A display doesn't change."""

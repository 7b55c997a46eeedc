"""What a transaction has shown and asked so far, in order."""

from nicegui import ui

from restival.io.call import TranscriptItem
from restival.io.catalogue import is_answerable
from restival.ui.answer import answer_html, tag
from restival.ui.when import clock
from restival.ui.widgets import widget_for


def draw_item(item: TranscriptItem) -> None:
    """Draw a display as it was shown, or an answered call read-only."""
    if item.kind == "display":
        with ui.element("div").classes("r-shown"):
            for field in item.fields:
                widget_for(field, _nothing)
        return
    shown = [field for field in item.fields if not is_answerable(field)]
    if not shown:
        ui.html(_answers(item), sanitize=False).classes("r-answered")
        return
    with ui.element("div").classes("r-answered"):
        for field in shown:
            widget_for(field, _nothing)
        ui.html(_answers(item), sanitize=False)


def _answers(item: TranscriptItem) -> str:
    given = item.answer or {}
    asked = [field for field in item.fields if is_answerable(field)]
    answers = "".join(answer_html(field, given.get(field.key)) for field in asked)
    how = f"{item.choice}: answered" if item.choice else "answered"
    by = tag("div", f"{how} by {item.by.name}, {clock(item.at)}", "r-by") if item.by else ""
    return f'<dl class="r-answers">{answers}</dl>{by}'


def _nothing() -> None:
    """A display doesn't change."""

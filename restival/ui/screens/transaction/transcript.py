"""What a transaction has shown and asked so far, in order."""

from collections.abc import Sequence
from functools import partial

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t
from restival.io.core.call import FieldSpec, TranscriptItem
from restival.io.core.registry import is_answerable
from restival.io.core.traverse import inner_fields
from restival.ui.elements.content.html import tag
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.forms.fields import Fields, is_layout
from restival.ui.widgets.base.error_widget import draw_error, drawn_or
from restival.ui.widgets.registry import answer_html, widget_class, widget_for


def draw_display(item: TranscriptItem, place: Element | None = None) -> Element:
    """Draw a display as it was shown, anew where it was drawn before, and give where."""
    place = place or ui.element("div").classes("r-shown")
    with place.clear():
        Fields(item.fields, {}, lambda key: None)
    return place


def item_html(item: TranscriptItem) -> str | None:
    """An answered call read-only, as HTML; None where it has more than its answers, and has to be drawn."""
    return None if _displays(item) or any(_is_drawn(field, item) for field in item.fields) else _answers(item)


def draw_item(item: TranscriptItem) -> None:
    """Draw an answered call read-only, with what was shown beside its questions."""
    shown = _displays(item)
    drawn = any(_is_drawn(field, item) for field in item.fields)
    with ui.element("div").classes("r-answered"):
        for field in shown:
            widget_for(field, _nothing)
        if drawn:
            _draw_answers(item)
        else:
            ui.html(_answers(item), sanitize=False)


def draw_prepared(fields: Sequence[FieldSpec]) -> None:
    """Draw the parameters that somebody has prepared, before what is there already."""
    values = "".join(answer_html(field, field.value) for field in fields)
    if values:
        ui.html(f'<dl class="r-answers">{values}</dl>', sanitize=False).move(target_index=0)


def draw_asked(fields: Sequence[FieldSpec]) -> None:
    """Draw what others are asked, for who may only see it."""
    with ui.element("div").classes("r-card r-asked"):
        for field in fields:
            if inner_fields(field):
                ui.html(f'<dl class="r-answers">{answer_html(field, field.value)}</dl>', sanitize=False)
            else:
                text("h2", field.label, "r-h2")
                text("p", field.help_text or "", "r-hint")


def _displays(item: TranscriptItem) -> list[FieldSpec]:
    return [field for field in item.fields if not is_answerable(field) and not is_layout(field)]


def _answers(item: TranscriptItem) -> str:
    given = item.answer or {}
    answers = "".join(answer_html(field, given.get(field.key)) for field in _asked(item))
    return f'<dl class="r-answers">{answers}</dl>{_by(item)}'


def _draw_answers(item: TranscriptItem) -> None:
    """The answers one by one, where a component draws its own."""
    given = item.answer or {}
    with ui.element("dl").classes("r-answers"):
        for field in _asked(item):
            if _is_drawn(field, item):
                text("dt", field.label, "r-key")
                with ui.element("dd").classes("r-value"):
                    draw = partial(widget_class(field).draw_answer, field, given[field.key])
                    drawn_or(draw, draw_error, field.component)
            else:
                ui.html(answer_html(field, given.get(field.key)), sanitize=False).classes("r-answer")
    ui.html(_by(item), sanitize=False)


def _is_drawn(field: FieldSpec, item: TranscriptItem) -> bool:
    return (item.answer or {}).get(field.key) is not None and widget_class(field).draws_answer(field)


def _asked(item: TranscriptItem) -> list[FieldSpec]:
    return [field for field in item.fields if is_answerable(field)]


def _by(item: TranscriptItem) -> str:
    if item.timed_out:
        return tag("div", t("Timed out, {time}", time=clock(item.at)), "r-by")
    if item.by is None or item.kind == "approve":
        return ""
    if item.kind == "start":
        return tag("div", t("Started by {name}, {time}", name=item.by.name, time=clock(item.at)), "r-by")
    words = t("answered by {name}, {time}", name=item.by.name, time=clock(item.at))
    return tag("div", f"{item.choice}: {words}" if item.choice else words, "r-by")


def _nothing() -> None:
    """A display doesn't change."""

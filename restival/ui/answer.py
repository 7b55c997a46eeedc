"""Answers as people read them, after they were given."""

from restival.io.call import FieldSpec, Json
from restival.io.nested import ListProps, RecordProps
from restival.io.select_single import SelectSingleProps
from restival.io.select_table import SelectTableProps
from restival.ui.text import text
from restival.ui.widgets.grid import Grid
from restival.ui.widgets.number import symbol_of
from restival.ui.widgets.object import plain, shortened

LONGEST = 2_000
"""Characters of an answer that are shown."""


def draw_answer(field: FieldSpec, answer: Json) -> None:
    """Draw a field's label and what was answered."""
    if field.component == "select.table" and answer:
        _rows(field, answer)
    elif field.component == "record" and answer is not None:
        _record(field, answer)
    elif field.component == "list" and answer:
        _list(field, answer)
    else:
        text("dt", field.label, "r-key")
        text("dd", in_words(field, answer), "r-value")


def in_words(field: FieldSpec, answer: Json) -> str:
    """An answer of one value as text."""
    if field.component == "select.single":
        options = SelectSingleProps.model_validate(field.props).options
        return next((option.label for option in options if option.key == answer), plain(answer))
    if field.component == "input.number" and answer is not None:
        return f"{symbol_of(field)} {answer}".strip()
    if field.component == "input.datetime":
        return plain(answer).replace("T", " ")
    return "–" if answer == "" else shortened(plain(answer), LONGEST)


def _rows(field: FieldSpec, answer: Json) -> None:
    props = SelectTableProps.model_validate(field.props)
    chosen = props.model_copy(update={"rows": [props.rows[row] for row in answer]})
    text("dt", field.label, "r-key")
    with text("dd", "", "r-value"):
        Grid("", chosen)


def _record(field: FieldSpec, answer: Json) -> None:
    if field.label:
        text("dt", field.label, "r-key r-key-group")
    for inner in RecordProps.model_validate(field.props).fields:
        draw_answer(inner, answer.get(inner.key))


def _list(field: FieldSpec, answer: Json) -> None:
    item = ListProps.model_validate(field.props).item
    if item.component == "record":
        for number, value in enumerate(answer, 1):
            draw_answer(item.model_copy(update={"label": f"{field.label} {number}"}), value)
        return
    text("dt", field.label, "r-key")
    text("dd", "\n".join(in_words(item, value) for value in answer), "r-value")

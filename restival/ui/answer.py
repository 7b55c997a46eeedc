"""Answers as people read them, after they were given."""

from restival.io.call import FieldSpec, Json
from restival.io.nested import ListProps, RecordProps
from restival.io.select_single import SelectSingleProps
from restival.io.select_table import SelectTableProps
from restival.ui.text import text
from restival.ui.widgets.grid import draw_table


def draw_answer(field: FieldSpec, answer: Json) -> None:
    """Draw a field's label and what was answered."""
    if field.component == "select.table":
        _rows(field, answer)
    elif field.component == "record" and answer is not None:
        _record(field, answer)
    elif field.component == "list":
        _list(field, answer)
    else:
        text("dt", field.label, "r-key")
        text("dd", in_words(field, answer), "r-value")


def in_words(field: FieldSpec, answer: Json) -> str:
    """An answer of one value as text."""
    if answer is None or answer == "":
        return "–"
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if field.component == "select.single":
        options = SelectSingleProps.model_validate(field.props).options
        return next((option.label for option in options if option.key == answer), str(answer))
    return str(answer)


def _rows(field: FieldSpec, answer: Json) -> None:
    props = SelectTableProps.model_validate(field.props)
    chosen = props.model_copy(update={"rows": [props.rows[row] for row in answer or []], "is_filterable": False})
    text("dt", field.label, "r-key")
    with text("dd", "", "r-value"):
        draw_table("", chosen)


def _record(field: FieldSpec, answer: Json) -> None:
    if field.label:
        text("dt", field.label, "r-key r-key-group")
    for inner in RecordProps.model_validate(field.props).fields:
        draw_answer(inner, answer.get(inner.key))


def _list(field: FieldSpec, answer: Json) -> None:
    item = ListProps.model_validate(field.props).item
    if not answer:
        text("dt", field.label, "r-key")
        text("dd", "–", "r-value")
    for number, value in enumerate(answer or [], 1):
        draw_answer(item.model_copy(update={"label": f"{field.label} {number}"}), value)

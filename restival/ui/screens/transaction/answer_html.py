"""Answers as people read them, after they were given."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from html import escape

from restival.i18n import in_date, in_moment, in_time, tn
from restival.io.core.call import FieldSpec, Json
from restival.io.core.declared import declared
from restival.io.input.color import HEX
from restival.io.input.file import FILES, File
from restival.io.input.file import in_words as size_in_words
from restival.io.input.rich_text import sanitized
from restival.io.input.spreadsheet import SpreadsheetProps
from restival.io.model.record import ListProps, RecordProps
from restival.io.model.variants import VariantsProps
from restival.io.select.multiple import SelectMultipleProps
from restival.io.select.single import SelectSingleProps
from restival.io.select.table import SelectTableProps
from restival.io.table.cells import stored_cell
from restival.ui.assignment.votes import decision_html
from restival.ui.elements.html import tag
from restival.ui.elements.plain_text import plain, shortened
from restival.ui.widgets.base.rows_html import answer_table
from restival.ui.widgets.input.number import number_in_words

log = logging.getLogger(__name__)

DATES: Mapping[str, Callable[[str], str]] = {
    "input.date": lambda answer: in_date(date.fromisoformat(answer)),
    "input.time": lambda answer: in_time(time.fromisoformat(answer)),
    "input.datetime": lambda answer: in_moment(datetime.fromisoformat(answer)),
}
LONGEST = 2_000
"""Characters of an answer that are shown."""
MOST_ROWS = 50
"""Chosen rows that are shown."""


def answer_html(field: FieldSpec, answer: Json) -> str:
    """A field's label and what was answered, as HTML: one piece, because a browser redraws element by element."""
    if field.component == "select.table" and answer:
        return tag("dt", field.label, "r-key") + f'<dd class="r-value">{_chosen_rows(field, answer)}</dd>'
    if field.component == "input.spreadsheet" and answer:
        return tag("dt", field.label, "r-key") + f'<dd class="r-value">{_sheet(field, answer)}</dd>'
    if field.component == "record" and answer is not None:
        return _record(field, answer)
    if field.component == "list" and answer:
        return _list(field, answer)
    if field.component == "variants" and answer is not None:
        return _variant(field, answer)
    if field.component == "approve" and answer:
        return tag("dt", field.label, "r-key") + f'<dd class="r-value">{decision_html(answer)}</dd>'
    return tag("dt", field.label, "r-key") + f'<dd class="r-value">{_value(field, answer)}</dd>'


def _value(field: FieldSpec, answer: Json) -> str:
    if answer is None:
        return "–"
    if field.component == "input.rich_text":
        return f'<div class="r-prose">{sanitized(str(answer))}</div>'
    if field.component == "input.file":
        return "<br>".join(_file(file) for file in FILES.validate_python(answer))
    if field.component in ("input.code", "input.json"):
        return tag("pre", shortened(str(answer), LONGEST), "r-code r-wrap")
    if field.component == "input.color" and HEX.fullmatch(str(answer)):
        return f'<span class="r-patch" style="background: {answer}"></span> {answer}'
    return escape(in_words(field, answer))


def _file(file: File) -> str:
    to = f'href="{escape(file.url())}" target="_blank" rel="noopener noreferrer"'
    return f'<a class="r-link" {to}>{escape(file.name)}</a> ({size_in_words(file.size)})'


def in_words(field: FieldSpec, answer: Json) -> str:
    """An answer of one value as text."""
    if field.component == "select.single":
        options = SelectSingleProps.model_validate(field.props).options
        return next((option.label for option in options if option.key == answer), plain(answer))
    if field.component == "select.multiple":
        return shortened(_chosen(field, answer or []) or "–", LONGEST)
    if field.component == "input.number" and answer is not None:
        return number_in_words(field, answer)
    if field.component == "input.tags" and answer:
        return ", ".join(answer)
    if field.component == "search" and answer:
        return "\n".join(result["label"] for result in answer)
    if field.component in declared() and answer is not None:
        return shortened(_own_words(field, answer), LONGEST)
    if field.component in DATES and answer:
        return DATES[field.component](str(answer))
    return "–" if answer == "" else shortened(plain(answer), LONGEST)


def _own_words(field: FieldSpec, answer: Json) -> str:
    """What the project's component says of the answer; the answer itself where it can't say anything."""
    try:
        component = declared()[field.component].of(field)
        return component.words(component.resolve(answer))
    except Exception:
        log.exception("%s has no words for an answer", field.component)
        return plain(answer)


def _chosen(field: FieldSpec, answer: list[str]) -> str:
    labels = {option.key: option.label for option in SelectMultipleProps.model_validate(field.props).options}
    return ", ".join(labels.get(key, key) for key in answer)


def _rows(names: list[str], rows: list[list[Json]], count: int) -> str:
    left = count - len(rows)
    more = tn("… and {count} more row", "… and {count} more rows", left) if left > 0 else ""
    return answer_table(names, rows) + more


def _chosen_rows(field: FieldSpec, answer: list[Json]) -> str:
    props = SelectTableProps.model_validate(field.props)
    rows = [row["cells"] if isinstance(row, dict) else props.rows[row] for row in answer[:MOST_ROWS]]
    cells = [[stored_cell(cell) for cell in row] for row in rows]
    return _rows([column.label for column in props.columns], cells, len(answer))


def _sheet(field: FieldSpec, answer: list[list[Json]]) -> str:
    names = [column.name for column in SpreadsheetProps.model_validate(field.props).columns]
    return _rows(names, answer[:MOST_ROWS], len(answer))


def _record(field: FieldSpec, answer: Json) -> str:
    heading = tag("dt", field.label, "r-key r-key-group") if field.label else ""
    fields = RecordProps.model_validate(field.props).fields
    return heading + "".join(answer_html(inner, answer.get(inner.key)) for inner in fields)


def _variant(field: FieldSpec, answer: Json) -> str:
    """What was chosen beside the label, as any choice is, and what was asked then below it."""
    chosen = VariantsProps.model_validate(field.props).chosen(answer)
    if chosen is None:
        return tag("dt", field.label, "r-key") + tag("dd", plain(answer), "r-value")
    below = "".join(answer_html(inner, answer.get(inner.key)) for inner in chosen.fields)
    return tag("dt", field.label, "r-key r-key-chosen") + tag("dd", chosen.label, "r-value r-key-chosen") + below


def _list(field: FieldSpec, answer: Json) -> str:
    item = ListProps.model_validate(field.props).item
    if item.component in ("record", "variants"):
        labelled = [
            item.model_copy(update={"label": f"{field.label} {number}"}) for number in range(1, len(answer) + 1)
        ]
        return "".join(map(answer_html, labelled, answer))
    values = "\n".join(in_words(item, value) for value in answer)
    return tag("dt", field.label, "r-key") + tag("dd", values, "r-value")

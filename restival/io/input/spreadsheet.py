"""Rows of a small spreadsheet, with columns of given types."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import BaseModel

from restival.i18n import t, tn
from restival.io.core.call import Errors, InvalidAnswer, Json
from restival.io.core.component import Component, Props, required
from restival.io.core.jsonable import jsonable
from restival.io.input.number import parsed

ColumnType = Literal["string", "number", "boolean", "string?", "number?", "boolean?"]
Cell = str | int | float | bool | None

MOST_ROWS = 50_000
MOST_ERRORS = 50
"""Cells that are told by name; of more there is only the number."""
LONGEST_QUOTE = 40
TRUE = frozenset({"true", "yes", "y", "1", "x"})
FALSE = frozenset({"false", "no", "n", "0"})


class BadCell(ValueError):
    """What is wrong with a cell, to be read after its place."""


class SheetColumn(BaseModel):
    """A column by its name; cells of an optional one may be empty."""

    name: str
    type: Literal["string", "number", "boolean"]
    optional: bool = False

    def cell(self, written: Json) -> Cell:
        """The value of what was written or sent, None where it is empty. Raises BadCell."""
        if written is None or (isinstance(written, str) and not written.strip()):
            if self.optional:
                return None
            raise BadCell(t("fill in this cell"))
        return CELLS[self.type](written)


class SpreadsheetProps(Props):
    """The columns in their order.

    An answer is a list of rows. A row is a list of cells in the columns' order, or an object with cells by column name.
    """

    columns: list[SheetColumn]

    def check(self, answer: Json) -> list[list[Cell]]:
        """The rows that aren't empty, their cells in the types of the columns; all wrong cells are counted, the first
        are told by row and column. Rows count from 1, empty ones too."""
        if not isinstance(answer, list):
            raise InvalidAnswer(t("Enter rows."))
        if len(answer) > MOST_ROWS:
            raise InvalidAnswer(t("Enter at most {count} rows.", count=MOST_ROWS))
        rows: list[list[Cell]] = []
        errors: Errors = {}
        wrong = 0
        for number, row in enumerate(answer):
            written = self._written(number, row)
            if is_blank(written):
                continue
            cells: list[Cell] = []
            for position, (column, cell) in enumerate(zip(self.columns, written, strict=True)):
                try:
                    cells.append(column.cell(cell))
                except BadCell as bad:
                    wrong += 1
                    if wrong <= MOST_ERRORS:
                        errors[f"{number}.{position}"] = _at(number, column, bad)
            rows.append(cells)
        if errors:
            raise InvalidAnswer({"": _summary(wrong), **errors})
        if not rows:
            raise InvalidAnswer(required())
        return rows

    def _written(self, number: int, row: Json) -> list[Json]:
        """A row as a list of as many cells as there are columns."""
        names = [column.name for column in self.columns]
        if isinstance(row, dict) and row.keys() <= set(names):
            return [row.get(name) for name in names]
        if isinstance(row, list) and len(row) <= len(names):
            return row + [None] * (len(names) - len(row))
        raise InvalidAnswer(t("Row {number} must have the columns {names}.", number=number + 1, names=", ".join(names)))


class SpreadsheetInput(Component[list[dict[str, Any]]]):
    """Rows that users type, paste, or import from a CSV or XLSX file. The value is a list of mappings by column name.

    `columns` sets the type of each column: "string", "number", or "boolean".
    A number is an int if it is whole, and a float otherwise.
    Add "?" to a type to allow empty cells, which have the value None.
    Empty rows are left out.

    A spreadsheet has at most 50,000 rows.
    An imported file can have 20 MB (an XLSX file 30 MB unpacked) and a million cells.
    Reading it can take at most 20 seconds.

    Raises ValueError for an unknown column type, or for a default with other columns.
    """

    name = "input.spreadsheet"
    props_type = SpreadsheetProps

    def __init__(
        self,
        label: str,
        columns: Mapping[str, ColumnType],
        *,
        help_text: str | None = None,
        default_value: Sequence[Mapping[str, Any]] | None = None,
        disabled: bool = False,
    ) -> None:
        self._call = f"io.input.spreadsheet({label!r})"
        if not columns:
            raise ValueError(f"{self._call}: columns is empty")
        self.columns = [self._column(name, type) for name, type in columns.items()]
        props = SpreadsheetProps(columns=self.columns)
        super().__init__(label, props, help_text=help_text, default_value=default_value, disabled=disabled)

    def _column(self, name: str, type: str) -> SheetColumn:
        if type not in get_args(ColumnType):
            raise ValueError(f"{self._call}: column {name!r} has the type {type!r}, not {' or '.join(CELLS)}")
        return SheetColumn.model_validate({"name": name, "type": type.rstrip("?"), "optional": type.endswith("?")})

    def dump(self, value: Sequence[Mapping[str, Any]]) -> list[list[Json]]:
        """The rows as lists of cells. Raises ValueError for a row with a column that isn't declared."""
        names = [column.name for column in self.columns]
        for row in value:
            if unknown := [key for key in row if key not in names]:
                raise ValueError(f"{self._call}: default_value has a column {unknown[0]!r} that isn't declared")
        return [[jsonable(row.get(name)) for name in names] for row in value]

    def resolve(self, answer: Json) -> list[dict[str, Any]]:
        """The rows as mappings by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in answer]


def is_blank(row: Sequence[Json]) -> bool:
    """Whether nothing is written in any cell."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _string(written: Json) -> str:
    if not isinstance(written, str):
        raise BadCell(t("enter text"))
    return written


def _number(written: Json) -> int | float:
    try:
        number = parsed(written)
    except InvalidAnswer:
        raise BadCell(t("enter a number instead of {written}", written=_quoted(written))) from None
    return int(number) if number == number.to_integral_value() else float(number)


def _boolean(written: Json) -> bool:
    if isinstance(written, bool):
        return written
    word = written.strip().casefold() if isinstance(written, str) else ""
    if word in (*TRUE, t("yes")) or word in (*FALSE, t("no")):
        return word in (*TRUE, t("yes"))
    raise BadCell(t("enter yes or no instead of {written}", written=_quoted(written)))


CELLS: dict[str, Callable[[Json], Cell]] = {"string": _string, "number": _number, "boolean": _boolean}


def _quoted(written: Json) -> str:
    text = str(written)
    return f"“{text[:LONGEST_QUOTE]}…”" if len(text) > LONGEST_QUOTE else f"“{text}”"


def _summary(wrong: int) -> str:
    told = tn("Correct one cell.", "Correct {count} cells.", wrong)
    return f"{told} {t('The first {count} are highlighted.', count=MOST_ERRORS)}" if wrong > MOST_ERRORS else told


def _at(row: int, column: SheetColumn, bad: BadCell) -> str:
    return t("Row {number}, {column}: {bad}.", number=row + 1, column=column.name, bad=bad)

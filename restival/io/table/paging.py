"""Rows page by page: from a function of the action, or from a list that is too long to be sent as a whole."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, Literal, TypeVar

from restival.io.core.call import Json
from restival.io.core.callbacks import run_callback
from restival.io.table.cells import as_stored, cell_to_text
from restival.io.table.columns import CellColumn, readable

R = TypeVar("R")

MEMORY_ROWS = 1_000
"""Rows up to which a list is sent to the browser as a whole."""
LONGEST_QUERY = 1_000


@dataclass(frozen=True)
class TablePage:
    """The page of rows that a table needs: `page_size` rows from `offset`, counted from 0.

    Return only rows that contain all words of `query_term`.
    Sort them by `sort_column`, which is the column's key, or its label if the column is computed.
    """

    offset: int = 0
    page_size: int = 20
    query_term: str = ""
    sort_column: str | None = None
    sort_direction: Literal["asc", "desc"] = "asc"


@dataclass(frozen=True)
class FetchedTableData(Generic[R]):
    """The rows of one page, and the total number of rows, if known."""

    data: Sequence[R]
    total_records: int | None = None


Fetched = tuple[Sequence[R], int] | FetchedTableData[R] | list[R]
GetData = Callable[[TablePage], Fetched[R] | Awaitable[Fetched[R]]]
"""Gives the rows of a page, and how many rows there are of all pages together; without that number a page that is full
is followed by another."""


async def fetched(get_data: GetData[R], page: TablePage) -> tuple[list[R], int]:
    """The rows of a page, at most so many as it asks for, and how many there are altogether."""
    given: Any = await run_callback(get_data, page)
    if isinstance(given, FetchedTableData):
        rows, total = given.data, given.total_records
    elif isinstance(given, tuple):
        rows, total = given
    else:
        rows, total = given, None
    found = list(rows)[: page.page_size]
    return found, page.offset + len(found) + (len(found) == page.page_size) if total is None else total


def in_memory(data: Sequence[R], columns: Sequence[CellColumn]) -> GetData[R]:
    """Pages of a list, found by what the cells show and sorted by their values."""

    @cache
    def texts() -> list[str]:
        return ["\n".join(cell_to_text(as_stored(column.cell(row))) for column in columns).lower() for row in data]

    @cache
    def values(key: str) -> list[Json]:
        cell = next(column.cell for column in columns if column.key == key)
        return [readable(as_stored(cell(row))) for row in data]

    @cache
    def in_order(key: str, *, down: bool) -> list[int]:
        """The rows' numbers; what is missing comes last, in both directions."""
        known = values(key)
        there = [row for row, value in enumerate(known) if value is not None]
        there.sort(key=lambda row: _order(known[row]), reverse=down)
        return there + [row for row, value in enumerate(known) if value is None]

    def get_data(page: TablePage) -> tuple[Sequence[R], int]:
        if not page.query_term and page.sort_column is None:
            return data[page.offset : page.offset + page.page_size], len(data)
        found: Sequence[int] = range(len(data))
        if page.sort_column is not None:
            found = in_order(page.sort_column, down=page.sort_direction == "desc")
        if words := page.query_term.lower().split():
            shown = texts()
            found = [row for row in found if all(word in shown[row] for word in words)]
        return [data[row] for row in found[page.offset : page.offset + page.page_size]], len(found)

    return get_data


def _order(cell: Any) -> tuple[int, float, str]:
    """Numbers before texts, each in their own order."""
    if isinstance(cell, (int, float)):
        return (0, float(cell), "")
    return (1, 0.0, str(cell).lower())

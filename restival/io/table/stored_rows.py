"""Tables as files: what was shown of a long table, kept beside its transaction and not in its record.

The first line has the columns' labels, each other one a row: its cells, and its menu where it has one.
"""

import asyncio
import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from restival.io.core.call import Json
from restival.io.core.file_content import content
from restival.io.table.cells import sought_cell
from restival.io.table.columns import CellColumn, KeptRows
from restival.io.table.paging import TablePage, in_memory
from restival.isolation.owner import transaction
from restival.isolation.thread_pools import FILES

TYPE = "application/x-restival-rows"
IN_MEMORY = 2
"""Tables whose rows are held to turn their pages."""


async def keep_rows(label: str, columns: list[str], rows: Iterable[tuple[list[Json], Json]]) -> KeptRows:
    """Keep these rows, cells and menu each, with the files of the transaction that runs."""
    name = re.sub(r"\W+", "-", label.lower()).strip("-")[:80] or "table"
    lines = [json.dumps(columns)]
    for at, (cells, menu) in enumerate(rows):
        lines.append(json.dumps([cells, menu] if menu else [cells]))
        if at % 1_000 == 999:
            await asyncio.sleep(0)  # the pages of others go on meanwhile
    file = await content().keep(transaction.get(), f"{name}.rows", "\n".join(lines).encode(), TYPE)
    return KeptRows(file=file, name=name)


def unpacked(lines: Iterator[str]) -> tuple[list[str], Iterator[tuple[list[Json], Json]]]:
    """The labels and rows of a kept table. Raises ValueError for something else."""
    return json.loads(next(lines)), map(_unpacked, lines)


def _unpacked(line: str) -> tuple[list[Json], Json]:
    row = json.loads(line)
    return row[0], row[1] if len(row) > 1 else []


class RowPages:
    """Turns the pages of kept tables."""

    def __init__(self) -> None:
        self._tables: OrderedDict[str, Any] = OrderedDict()

    async def page(self, kept: KeptRows, offset: int, size: int, query: str, sort: int | None, down: bool) -> Json:
        """The rows of a page, as an open form gives them. Raises FileGone."""
        if kept.file not in self._tables:
            text = (await content().read(kept.file)).decode()
            self._tables[kept.file] = await FILES.run(_pages, text)
            while len(self._tables) > IN_MEMORY:
                self._tables.popitem(last=False)
        self._tables.move_to_end(kept.file)
        wanted = TablePage(offset, size, query, None if sort is None else str(sort), "desc" if down else "asc")
        rows, total = await FILES.run(self._tables[kept.file], wanted)
        shown = [{"key": key, "cells": cells, "menu": menu} for key, cells, menu in rows]
        return {"rows": shown, "total": total}


class _Rows(Sequence[tuple[int, list[Json], Json]]):
    """The rows of a kept table, each read when it is looked at: to turn a page takes no longer in a long one."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> tuple[int, list[Json], Json]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, list[Json], Json]]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        cells, menu = _unpacked(self._lines[at])
        return at, cells, menu


def _pages(text: str) -> Any:
    first, *lines = text.split("\n")
    return in_memory(_Rows(lines), [_column(at, label) for at, label in enumerate(json.loads(first))])


def _column(at: int, label: str) -> CellColumn:
    return CellColumn(label, str(at), lambda row: sought_cell(row[1][at]))

"""What the table to look at and the table to choose from share: where rows come from, and how more are asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component, Props
from restival.io.core.jsonable import jsonable
from restival.io.core.link_menu import MenuItem
from restival.io.table.columns import (
    LARGEST_PAGE,
    Column,
    KeptRows,
    TableOptions,
    row_menus,
    shaped,
    table_cells,
    table_columns,
)
from restival.io.table.paging import LONGEST_QUERY, MEMORY_ROWS, GetData, TablePage, fetched, in_memory
from restival.io.table.stored_rows import keep_rows

T = TypeVar("T")
MOST_KEPT = 100_000
"""Rows of a function's pages that are put into one file."""
SAMPLE = 1_000
"""Rows that columns are inferred from."""


class Wanted(BaseModel):
    """A page as the browser asks for it."""

    offset: int = Field(ge=0)
    query: str = Field(max_length=LONGEST_QUERY)
    sort: int | None = Field(ge=0)
    down: bool


class RowsComponent(Component[T]):
    """A table of all rows, or of those of a page. Rows that were shown are kept, their positions are their keys."""

    _limits: Mapping[str, Any] = {}
    """Props that a subclass has in addition; set before the constructor of this class runs."""

    def __init__(
        self,
        label: str,
        *,
        data: Iterable[Any] | None = None,
        get_data: GetData[Any] | None = None,
        columns: Sequence[str | Column] | None = None,
        row_menu_items: Callable[[Any], Sequence[MenuItem]] | None = None,
        help_text: str | None = None,
        default_page_size: float | None = None,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        is_sortable: bool = True,
        is_filterable: bool = True,
    ) -> None:
        if (data is None) == (get_data is None):
            raise ValueError(f"{self.name}({label!r}) needs either data or get_data")
        self._declared = columns
        self._options: TableOptions = {
            "default_page_size": default_page_size,
            "orientation": orientation,
            "is_sortable": is_sortable,
            "is_filterable": is_filterable,
            "row_menu_items": row_menu_items,
        }
        self._is_lazy = get_data is not None
        self._get_data = get_data
        rows = self._all = list(data or ())
        self._rows: list[Any] = list(rows)
        self._total: int | None = None
        if len(rows) > MEMORY_ROWS:
            self._rows, self._total = list(rows[: self._page_size()]), len(rows)
        self._columns = table_columns(rows[:SAMPLE], columns)
        if self._total is not None:
            self._get_data = in_memory(rows, self._columns)
        super().__init__(label, self._shaped(), help_text=help_text)

    def _page_size(self) -> int:
        size: int = shaped([], [], self._options)["page_size"]
        return size

    def _shaped(self) -> Props:
        props = shaped(self._rows, self._columns, self._options)
        return self.props_type.model_validate({**props, "total": self._total, **self._limits})

    @property
    def needs_prefetch(self) -> bool:
        """Whether the first rows are to be recorded: what can be chosen is, and what a function of the action gives."""
        return self.answerable or self._is_lazy

    async def prefetch(self) -> Any:
        """The first rows, and how many there are."""
        if not self._is_lazy:
            return {"rows": self._rows, "total": self._total}
        rows, total = await self._page(TablePage(page_size=self._page_size()))
        return {"rows": rows, "total": total}

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show the rows that were recorded."""
        self._rows, self._total = recorded["rows"], recorded["total"]
        self._columns = table_columns(self._rows[:SAMPLE], self._declared)
        self.props = self._shaped()
        self._forget_foreign_default()

    async def on_event(self, name: str, payload: Json) -> Any:
        """The rows of a page and how many there are, or where all of them were put as a file."""
        if self._get_data is None or name not in ("page", "csv"):
            return await super().on_event(name, payload)
        if name == "csv":
            return (await self._all_kept()).model_dump()
        try:
            wanted = Wanted.model_validate(payload)
            column = None if wanted.sort is None else self._columns[wanted.sort].key
        except (ValidationError, IndexError):
            raise InvalidAnswer(t("This page of rows doesn't exist.")) from None
        page = TablePage(
            offset=wanted.offset,
            page_size=self._page_size(),
            query_term=wanted.query,
            sort_column=column,
            sort_direction="desc" if wanted.down else "asc",
        )
        rows, total = await self._page(page)
        return {"rows": rows, "total": total}

    async def apply_event(self, name: str, recorded: Any) -> Json:
        """Keep the rows beside those of other pages; one that was shown before keeps its key."""
        if name == "csv":
            return {"href": KeptRows.model_validate(recorded).csv}
        keys: list[int] = []
        for row in recorded["rows"]:
            known = next((key for key, other in enumerate(self._rows) if other == row and key not in keys), None)
            if known is None:
                known = len(self._rows)
                self._rows.append(row)
            keys.append(known)
        rows = [self._rows[key] for key in keys]
        cells, menus = table_cells(rows, self._columns), row_menus(rows, self._options)
        shown = [
            {"key": key, "cells": cells[at], "menu": jsonable(menus[at]) if menus else []}
            for at, key in enumerate(keys)
        ]
        return {"rows": shown, "total": recorded["total"]}

    async def _all_kept(self) -> KeptRows:
        """Put all rows, at most 100,000 of what a function gives, into a file."""
        rows: list[Any] = []
        size = LARGEST_PAGE if self._is_lazy else MOST_KEPT
        while len(rows) < MOST_KEPT or not self._is_lazy:
            assert self._get_data is not None
            found, total = await fetched(self._get_data, TablePage(offset=len(rows), page_size=size))
            rows += found
            if not found or len(rows) >= total:
                break
        return await self._kept_as_file(rows)

    async def _kept_as_file(self, rows: Sequence[Any]) -> KeptRows:
        def shown() -> Iterator[tuple[list[Json], Json]]:
            for row in rows:
                menus = row_menus([row], self._options)
                yield table_cells([row], self._columns)[0], jsonable(menus[0]) if menus else []

        return await keep_rows(self.label, [column.label for column in self._columns], shown())

    async def _page(self, page: TablePage) -> tuple[list[Any], int]:
        assert self._get_data is not None
        return await fetched(self._get_data, page)

"""What the table to look at and the table to choose from share: where rows come from, and how more are asked for."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from restival.io.call import InvalidAnswer, Json
from restival.io.calling import called
from restival.io.component import Component, Props
from restival.io.pages import LARGEST_PAGE, LONGEST_QUERY, MEMORY_ROWS, GetData, TablePage, in_memory
from restival.io.table_data import Column, TableOptions, shaped, table_cells, table_columns

T = TypeVar("T")
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

    def __init__(
        self,
        label: str,
        data: Sequence[Any] | None,
        get_data: GetData[Any] | None,
        columns: Sequence[str | Column] | None,
        options: TableOptions,
        help_text: str | None,
        **limits: Any,
    ) -> None:
        if (data is None) == (get_data is None):
            raise ValueError(f"{self.name}({label!r}) takes data or get_data")
        self._declared, self._options, self._limits = columns, options, limits
        self._is_lazy = get_data is not None
        self._get_data = get_data
        rows: Sequence[Any] = data or []
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
        return min(size, LARGEST_PAGE)

    def _shaped(self) -> Props:
        props = shaped(self._rows, self._columns, self._options)
        return self.props_type.model_validate({**props, "total": self._total, **self._limits})

    @property
    def prepares(self) -> bool:
        """Whether the first rows are to be recorded: what can be chosen is, and what a function of the action gives."""
        return self.answerable or self._is_lazy

    async def prepare(self) -> Any:
        """The first rows, and how many there are."""
        if not self._is_lazy:
            return {"rows": self._rows, "total": self._total}
        rows, total = await self._page(TablePage(page_size=self._page_size()))
        return {"rows": rows, "total": total}

    async def take_prepared(self, recorded: Any) -> None:
        """Show the rows that were recorded."""
        self._rows, self._total = recorded["rows"], recorded["total"]
        self._columns = table_columns(self._rows[:SAMPLE], self._declared)
        self.props = self._shaped()

    async def on_event(self, name: str, payload: Json) -> Any:
        """The rows of a page, and how many there are."""
        if name != "page" or self._get_data is None:
            return await super().on_event(name, payload)
        try:
            wanted = Wanted.model_validate(payload)
            column = None if wanted.sort is None else self._columns[wanted.sort].key
        except (ValidationError, IndexError):
            raise InvalidAnswer("There is no such page.") from None
        page = TablePage(
            offset=wanted.offset,
            page_size=self._page_size(),
            query_term=wanted.query,
            sort_column=column,
            sort_direction="desc" if wanted.down else "asc",
        )
        rows, total = await self._page(page)
        return {"rows": rows, "total": total}

    async def take_event(self, name: str, recorded: Any) -> Json:
        """Keep the rows beside those of other pages; one that was shown before keeps its key."""
        keys: list[int] = []
        for row in recorded["rows"]:
            known = next((key for key, other in enumerate(self._rows) if other == row and key not in keys), None)
            if known is None:
                known = len(self._rows)
                self._rows.append(row)
            keys.append(known)
        cells = table_cells([self._rows[key] for key in keys], self._columns)
        return {"rows": [{"key": key, "cells": cells[at]} for at, key in enumerate(keys)], "total": recorded["total"]}

    async def _page(self, page: TablePage) -> tuple[list[Any], int]:
        assert self._get_data is not None
        rows, total = await called(self._get_data, page)
        return list(rows)[: page.page_size], total

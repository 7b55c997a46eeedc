"""Rows chosen from a table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from restival.i18n import t, tn
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.link_menu import MenuItem
from restival.io.table.columns import Column, TableProps, table_cells
from restival.io.table.paging import GetData
from restival.io.table.rows import RowsComponent

R = TypeVar("R")


class ChosenRow(BaseModel):
    """A row of a table that is shown page by page: its position among the rows that were shown, and its cells."""

    key: int = Field(ge=0)
    cells: list[Json]


CHOSEN = TypeAdapter(list[ChosenRow])


class SelectTableProps(TableProps):
    """How many rows may be chosen."""

    min_selections: int = 0
    max_selections: int | None = None

    def check(self, answer: Json) -> list[Json]:
        """Rows that exist, each once, in the order in which they were shown, as many as allowed."""
        chosen = self._positions(answer) if self.total is None else self._shown(answer)
        if len(chosen) < self.min_selections:
            raise InvalidAnswer(
                tn("Choose at least {count} row.", "Choose at least {count} rows.", self.min_selections)
            )
        if self.max_selections is not None and len(chosen) > self.max_selections:
            raise InvalidAnswer(tn("Choose at most {count} row.", "Choose at most {count} rows.", self.max_selections))
        return chosen

    def _positions(self, answer: Json) -> list[Json]:
        if not isinstance(answer, list) or any(isinstance(row, bool) or not isinstance(row, int) for row in answer):
            raise InvalidAnswer(t("Choose rows from the table."))
        chosen = sorted(set(answer))
        if chosen and not (chosen[0] >= 0 and chosen[-1] < len(self.rows)):
            raise InvalidAnswer(t("Choose rows from the table."))
        return chosen

    def _shown(self, answer: Json) -> list[Json]:
        """Which rows were shown is known where they come from: `resolve` looks."""
        try:
            chosen = {row.key: row for row in CHOSEN.validate_python(answer, strict=True)}
        except ValidationError:
            raise InvalidAnswer(t("Choose rows from the table.")) from None
        return [chosen[key].model_dump() for key in sorted(chosen)]


class SelectTable(RowsComponent[list[R]]):
    """A table with selectable rows. The value is the list of the chosen rows, as you passed them.

    `initially_selected` are rows, or a function that returns for each row whether it starts selected.

    `get_data`, sync or async, returns the rows of one page and the total number of rows.
    More than 1,000 rows of `data` are also shown page by page.
    """

    name = "select.table"
    props_type = SelectTableProps

    def __init__(
        self,
        label: str,
        *,
        data: Iterable[R] | None = None,
        get_data: GetData[R] | None = None,
        columns: Sequence[str | Column] | None = None,
        row_menu_items: Callable[[R], Sequence[MenuItem]] | None = None,
        help_text: str | None = None,
        default_page_size: float | None = None,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        is_sortable: bool = True,
        is_filterable: bool = True,
        min_selections: int | None = None,
        max_selections: int | None = None,
        initially_selected: Iterable[R] | Callable[[R], bool] | None = None,
        disabled: bool = False,
    ) -> None:
        data = None if data is None else list(data)
        self._limits = {"min_selections": min_selections or 0, "max_selections": max_selections}
        super().__init__(
            label,
            data=data,
            get_data=get_data,
            columns=columns,
            row_menu_items=row_menu_items,
            help_text=help_text,
            default_page_size=default_page_size,
            orientation=orientation,
            is_sortable=is_sortable,
            is_filterable=is_filterable,
        )
        self.disabled = bool(disabled)
        self._is_selected = initially_selected if callable(initially_selected) else None
        if self._is_selected is not None:
            self.default_value = [row for row in data or () if self._is_selected(row)]
        elif not callable(initially_selected):
            self.default_value = None if initially_selected is None else list(initially_selected)
        self.is_optional = not min_selections

    async def prefetch(self) -> Any:
        """The first rows, and those that are chosen at first."""
        recorded = await super().prefetch()
        if self._is_selected is not None and self._is_lazy:
            self.default_value = [row for row in recorded["rows"] if self._is_selected(row)]
        return {**recorded, "chosen": self.default_value}

    async def apply_prefetched(self, recorded: Any) -> None:
        """Show the rows that were recorded."""
        self.default_value = recorded["chosen"]
        await super().apply_prefetched(recorded)

    def dump(self, value: Sequence[R]) -> list[Json]:
        """These rows as an answer. Raises ValueError where one isn't in the table."""
        return self._answer([self._at(row) for row in value])

    def kept(self, answer: Json) -> Json:
        """The chosen rows, in the words of the action and not of the browser."""
        try:
            return self._answer([_key(row) for row in answer or []])
        except (TypeError, KeyError, IndexError):
            return None

    def resolve(self, answer: Json) -> list[R]:
        """The chosen rows, as the action gave them."""
        try:
            return [self._rows[_key(row)] for row in answer]
        except IndexError:
            raise InvalidAnswer(t("Choose rows from the table.")) from None

    def value_of(self, answer: Json) -> list[R]:
        """The chosen rows; none where nothing was chosen."""
        return self.resolve(answer or [])

    def _at(self, row: R) -> int:
        if self._total is None:
            return self._rows.index(row)
        if row not in self._rows:
            self._rows.append(row)
        return self._rows.index(row)

    def _answer(self, keys: list[int]) -> list[Json]:
        if self._total is None:
            return list(keys)
        cells = table_cells([self._rows[key] for key in keys], self._columns)
        return [{"key": key, "cells": row} for key, row in zip(keys, cells, strict=True)]


def _key(row: Json) -> int:
    key: int = row["key"] if isinstance(row, dict) else row
    if not isinstance(key, int) or key < 0:
        raise IndexError(key)
    return key

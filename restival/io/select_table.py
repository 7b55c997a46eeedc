"""Rows chosen from a table."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component
from restival.io.table_data import Column, TableProps, table_props

R = TypeVar("R")


class SelectTableProps(TableProps):
    """How many rows may be chosen."""

    min_selections: int = 0
    max_selections: int | None = None

    def check(self, answer: Json) -> list[int]:
        """Positions of rows that exist, each once, in the rows' order, as many as allowed."""
        if not isinstance(answer, list) or any(isinstance(row, bool) or not isinstance(row, int) for row in answer):
            raise InvalidAnswer("Please choose rows of the table.")
        chosen = sorted(set(answer))
        if chosen and not (chosen[0] >= 0 and chosen[-1] < len(self.rows)):
            raise InvalidAnswer("Please choose rows of the table.")
        if len(chosen) < self.min_selections:
            raise InvalidAnswer(f"Please choose at least {_rows(self.min_selections)}.")
        if self.max_selections is not None and len(chosen) > self.max_selections:
            raise InvalidAnswer(f"Please choose at most {_rows(self.max_selections)}.")
        return chosen


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


class SelectTable(Component[list[R]]):
    """A table whose rows can be chosen; the value is the list of the chosen rows, as they were given."""

    name = "select.table"
    props_type = SelectTableProps

    def __init__(
        self,
        label: str,
        *,
        data: Sequence[R],
        columns: Sequence[str | Column] | None = None,
        help_text: str | None = None,
        default_page_size: int | None = None,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        is_sortable: bool = True,
        is_filterable: bool = True,
        min_selections: int = 0,
        max_selections: int | None = None,
        initially_selected: Sequence[R] | None = None,
    ) -> None:
        self.owned: list[R] = list(data)
        table = table_props(
            self.owned,
            columns,
            {
                "default_page_size": default_page_size,
                "orientation": orientation,
                "is_sortable": is_sortable,
                "is_filterable": is_filterable,
            },
        )
        props = SelectTableProps(**table, min_selections=min_selections, max_selections=max_selections)
        super().__init__(label, props, help_text=help_text, default_value=initially_selected)
        self.is_optional = not min_selections

    def dump(self, value: Sequence[R]) -> list[int]:
        """The positions of these rows. Raises ValueError where one isn't in the table."""
        return [self.owned.index(row) for row in value]

    def resolve(self, answer: Json) -> list[R]:
        """The chosen rows, as the action gave them."""
        return [self.owned[row] for row in answer]

    def value_of(self, answer: Json) -> list[R]:
        """The chosen rows; none where nothing was chosen."""
        return self.resolve(answer or [])

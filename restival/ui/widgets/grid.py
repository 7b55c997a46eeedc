"""The table behind both tables, and behind rows in results and transcripts."""

from typing import Any, Literal

from nicegui.element import Element

from restival.io.call import Json
from restival.io.table_data import TableProps

EXACT = 2**53
"""Up to here, browsers know every whole number."""


class Grid(Element, component="grid.js"):
    """Rows with sorting, filter and pages, all in the browser; with a `mode`, one or many rows can be chosen.

    Emits `choose` with the positions of the chosen rows.
    """

    def __init__(
        self,
        label: str,
        props: TableProps,
        *,
        mode: Literal["one", "many"] | None = None,
        limit: int | None = None,
        required: bool = False,
        disabled: bool = False,
        chosen: list[int] | None = None,
    ) -> None:
        super().__init__()
        self._props.update(
            {
                "label": label,
                "columns": [{"label": column.label, "numeric": column.numeric} for column in props.columns],
                "rows": [[shown_cell(cell) for cell in row] for row in props.rows],
                "pageSize": max(1, props.page_size),
                "vertical": props.orientation == "vertical",
                "sortable": props.is_sortable,
                "filterable": props.is_filterable,
                "mode": mode or "",
                "limit": limit,
                "required": required,
                "disabled": disabled,
                "chosen": chosen or [],
            }
        )


def shown_cell(value: Json) -> str | int | float:
    """A cell as the browser shows it; numbers stay numbers, so that they sort as such."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(str(shown_cell(item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown_cell(item)}" for key, item in value.items())
    return value if isinstance(value, (int, float)) and abs(value) <= EXACT else str(value)


def is_table(value: Any) -> bool:
    """Whether a value is best shown as rows and columns."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)

"""A table to look at."""

from collections.abc import Sequence
from typing import Any, Literal

from restival.io.component import Display
from restival.io.table_data import Column, TableProps, table_props


class Table(Display):
    """Rows, which are mappings, models or dataclasses; columns are inferred unless given."""

    name = "display.table"
    props_type = TableProps

    def __init__(
        self,
        label: str,
        *,
        data: Sequence[Any],
        columns: Sequence[str | Column] | None = None,
        help_text: str | None = None,
        default_page_size: int | None = None,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        is_sortable: bool = True,
        is_filterable: bool = True,
    ) -> None:
        table = table_props(
            data,
            columns,
            {
                "default_page_size": default_page_size,
                "orientation": orientation,
                "is_sortable": is_sortable,
                "is_filterable": is_filterable,
            },
        )
        super().__init__(label, TableProps(**table), help_text=help_text)

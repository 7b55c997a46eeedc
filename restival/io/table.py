"""A table to look at."""

from collections.abc import Sequence
from typing import Any, Literal

from restival.io.pages import GetData
from restival.io.rows import RowsComponent
from restival.io.table_data import Column, TableProps


class Table(RowsComponent[None]):
    """Rows, which are mappings, models or dataclasses; columns are inferred unless given.

    `get_data`, sync or async, gives the rows of a page and how many there are altogether. More than 1,000 rows of
    `data` are shown page by page too. Pages can be turned while the table's form is open: in a group, or with choices.
    """

    name = "display.table"
    props_type = TableProps
    answerable = False

    def __init__(
        self,
        label: str,
        *,
        data: Sequence[Any] | None = None,
        get_data: GetData[Any] | None = None,
        columns: Sequence[str | Column] | None = None,
        help_text: str | None = None,
        default_page_size: int | None = None,
        orientation: Literal["horizontal", "vertical"] = "horizontal",
        is_sortable: bool = True,
        is_filterable: bool = True,
    ) -> None:
        super().__init__(
            label,
            data,
            get_data,
            columns,
            {
                "default_page_size": default_page_size,
                "orientation": orientation,
                "is_sortable": is_sortable,
                "is_filterable": is_filterable,
            },
            help_text,
        )

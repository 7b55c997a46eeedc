"""A table to look at."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from restival.io.core.call import Json
from restival.io.core.link_menu import MenuItem
from restival.io.table.columns import Column, TableProps
from restival.io.table.paging import GetData
from restival.io.table.rows import RowsComponent


class Table(RowsComponent[None]):
    """A table of mappings, models, or dataclasses. Without `columns`, Restival infers them from the rows.

    `get_data`, sync or async, returns the rows of one page and the total number of rows.
    More than 1,000 rows of `data` are also shown page by page.
    Users can turn pages while the table's form is open: in a group, or with choices.

    A page has `default_page_size` rows: 20 by default, or 5 if `orientation` is "vertical".
    With `math.inf`, it shows up to 500.
    """

    name = "display.table"
    props_type = TableProps
    answerable = False

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
        self._all = data = None if data is None else list(data)
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
                "row_menu_items": row_menu_items,
            },
            help_text,
        )

    @property
    def has_deferred(self) -> bool:
        """Whether there are more rows than are shown at first, which are to be had later."""
        return self._all is not None and self._total is not None

    async def load_deferred(self, progress: Callable[[], None]) -> Json:
        """Put all rows into a file, and give where."""
        return (await self._kept_as_file(self._all or [])).model_dump()

    async def apply_deferred(self, recorded: Json) -> None:
        """Show where all rows are."""
        self.props = self.props.model_copy(update={"kept": recorded})

"""A table to look at."""

from collections.abc import Callable

from restival.io.core.call import Json
from restival.io.table.columns import TableProps
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

    @property
    def has_deferred(self) -> bool:
        """Whether there are more rows than are shown at first, which are to be had later."""
        return not self._is_lazy and self._total is not None

    async def load_deferred(self, progress: Callable[[], None]) -> Json:
        """Put all rows into a file, and give where."""
        return (await self._kept_as_file(self._all)).model_dump()

    async def apply_deferred(self, recorded: Json) -> None:
        """Show where all rows are."""
        self.props = self.props.model_copy(update={"kept": recorded})

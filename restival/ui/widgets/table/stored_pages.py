"""Pages of tables that were shown alone: they are turned here, the action has gone on."""

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import Json
from restival.io.core.file_content import FileGone
from restival.io.table.columns import KeptRows
from restival.io.table.rows import Wanted
from restival.io.table.stored_rows import RowPages
from restival.isolation.process_wide import ProcessWide
from restival.ui.widgets.base.widget import Ask

PAGES = ProcessWide(RowPages())
"""It is process-wide because all open pages share it, and NiceGUI hands the widgets nothing."""


class RowsGone(RestivalError):
    """The rows aren't kept any more."""


def kept_ask(kept: KeptRows, size: int) -> Ask:
    """What asks for the pages of a table that is kept."""

    async def ask(name: str, payload: Json) -> Json:
        if name == "csv":
            return {"href": kept.csv}
        try:
            wanted = Wanted.model_validate(payload)
            return await PAGES.get().page(kept, wanted.offset, size, wanted.query, wanted.sort, wanted.down)
        except ValueError:
            raise RowsGone(t("This page of rows doesn't exist.")) from None
        except FileGone:
            raise RowsGone(t("These rows are no longer available.")) from None

    return ask

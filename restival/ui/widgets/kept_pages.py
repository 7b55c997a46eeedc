"""Pages of tables that were shown alone: they are turned here, the action has gone on."""

from restival.errors import RestivalError
from restival.io.call import Json
from restival.io.content import FileGone
from restival.io.kept_rows import RowPages
from restival.io.rows import Wanted
from restival.io.table_data import KeptRows
from restival.ui.widgets.widget import Ask
from restival.words import t

PAGES = RowPages()


class RowsGone(RestivalError):
    """The rows aren't kept any more."""


def kept_ask(kept: KeptRows, size: int) -> Ask:
    """What asks for the pages of a table that is kept."""

    async def ask(name: str, payload: Json) -> Json:
        if name == "csv":
            return {"href": kept.csv}
        try:
            wanted = Wanted.model_validate(payload)
            return await PAGES.page(kept, wanted.offset, size, wanted.query, wanted.sort, wanted.down)
        except ValueError:
            raise RowsGone(t("There is no such page.")) from None
        except FileGone:
            raise RowsGone(t("The rows aren't kept any more.")) from None

    return ask

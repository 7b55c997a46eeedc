"""CSV and XLSX files as rows of text. A process of its own reads them: what people upload can be made to take hours,
or all the memory there is."""

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.input.spreadsheet import MOST_ROWS
from restival.isolation.sandbox.sheet import MOST_CELLS, MOST_IN_ROW
from restival.isolation.sandbox.workers import Overloaded, Undone, Workers
from restival.isolation.thread_pools import SHEETS

MOST_BYTES = 20_000_000
KINDS = (".csv", ".tsv", ".txt", ".xlsx")
READERS = Workers(SHEETS, seconds=20, memory=500_000_000, waiting=8, fresh=True)


class UnreadableFile(RestivalError):
    """A file whose rows can't be read; the message is for the person."""


def check_size(name: str, size: int) -> None:
    """Look at the bytes that a file has before it is read. Raises UnreadableFile."""
    if size > MOST_BYTES:
        raise UnreadableFile(t("{name} is larger than {size} MB.", name=name, size=MOST_BYTES // 1_000_000))


async def read_rows(name: str, data: bytes) -> list[list[str]]:
    """The rows of a file that aren't empty, all of the same length, cells as text. Raises UnreadableFile."""
    if not name.lower().endswith(KINDS):
        raise UnreadableFile(t("{name} isn't a CSV or XLSX file.", name=name))
    check_size(name, len(data))
    try:
        parts = await READERS.run("sheet", "rows", data, MOST_ROWS, t("yes"), t("no"))
    except Overloaded:
        raise UnreadableFile(t("Too many files are being imported right now. Try again in a minute.")) from None
    except Undone:
        raise UnreadableFile(t("{name} is too complex to import. Export it as CSV.", name=name)) from None
    if isinstance(parts[0], dict):
        raise UnreadableFile(_words(name, **parts[0]))
    return [row for part in parts for row in part]


def _words(name: str, what: str, more: str) -> str:
    match what:
        case "empty":
            return t("{name} has no rows.", name=name)
        case "rows":
            return t("{name} has more than {count} rows.", name=name, count=MOST_ROWS)
        case "cells":
            return t("{name} has more than {count} cells. Import a part of the file.", name=name, count=MOST_CELLS)
        case "row":
            return t("{name} has a row with more than {count} characters.", name=name, count=MOST_IN_ROW)
        case "csv":
            return t("{name} can't be read as CSV: {error}.", name=name, error=more)
        case "unpacked":
            return t("{name} is too large when unpacked.", name=name)
        case _:
            return t("{name} can't be read as XLSX. Save it again or export it as CSV.", name=name)

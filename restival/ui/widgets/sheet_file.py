"""CSV and XLSX files as rows of text."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from restival.errors import RestivalError
from restival.io.spreadsheet import MOST_ROWS
from restival.words import t

MOST_BYTES = 20_000_000
MOST_UNPACKED = 300_000_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
MOST_IN_ROW = 150_000
"""Characters. A row is sent whole when it is edited, and NiceGUI drops messages over a megabyte."""
SAMPLE = 5_000
"""Characters that are looked at to find out what separates the cells; the time for it grows with their square."""
KINDS = (".csv", ".tsv", ".txt", ".xlsx")


class UnreadableFile(RestivalError):
    """A file whose rows can't be read; the message is for the person."""


def check_size(name: str, size: int) -> None:
    """Look at the bytes that a file has before it is read. Raises UnreadableFile."""
    if size > MOST_BYTES:
        raise UnreadableFile(t("{name} has more than {size} MB.", name=name, size=MOST_BYTES // 1_000_000))


def read_rows(name: str, data: bytes) -> list[list[str]]:
    """The rows of a file that aren't empty, all of the same length, cells as text. Raises UnreadableFile."""
    if not name.lower().endswith(KINDS):
        raise UnreadableFile(t("{name} isn't a CSV or XLSX file.", name=name))
    found = _xlsx(name, data) if data[:4] == b"PK\x03\x04" else _csv(name, data)
    rows = [row for row in found if any(cell.strip() for cell in row)]
    if not rows:
        raise UnreadableFile(t("{name} has no rows.", name=name))
    if len(rows) > MOST_ROWS + 1:  # one may be the names
        raise UnreadableFile(t("{name} has more than {count} rows.", name=name, count=MOST_ROWS))
    if any(sum(map(len, row)) > MOST_IN_ROW for row in rows):
        raise UnreadableFile(t("{name} has a row of more than {count} characters.", name=name, count=MOST_IN_ROW))
    width = max(map(_filled, rows))
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _filled(row: list[str]) -> int:
    """How many cells there are up to the last that isn't empty."""
    return max((position for position, cell in enumerate(row, 1) if cell.strip()), default=0)


def _csv(name: str, data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    sample = text[:SAMPLE]
    try:
        delimiter = csv.Sniffer().sniff(sample.rpartition("\n")[0] or sample, DELIMITERS).delimiter
    except csv.Error:
        delimiter = max(DELIMITERS, key=sample.partition("\n")[0].count)
    try:
        for row in _few(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            yield row[:MOST_COLUMNS]
    except csv.Error as error:
        raise UnreadableFile(t("{name} can't be read as CSV: {error}.", name=name, error=error)) from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _xlsx(name: str, data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise UnreadableFile(t("{name} is too large when it is unpacked.", name=name))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for row in _few(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)):
            yield [_text(cell) for cell in row]
    except UnreadableFile:
        raise
    except Exception:  # whatever a broken file makes of openpyxl, a person has chosen that file and is told so
        raise UnreadableFile(t("{name} can't be read as XLSX. Save it again or export it as CSV.", name=name)) from None


def _few(rows: Iterable[Any]) -> Iterator[Any]:
    """As many as are needed to see that there are too many."""
    return islice(rows, MOST_ROWS * 2)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return t("yes") if cell else t("no")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)

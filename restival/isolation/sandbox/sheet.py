"""CSV and XLSX files as rows of text: what the processes for spreadsheets are asked for."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

MOST_UNPACKED = 30_000_000
"""Bytes of an XLSX file's parts."""
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
MOST_IN_ROW = 150_000
"""Characters. A row is sent whole when it is edited, and NiceGUI drops messages over a megabyte."""
SAMPLE = 5_000
"""Characters that are looked at to find out what separates the cells; the time for it grows with their square."""
DELIMITERS = ",;\t|"
PART = 1_000
"""Rows that are handed over at once."""


class Wrong(Exception):
    """What is wrong with a file: one of the names that the app has words for, and more about it."""

    def __init__(self, what: str, more: str = "") -> None:
        self.what, self.more = what, more
        super().__init__(what)


def rows(data: bytes, most_rows: int, yes: str, no: str) -> Iterator[Any]:
    """The rows of a file that aren't empty, all of the same length, some at a time; or what is wrong with it, as a
    mapping."""
    try:
        found = _checked(_xlsx(data, yes, no) if data[:4] == b"PK\x03\x04" else _csv(data), most_rows)
    except Wrong as wrong:
        yield {"what": wrong.what, "more": wrong.more}
        return
    width = max(map(len, found))
    for start in range(0, len(found), PART):
        yield [row + [""] * (width - len(row)) for row in found[start : start + PART]]


def _checked(found: Iterable[list[str]], most_rows: int) -> list[list[str]]:
    """The rows without empty ones, and without what is empty at their ends. Raises Wrong."""
    kept: list[list[str]] = []
    cells = 0
    for row in islice(found, most_rows * 2):  # as many as are needed to see that there are too many
        filled = row[: _filled(row)]
        if not filled:
            continue
        cells += len(filled)
        if sum(map(len, filled)) > MOST_IN_ROW:
            raise Wrong("row")
        if cells > MOST_CELLS:
            raise Wrong("cells")
        kept.append(filled)
    if not kept:
        raise Wrong("empty")
    if len(kept) > most_rows + 1:  # one may be the names
        raise Wrong("rows")
    return kept


def _filled(row: list[str]) -> int:
    """How many cells there are up to the last that isn't empty."""
    return max((position for position, cell in enumerate(row, 1) if cell.strip()), default=0)


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    sample = text[:SAMPLE]
    try:
        delimiter = csv.Sniffer().sniff(sample.rpartition("\n")[0] or sample, DELIMITERS).delimiter
    except csv.Error:
        delimiter = max(DELIMITERS, key=sample.partition("\n")[0].count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield row[:MOST_COLUMNS]
    except csv.Error as error:
        raise Wrong("csv", str(error)) from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _xlsx(data: bytes, yes: str, no: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # the process for a CSV file begins without it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Wrong("unpacked")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell, yes, no) for cell in row]
    except (Wrong, MemoryError):
        raise
    except Exception:  # a broken file can make openpyxl raise anything; the form shows an error
        raise Wrong("xlsx") from None


def _text(cell: Any, yes: str, no: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes if cell else no
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)

"""Files as people have them, and what is made of them."""

import asyncio
import datetime as dt
import io
import os
import re
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from restival.io.input.spreadsheet import SheetColumn
from restival.isolation.sandbox.workers import CHILD
from restival.ui.widgets.spreadsheet.import_dialog import file_columns, holds_names, sources
from restival.ui.widgets.spreadsheet.read_file import READERS, UnreadableFile, check_size, read_rows

COLUMNS = [SheetColumn(name="full_name", type="string"), SheetColumn(name="age", type="number")]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        (b"a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        (b"a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        (b"name\nAnn\nBob\n", [["name"], ["Ann"], ["Bob"]]),
        (b'a,b\n"x, y","line\nbreak"\n', [["a", "b"], ["x, y", "line\nbreak"]]),
        (b"a,b,c\n1\n\n , ,\n", [["a", "b", "c"], ["1", "", ""]]),
        ("\ufeffName,Ort\nÅsa,Köln\n".encode(), [["Name", "Ort"], ["Åsa", "Köln"]]),
        ("Name,Ort\nÅsa,Köln\n".encode("cp1252"), [["Name", "Ort"], ["Åsa", "Köln"]]),
        ("Name,Ort\nÅsa,Köln\n".encode("utf-16"), [["Name", "Ort"], ["Åsa", "Köln"]]),
    ],
)
async def test_csv(data: bytes, rows: list[list[str]]) -> None:
    assert await read_rows("a.CSV", data) == rows


def packed(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


async def test_xlsx() -> None:
    cells: list[object] = ["Ann", 36.0, 1.5, True, dt.datetime(2026, 2, 28), dt.datetime(2026, 2, 28, 9, 30), None]
    assert await read_rows("a.xlsx", packed([["x"], cells])) == [
        ["x", "", "", "", "", ""],
        ["Ann", "36", "1.5", "yes", "2026-02-28", "2026-02-28 09:30:00"],
    ]


async def test_files_that_are_refused_are_named() -> None:
    for name, data, message in (
        ("a.pdf", b"%PDF", "a.pdf isn't a CSV or XLSX file."),
        ("a.csv", b" \n,,\n", "a.csv has no rows."),
        ("a.csv", b"x\n" * 50_002, "a.csv has more than 50,000 rows."),
        ("a.csv", b'a,b\n"' + b"x" * 200_000, "a.csv can't be read as CSV: field larger than"),
        (
            "a.csv",
            b"a,b\n" + b"x" * 100_000 + b"," + b"x" * 60_000,
            "a.csv has a row with more than 150,000 characters.",
        ),
        ("a.xlsx", b"PK\x03\x04nothing", "a.xlsx can't be read as XLSX."),
    ):
        with pytest.raises(UnreadableFile) as refused:
            await read_rows(name, data)
        assert str(refused.value).startswith(message)
    with pytest.raises(UnreadableFile, match=r"^a\.csv is larger than 20 MB\.$"):
        check_size("a.csv", 20_000_001)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", " " * 31_000_000)
    with pytest.raises(UnreadableFile, match="too large when unpacked"):
        await read_rows("a.xlsx", bomb.getvalue())


SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def crafted(rows: str, strings: str = "") -> bytes:
    """An XLSX file with this in its sheet, and with these shared strings."""
    whole = io.BytesIO(packed([["x"]]))
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in given.namelist():
            content = given.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = SHEET.format(rows=rows).encode()
            elif part == "xl/sharedStrings.xml" and strings:
                content = strings.encode()
            archive.writestr(part, content)
    return made.getvalue()


class Peak(threading.Thread):
    """Samples the peak memory of the processes that read files. The figure for ended children won't do: Linux counts
    in it what this process had when it began them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(0.01):
            for status in Path("/proc").glob("[0-9]*/status"):
                with suppress(OSError):
                    self._take(status.read_text(), status.with_name("cmdline").read_bytes())

    def _take(self, status: str, command: bytes) -> None:
        parent = re.search(r"^PPid:\t(\d+)$", status, re.MULTILINE)
        peak = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        if parent and int(parent[1]) == os.getpid() and str(CHILD).encode() in command and peak:
            self.bytes = max(self.bytes, int(peak[1]) * 1_024)

    def end(self) -> None:
        self._end.set()
        self.join()


async def test_what_a_file_unpacks_to_is_bounded() -> None:
    """Those of the report took 14 s and 1.4 GB, and 43 s, in the app itself."""
    one_row = crafted('<row r="1">' + "<c><v>1</v></c>" * 1_900_000 + "</row>")
    strings = "<si>" + "<r><t>a</t></r>" * 1_500_000 + "</si>"
    xml = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    peak = Peak()
    peak.start()
    for data in (one_row, crafted('<row r="1"><c t="s"><v>0</v></c></row>', xml)):
        assert len(data) < 300_000
        began = time.monotonic()
        with pytest.raises(UnreadableFile, match=r"too complex|can't be read|characters"):
            await read_rows("a.xlsx", data)
        assert time.monotonic() - began < 25
    peak.end()
    assert 20_000_000 < peak.bytes < 800_000_000


async def test_the_app_goes_on_while_a_file_is_read() -> None:
    """Also while its rows are taken over."""
    rows: list[list[object]] = [[f"name {n}", n, n / 2, "text", None, True] for n in range(50_000)]
    reading = asyncio.create_task(read_rows("a.xlsx", packed(rows)))
    slowest = 0.0
    while not reading.done():
        began = time.monotonic()
        await asyncio.sleep(0.01)
        slowest = max(slowest, time.monotonic() - began)
    assert len(await reading) == 50_000
    assert slowest < 0.5


async def test_a_file_of_many_cells_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 1,000,000 cells"):
        await read_rows("a.csv", (b"1," * 150 + b"1\n") * 7_000)


async def test_files_that_wait_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READERS, "_most", 2)
    read = await asyncio.gather(*[read_rows("a.csv", b"a\n1\n") for _ in range(3)], return_exceptions=True)
    assert [isinstance(each, UnreadableFile) for each in read] == [False, False, True]


def test_columns_are_found_by_name_or_else_by_place() -> None:
    named = [["Age", "Full name"], ["36", "Ada"]]
    assert holds_names(named, COLUMNS)
    assert sources(named, COLUMNS) == [1, 0]
    assert sources([["Full name", "Born"]], COLUMNS) == [0, None]
    assert sources([["Ada", "36"], ["Bob", "40"]], COLUMNS) == [0, 1]
    assert sources([["Ada"]], COLUMNS) == [0, None]
    assert holds_names([["Who", "Years"], ["Ada", "36"]], COLUMNS)
    assert not holds_names([["Ada", "36"], ["Bob", "40"]], COLUMNS)
    assert [option.label for option in file_columns([["", "Name"], ["1", "Ada"]])] == ["Column 1", "Name"]

"""Files as people have them, and what is made of them."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from restival.io.spreadsheet import SheetColumn
from restival.ui.widgets import sheet_file
from restival.ui.widgets.sheet_file import UnreadableFile, check_size, read_rows
from restival.ui.widgets.sheet_import import file_columns, holds_names, sources

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
def test_csv(data: bytes, rows: list[list[str]]) -> None:
    assert read_rows("a.CSV", data) == rows


def packed(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_xlsx() -> None:
    cells: list[object] = ["Ann", 36.0, 1.5, True, dt.datetime(2026, 2, 28), dt.datetime(2026, 2, 28, 9, 30), None]
    assert read_rows("a.xlsx", packed([["x"], cells])) == [
        ["x", "", "", "", "", ""],
        ["Ann", "36", "1.5", "yes", "2026-02-28", "2026-02-28 09:30:00"],
    ]


def test_files_that_are_refused_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, data, message in (
        ("a.pdf", b"%PDF", "a.pdf isn't a CSV or XLSX file."),
        ("a.csv", b" \n,,\n", "a.csv has no rows."),
        ("a.csv", b"x\n" * 50_002, "a.csv has more than 50,000 rows."),
        ("a.csv", b'a,b\n"' + b"x" * 200_000, "a.csv can't be read as CSV: field larger than"),
        ("a.csv", b"a,b\n" + b"x" * 100_000 + b"," + b"x" * 60_000, "a.csv has a row of more than 150,000 characters."),
        ("a.xlsx", b"PK\x03\x04nothing", "a.xlsx can't be read as XLSX."),
    ):
        with pytest.raises(UnreadableFile) as refused:
            read_rows(name, data)
        assert str(refused.value).startswith(message)
    with pytest.raises(UnreadableFile, match=r"^a\.csv has more than 20 MB\.$"):
        check_size("a.csv", 20_000_001)
    monkeypatch.setattr(sheet_file, "MOST_UNPACKED", 1_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", " " * 10_000)
    with pytest.raises(UnreadableFile, match="too large when it is unpacked"):
        read_rows("a.xlsx", bomb.getvalue())


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

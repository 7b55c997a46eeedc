"""No cell of a CSV is a formula, wherever a spreadsheet splits it."""

import csv

import pytest

from restival.web.csv_lines import FORMULA, csv_lines


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("x;=1+1", "x;'=1+1"),
        (";;@SUM(A1)", ";;'@SUM(A1)"),
        ('x;"=1+1"', 'x;"\'=1+1"'),
        ("x\n-1+1", "x\n'-1+1"),
        ("x\r\n+1", "x\r\n'+1"),
        ("a;b - c=d; -e", "a;b - c=d; -e"),
        (-1, "-1"),
        ("", ""),
    ],
)
def test_what_looks_like_a_formula_gets_an_apostrophe(cell: object, written: str) -> None:
    lines = csv_lines([["first", cell, "last"]])
    [row] = csv.reader(lines.splitlines(keepends=True))
    assert row == ["first", written, "last"]
    for part in (lines.replace("\r\n", "\n").replace("\n", ";")).split(";"):  # as where semicolons split
        assert not isinstance(cell, str) or not FORMULA.match(part.strip('"'))

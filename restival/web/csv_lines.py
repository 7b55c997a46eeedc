"""Rows as CSV (RFC 4180), for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from restival.web.answer import printable

BEGIN = "\ufeff"
"""By this mark spreadsheets know that the text is UTF-8."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Lines of these rows. Text that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP,
    CSV injection)."""
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return printable(out.getvalue())


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

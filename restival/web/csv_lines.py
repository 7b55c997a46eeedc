"""Rows as CSV (RFC 4180), for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable

from restival.web.api.responses import printable

BEGIN = "\ufeff"
"""By this mark spreadsheets know that the text is UTF-8."""
FORMULA = re.compile(r'(^|[;\r\n]"*)(?=[=+\-@\t\r])')
"""Before what a spreadsheet takes for a formula: at the beginning of a text, and where a cell begins if it splits the
text at semicolons, for which most quotes don't count."""


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Lines of these rows. What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
    injection)."""
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return printable(out.getvalue())


def _safe(cell: object) -> object:
    return FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell

"""Rows of an answer as people read them."""

from collections.abc import Iterable, Sequence
from html import escape

from restival.i18n import t, tn
from restival.io.core.call import Json
from restival.io.table.cells import ShownCell
from restival.ui.elements.content.plain_text import plain

SHOWN_ROWS = 50
"""Rows of an answer that are shown."""


def answer_rows(names: Iterable[str], rows: Sequence[Sequence[ShownCell | Json]], count: int) -> str:
    """The table of the first rows of an answer, and how many more there are of `count`."""
    left = count - len(rows)
    more = tn("… and {count} more row", "… and {count} more rows", left) if left > 0 else ""
    return answer_table(names, rows) + more


def answer_table(names: Iterable[str], rows: Sequence[Sequence[ShownCell | Json]]) -> str:
    """A table as HTML, all text in it escaped. What a cell says of itself doesn't make it a rich one."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f'<table class="r-chosen"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    name = escape(t("Rows"))
    return f'<div class="r-chosen-scroll" role="group" aria-label="{name}" tabindex="0">{table}</div>'


def _cell(rich: ShownCell | Json) -> str:
    if not isinstance(rich, ShownCell):
        return escape(plain(rich))
    label = escape(str(rich.label))
    if rich.href:
        away = "" if rich.href.startswith("/") else ' target="_blank" rel="noopener noreferrer"'
        label = f'<a class="r-link" href="{escape(rich.href)}"{away}>{label}</a>'
    if rich.image:
        label = f'<img src="{escape(rich.image)}" alt="{escape(rich.alt)}" class="r-cell-picture">{label}'
    return f'<span class="r-hl r-hl-{rich.highlight}">{label}</span>' if rich.highlight else label

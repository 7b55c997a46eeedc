"""Rows of an answer as people read them."""

from collections.abc import Iterable, Sequence
from html import escape

from restival.io.call import Json
from restival.ui.widgets.object import plain


def answer_table(names: Iterable[str], rows: Sequence[Sequence[Json]]) -> str:
    """A table as HTML, all text in it escaped."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join("<tr>" + "".join(f"<td>{escape(plain(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="r-chosen"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

"""People's text as HTML: what the processes for text are asked for."""

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from restival.isolation.sandbox.diff_rows import diff_rows
from restival.isolation.sandbox.highlight import highlighted
from restival.isolation.sandbox.markdown import markdown_html
from restival.isolation.sandbox.sanitize import sanitised

MOST = 3_000_000
"""Characters of HTML that are worth to be sent to a browser; repairing what isn't closed can make any number."""


class TooMuch(ValueError):
    """A text has become more HTML than a browser should get."""


def markdown(text: str) -> Iterator[str]:
    """Markdown as sanitised HTML."""
    yield bounded(sanitised(bounded(markdown_html(text))))


def html(text: str) -> Iterator[str]:
    """HTML, sanitised."""
    yield bounded(sanitised(text))


def code(text: str, language: str) -> Iterator[str]:
    """Code with its syntax in colours."""
    yield bounded(highlighted(text, language))


def diff(before: str, after: str) -> Iterator[list[Any]]:
    """The rows of a diff."""
    yield [list(astuple(row)) for row in diff_rows(before, after)]


def bounded(html: str) -> str:
    """The HTML. Raises TooMuch."""
    if len(html) > MOST:
        raise TooMuch
    return html

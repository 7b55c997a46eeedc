"""Code with its syntax in colours."""

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

MOST = 100_000
"""Characters that are worth the time."""


@lru_cache(maxsize=16)
def highlighted(code: str, language: str | None) -> str:
    """The code as HTML, every line closed in itself; plain where the language isn't known."""
    if not language or len(code) > MOST:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    return highlight(code, lexer, HtmlFormatter(nowrap=True))

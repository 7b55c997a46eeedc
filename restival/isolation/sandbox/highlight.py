"""Code with its syntax in colours."""

from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


def highlighted(code: str, language: str | None) -> str:
    """The code as HTML, every line closed in itself; plain where the language isn't known. How long that takes hangs
    on the language: some lexers are cubic."""
    if not language:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    return highlight(code, lexer, HtmlFormatter(nowrap=True))

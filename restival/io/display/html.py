"""HTML of the action's own."""

from typing import overload

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class HtmlProps(Props):
    """The HTML as the action gave it; it is sanitised where it is drawn, by the rules of that day."""

    html: str


class Html(RecordedDisplay):
    """HTML, with an optional label above it.

    The server sanitizes the HTML: text, tables, links, pictures, and a few styles remain.
    Scripts, forms, frames, and anything that could cover the page are removed.
    HTML of more than 500,000 characters, or that takes more than two seconds to sanitize, is shown as text.
    """

    name = "display.html"
    props_type = HtmlProps

    @overload
    def __init__(self, html: str, /) -> None: ...

    @overload
    def __init__(self, label: str, /, *, html: str) -> None: ...

    def __init__(self, label: str, /, *, html: str | None = None) -> None:
        label, html = ("", label) if html is None else (label, html)
        super().__init__(label, HtmlProps(html=html))

"""HTML of the action's own."""

from typing import overload

from restival.io.component import Props
from restival.io.recorded import RecordedDisplay


class HtmlProps(Props):
    """The HTML as the action gave it; it is sanitised where it is drawn, by the rules of that day."""

    html: str


class Html(RecordedDisplay):
    """HTML, with a label above it if one is given.

    It is sanitised on the server: text, tables, links, pictures and a few styles stay; scripts, forms, frames and
    whatever could cover the page go. HTML that is longer than 500,000 characters, or takes more than two seconds to
    sanitize, is shown as text.
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

"""Text with formatting."""

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay


class MarkdownProps(Props):
    """The text in Markdown; HTML in it is sanitised where it is drawn."""

    text: str


class Markdown(RecordedDisplay):
    """Markdown text: CommonMark with tables, strikethrough, and highlighted fenced code. HTML in it is sanitized.

    Text of more than 100,000 characters, or that takes more than two seconds to format, is shown unformatted.
    """

    name = "display.markdown"
    props_type = MarkdownProps

    def __init__(self, text: str) -> None:
        super().__init__("", MarkdownProps(text=text))

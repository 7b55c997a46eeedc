"""Text with formatting."""

from restival.io.component import Display, Props


class MarkdownProps(Props):
    """The text in Markdown; HTML in it is sanitised where it is drawn."""

    text: str


class Markdown(Display):
    """Text in Markdown."""

    name = "display.markdown"
    props_type = MarkdownProps

    def __init__(self, text: str) -> None:
        super().__init__("", MarkdownProps(text=text))

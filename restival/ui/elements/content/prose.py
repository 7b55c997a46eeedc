"""Text with formatting, wherever it is shown."""

from html import escape

from nicegui import ui

from restival.ui.elements.content.formatted import Text, show


def draw_markdown(text: str, classes: str = "") -> ui.html:
    """Markdown as sanitised HTML; as it is written until that is there, and where it is too much."""
    place = ui.html("", sanitize=False).classes(f"nicegui-markdown r-prose {classes}")
    show(place, [Text("markdown", (text,))], lambda html: place.set_content(as_written(text) if html is None else html))
    return place


def as_written(text: str) -> str:
    """A text as HTML, with its lines as they are."""
    return f'<div class="r-wrap">{escape(text)}</div>'

"""HTML made by hand."""

from html import escape


def tag(name: str, content: str, classes: str) -> str:
    """An HTML element with plain text in it; the text is escaped."""
    return f'<{name} class="{classes}">{escape(content)}</{name}>'

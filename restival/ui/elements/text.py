"""Elements that hold text only."""

from typing import Literal

from nicegui.elements.mixins.text_element import TextElement

Tag = Literal[
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "span",
    "div",
    "legend",
    "pre",
    "dt",
    "dd",
    "li",
    "summary",
    "code",
    "kbd",
    "button",
    "option",
    "th",
    "td",
    "time",
]


def text(tag: Tag, content: str, classes: str = "") -> TextElement:
    """An HTML element with plain text in it."""
    return TextElement(tag=tag, text=content).classes(classes)

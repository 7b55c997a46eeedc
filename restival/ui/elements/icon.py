"""Icons and the sign of life: both say nothing to a screen reader, the words beside them do."""

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


def icon(name: str, classes: str = "") -> TextElement:
    """An icon by its Material name."""
    element = TextElement(tag="i", text=name).classes(f"material-icons notranslate r-icon {classes}")
    return element.props("aria-hidden=true")


def spinner() -> Element:
    """A small wheel that turns."""
    return Element("span").classes("r-spinner").props("aria-hidden=true")

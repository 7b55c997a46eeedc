"""Moving inside the app without a reload."""

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


def link(text: str, target: str, classes: str = "r-link") -> Element:
    """A link to a path of the app."""
    element = TextElement(tag="a", text=text).classes(classes)
    element.props["href"] = target
    return element


def go(path: str, *, replace: bool = False) -> None:
    """Show another page of the app; with `replace`, Back leads past this one."""
    if replace:
        ui.navigate.history.replace(path)
    ui.navigate.to(path)

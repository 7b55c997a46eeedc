"""Moving inside the app without a reload."""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from restival.ui.session.navigation_source import visit


def link(text: str, target: str, classes: str = "r-link", *, starts: bool = False) -> TextElement:
    """A link to a path of the app.

    With `starts`, a click on it starts an action without parameters: not for a target that people may have written.
    """
    element = TextElement(tag="a", text=text).classes(classes)
    element.props["href"] = target
    if starts:
        element.props["data-starts"] = ""
    return element


def go(path: str, *, replace: bool = False, starts: bool = False) -> None:
    """Show another page of the app; with `replace`, Back leads past this one; with `starts` as `link`."""
    if replace:
        ui.navigate.history.replace(path)
    if starts:
        visit().expect(path)
    ui.navigate.to(path)

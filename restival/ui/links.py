"""Moving inside the app without a reload."""

from nicegui import ui


def link(text: str, target: str, classes: str = "") -> ui.link:
    """A link to a path of the app."""
    return ui.link(text, target).classes(replace=f"r-link {classes}")


def go(path: str, *, replace: bool = False) -> None:
    """Show another page of the app; with `replace`, Back leads past this one."""
    if replace:
        ui.navigate.history.replace(path)
    ui.navigate.to(path)

"""The shape of a page while it is read."""

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t
from restival.ui.elements.text import text

WIDTHS = ("38%", "22%", "64%", "100%", "80%")


def draw_skeleton() -> Element:
    """Bars where words will be; a screen reader hears that it loads."""
    with ui.element("div").classes("r-shape").props('role="status"') as shape:
        text("span", t("Loading…"), "r-unseen")
        for width in WIDTHS:
            ui.element("span").classes("r-skeleton").style(f"width: {width}").props("aria-hidden=true")
    return shape

"""The command palette: Ctrl-K or ⌘-K, and everything that the person may go to."""

from typing import Any

from nicegui import ui
from nicegui.element import Element

from restival.i18n import t
from restival.ui.elements.icon import icon
from restival.ui.elements.text import text
from restival.ui.session.services import Services
from restival.ui.shell.destinations import destinations


class Palette(Element, component="palette.js"):
    """The palette of a page. It gets what there is each time it is opened: rights may have changed since."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._props["items"] = None
        self._props["words"] = {
            "name": t("Go to…"),
            "hint": t("Search actions, pages and transactions"),
            "nothing": t("No results"),
            "loading": t("Loading…"),
        }
        self.on("opened", self._opened, [])
        self.on("closed", lambda: self._show(None), [])

    def _opened(self) -> None:
        self._show([vars(each) for each in destinations(self._services)])

    def _show(self, items: list[dict[str, Any]] | None) -> None:
        self.props["items"] = items


def palette_button() -> None:
    """What opens the palette by mouse or finger."""
    button = ui.element("button").classes("r-find").props("type=button data-palette aria-keyshortcuts=Control+K")
    with button:
        icon("search")
        text("span", t("Go to…"))
        text("kbd", "Ctrl K", "r-key-hint").props("aria-hidden=true")

"""The page for addresses that lead nowhere."""

from nicegui import ui

from restival.ui.links import link
from restival.ui.services import Services


def not_found_page(services: Services, path: str) -> None:
    """Say that there is nothing, and what may be wrong."""
    ui.page_title(f"Not found · {services.settings.title}")
    with ui.element("div").classes("r-empty"):
        ui.element("h1").classes("r-h1")._text = "There is nothing here"
        ui.label(f"No page has the address {path}. It may have been renamed, or its file can't be loaded right now.")
        link("All actions", "/", "r-button")

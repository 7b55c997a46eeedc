"""The inbox: what waits for an answer that the person may give."""

from nicegui import ui

from restival.engine.history import Entry
from restival.listing import waiting_for
from restival.ui.links import link
from restival.ui.lists import Throttled
from restival.ui.person import current_person
from restival.ui.services import Services
from restival.ui.text import text
from restival.ui.when import ago
from restival.words import t


async def inbox_page(services: Services) -> None:
    """List it, the oldest question first, and keep it up to date."""
    ui.page_title(f"{t('Inbox')} · {services.site().settings.title}")
    text("h1", t("Inbox"), "r-h1")
    place = ui.element("div").classes("r-section")

    def draw() -> None:
        place.clear()
        entries = waiting_for(services.site(), current_person(), services.history)
        with place:
            if entries:
                with ui.element("ul").classes("r-list") as rows:
                    rows.props["aria-label"] = t("Waiting for you")
                    for entry in entries:
                        _row(entry)
            else:
                with ui.element("div").classes("r-empty"):
                    text("h2", t("Nothing waits for you"), "r-h2")
                    text("p", t("Questions that you may answer appear here by themselves, the oldest first."), "r-hint")

    draw()
    Throttled(services.history.subscribe, place, draw)


def _row(entry: Entry) -> None:
    with ui.element("li"), link("", f"/t/{entry.id}", "r-row"):
        with ui.element("span").classes("r-row-title"):
            text("span", entry.title or entry.slug)
            text("span", f" · {entry.asked}" if entry.asked else "", "r-hint")
        text("span", entry.starter.name if entry.starter else "", "r-hint")
        text("span", ago(entry.asked_at or entry.started_at), "r-hint")

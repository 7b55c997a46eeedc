"""The screen of a declared page; where it stands for a folder, with the folder's actions and pages below."""

from functools import partial

from nicegui import PageArguments, ui

from restival.i18n import t
from restival.ui.elements.cards import draw_cards
from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.text import text
from restival.ui.screens.page.live_page import LivePage
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import lies_in, listed
from restival.ui.session.services import Services


async def page_page(services: Services, slug: str, arguments: PageArguments) -> None:
    """Draw a page and keep it up to date."""
    page = services.site().page_for(current_person(), slug)
    if page is None:
        not_found_page(services, f"/{slug}")
        return
    LivePage(services, page, arguments.query_parameters, partial(_draw_folder, services, slug))


def _draw_folder(services: Services, slug: str) -> None:
    """What else lies in the folder that the page stands for."""
    page = services.site().pages[slug]
    inside = [item for item in listed(services) if lies_in(item, slug) and item.slug != slug] if page.is_index else []
    if not inside:
        return

    def marked() -> None:
        for card in cards:
            card.show_star()

    with ui.element("section").classes("r-section"):
        text("h2", t("In this folder"), "r-h2")
        cards = draw_cards(services, inside, slug, marked)

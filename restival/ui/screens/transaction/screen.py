"""The page of a transaction: loads it and draws it."""

from nicegui import ui

from restival.engine.client.errors import UnknownTransaction
from restival.i18n import t
from restival.ui.elements.lifecycle import Place
from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.skeleton import draw_skeleton
from restival.ui.screens.transaction.follower import Follower
from restival.ui.screens.transaction.form_tab import Board
from restival.ui.screens.transaction.timeline.tab import TimelineBoard
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import action_of
from restival.ui.session.permissions import may_view
from restival.ui.session.services import Services


async def transaction_page(services: Services, transaction: str, *, timeline: bool = False) -> None:
    """Draw a transaction, or its timeline, and keep it up to date."""
    action = action_of(services, transaction)
    site = services.site()
    if site.access.may(current_person(), "see", action):  # to others only the transaction may be open: it is read first
        ui.page_title(f"{action.title if action else t('Transaction')} · {site.settings.title}")
    follower = Follower(services, transaction)
    place = Place(follower.leave).classes("r-transaction")
    with place:
        waiting = draw_skeleton()
    try:
        await follower.load()
    except UnknownTransaction:
        place.clear()
        with place:
            not_found_page(services, f"/t/{transaction}")
        return
    if place.is_deleted:
        return
    if not may_view(services, follower.view):
        follower.leave()
        place.clear()
        with place:
            not_found_page(services, f"/t/{transaction}")
        return
    waiting.delete()
    with place:
        board = (TimelineBoard if timeline else Board)(services, follower.view, action)
    follower.draw_to(board, place)

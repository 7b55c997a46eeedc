"""The page of a transaction: loads it and draws it."""

from nicegui import ui

from restival.declare import Action
from restival.engine.client import split_id
from restival.engine.refusals import UnknownTransaction
from restival.ui.board import Board
from restival.ui.follower import Follower
from restival.ui.pages.not_found import not_found_page
from restival.ui.person import current_person
from restival.ui.place import Place
from restival.ui.rights import may_view
from restival.ui.services import Services
from restival.ui.skeleton import draw_skeleton
from restival.ui.timeline import TimelineBoard
from restival.words import t


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


def action_of(services: Services, transaction: str) -> Action | None:
    """The action of a transaction, as it is declared now."""
    try:
        service, _ = split_id(transaction)
    except UnknownTransaction:
        return None
    return services.site().registry.get(service.replace(".", "/"))

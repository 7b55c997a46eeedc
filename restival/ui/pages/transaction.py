"""The page of a transaction: loads it, follows it, and hands changes to what draws it."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from nicegui import ui
from nicegui.element import Element

from restival.access import may_run
from restival.declare import Action
from restival.engine.client import UnknownTransaction, split_id
from restival.engine.transport import EngineUnavailable
from restival.engine.view import View
from restival.ui.board import Board
from restival.ui.pages.not_found import not_found_page
from restival.ui.person import current_person
from restival.ui.services import Services
from restival.ui.text import text

LOOK_SECONDS = 2.0
LOOKS_PER_READ = 5
RETRY_SECONDS = 0.5


async def transaction_page(services: Services, transaction: str) -> None:
    """Draw a transaction and keep it up to date."""
    action = action_of(services, transaction)
    person = current_person()
    if not (may_run(person, action.roles) if action else person.developer):
        not_found_page(services, f"/t/{transaction}")
        return
    ui.page_title(f"{action.title if action else 'Transaction'} · {services.settings.title}")
    follower = Follower(services, transaction)
    place = Place(follower.leave).classes("r-transaction")
    with place, ui.element("div").classes("r-working").props('role="status"') as waiting:
        ui.spinner(size="sm")
        text("span", "Loading…")
    try:
        await follower.load()
    except UnknownTransaction:
        place.clear()
        with place:
            not_found_page(services, f"/t/{transaction}")
        return
    if place.is_deleted:
        return
    waiting.delete()
    with place:
        board = Board(services, follower.view, action)
    follower.draw_to(board, place)


def action_of(services: Services, transaction: str) -> Action | None:
    """The action of a transaction, as it is declared now."""
    try:
        service, _ = split_id(transaction)
    except UnknownTransaction:
        return None
    return services.project().registry.get(service.replace(".", "/"))


class Place(Element):
    """Where the page is drawn; says when it is gone, because the person went elsewhere or closed the browser."""

    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__("div")
        self._gone = gone

    def _handle_delete(self) -> None:
        self._gone()
        super()._handle_delete()


class Follower:
    """Keeps a view up to date and has it drawn, once for all changes that come together."""

    def __init__(self, services: Services, transaction: str) -> None:
        self._client = services.client
        self.view = View(id=transaction)
        self._board: Board | None = None
        self._place: Element | None = None
        self._looks = 0
        self._scheduled = False
        self._left = False
        self._context = copy_context()  # the page's own: changes come in the context of whoever makes them
        self._leave = self._client.follow(transaction, self._changed)

    def leave(self) -> None:
        """Follow no more."""
        self._left = True
        self._leave()

    async def load(self) -> None:
        """Read the transaction, however long Restate takes to be there. Raises UnknownTransaction."""
        while not self._left:
            try:
                loaded = await self._client.view(self.view.id)
            except EngineUnavailable:
                await asyncio.sleep(RETRY_SECONDS)
            except UnknownTransaction:
                self.leave()
                raise
            else:
                self._take(loaded)
                return

    def draw_to(self, board: Board, place: Element) -> None:
        """Draw to this board from now on."""
        self._board, self._place = board, place
        board.draw()
        with place:
            ui.timer(LOOK_SECONDS, self._look)

    def _take(self, loaded: View) -> None:
        for key in ("meta", "call", "loading", "step", "sleep", "outcome"):
            if (value := getattr(loaded, key)) is not None:
                self.view.apply(key, value)
        self.view.items |= loaded.items
        self.view.log |= loaded.log
        self.view.trouble = loaded.trouble

    def _changed(self, key: str, value: Any) -> None:
        self.view.apply(key, value)
        self.view.trouble = None
        self._schedule()

    def _schedule(self) -> None:
        if not self._scheduled and self._board is not None:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._draw, context=self._context)

    def _draw(self) -> None:
        self._scheduled = False
        if self._left or self._board is None or self._place is None:
            return
        with self._place:
            self._board.draw()

    async def _look(self) -> None:
        """Look for trouble, and now and then for what the feed may have missed."""
        watched = self._place is not None and self._place.client.has_socket_connection
        if self._left or not watched or self.view.outcome is not None:
            return
        self._looks += 1
        try:
            if self._looks % LOOKS_PER_READ == 0:
                await self._client.refresh(self.view)
            await self._client.examine(self.view)
        except UnknownTransaction:
            return
        except EngineUnavailable:
            self._looks = -1  # read again as soon as it is back
            return
        self._schedule()

"""The page of a transaction: loads it, follows it, and hands changes to what draws it."""

import asyncio
from contextvars import copy_context
from typing import Any

from nicegui import context, ui

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
RETRY_SECONDS = 0.5


async def transaction_page(services: Services, transaction: str) -> None:
    """Draw a transaction and keep it up to date."""
    action = action_of(services, transaction)
    if action is not None and not may_run(current_person(), action.roles):
        not_found_page(services, f"/t/{transaction}")
        return
    ui.page_title(f"{action.title if action else 'Transaction'} · {services.settings.title}")
    place = ui.element("div").classes("r-transaction")
    with place, ui.element("div").classes("r-working").props('role="status"') as waiting:
        ui.spinner(size="sm")
        text("span", "Loading…")
    follower = Follower(services, transaction)
    context.client.on_delete(follower.leave)
    try:
        await follower.load()
    except UnknownTransaction:
        place.clear()
        with place:
            not_found_page(services, f"/t/{transaction}")
        return
    if place.is_deleted:
        follower.leave()
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


class Follower:
    """Keeps a view up to date and has it drawn, once for all changes that come together."""

    def __init__(self, services: Services, transaction: str) -> None:
        self._client = services.client
        self.view = View(id=transaction)
        self._board: Board | None = None
        self._place: ui.element | None = None
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

    def draw_to(self, board: Board, place: ui.element) -> None:
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
        if self._board is None or self._place is None or self._place.is_deleted:
            self.leave()
            return
        with self._place:
            self._board.draw()

    async def _look(self) -> None:
        if self.view.outcome is not None:
            return
        try:
            await self._client.refresh(self.view)
            await self._client.examine(self.view)
        except (EngineUnavailable, UnknownTransaction):
            return
        self._schedule()

"""Keeps a transaction's page up to date."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from nicegui import background_tasks, ui
from nicegui.element import Element

from restival.engine.client.errors import UnknownTransaction
from restival.engine.errors import EngineUnavailable
from restival.engine.state.transaction import Transaction
from restival.io.core.call import FieldSpec, TranscriptItem
from restival.ui.elements.content.formatted import SOON, Text, soon, unknown
from restival.ui.elements.lifecycle import page_callback
from restival.ui.elements.not_found import not_found_page
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import may_view
from restival.ui.session.services import Services
from restival.ui.widgets.registry import texts_in

FIRST_LOOK_SECONDS = 0.1
"""How soon a page that was just drawn is looked after; then twice as long each time."""
LOOK_SECONDS = 2.0
LOOKS_PER_READ = 5
RETRY_SECONDS = 0.5


class Drawn(Protocol):
    """What shows a view."""

    def draw(self) -> None:
        """Bring it up to date."""


class Follower:
    """Keeps a view up to date and has it drawn, once for all changes that come together."""

    def __init__(self, services: Services, transaction: str) -> None:
        self._services = services
        self._client = services.client
        self.view = Transaction(id=transaction)
        self._board: Drawn | None = None
        self._place: Element | None = None
        self._draw_soon: Callable[[], None] = lambda: None
        self._looks = 0
        self._timer: ui.timer | None = None
        self._scheduled = False
        self._left = False
        self._awaited: dict[int, TranscriptItem] = {}
        """What was drawn or is about to be, with texts that were waited for."""
        self._awaited_call: tuple[tuple[int, int], int] | None = None
        self._absent: Callable[[], None] = lambda: None
        self._unfollow = self._client.follow(self.view, self._schedule)
        self._unsubscribe = services.on_change(self._schedule)

    def leave(self) -> None:
        """Follow no more."""
        self._left = True
        self._absent()
        self._unfollow()
        self._unsubscribe()

    async def load(self) -> None:
        """Read the transaction, however long Restate takes to be there. Raises UnknownTransaction."""
        while not self._left:
            try:
                await self._client.load(self.view)
            except EngineUnavailable:
                await asyncio.sleep(RETRY_SECONDS)
            except UnknownTransaction:
                self.leave()
                raise
            else:
                await soon(self._new_texts())
                return

    def draw_to(self, board: Drawn, place: Element) -> None:
        """Draw to this board from now on."""
        self._board, self._place = board, place
        self._draw_soon = page_callback(place, self._draw)
        changed = self._schedule
        self._absent = self._services.presence.enter(self.view.id, place.client, current_person(), changed)
        board.draw()
        with place:
            self._timer = ui.timer(FIRST_LOOK_SECONDS, self._look, immediate=False)

    def _schedule(self) -> None:
        if not self._scheduled and self._board is not None:
            self._scheduled = True
            self._draw_soon()

    def _draw(self) -> None:
        if texts := self._new_texts():
            background_tasks.create(self._draw_with(texts), name="format texts")
        else:
            self._draw_now()

    async def _draw_with(self, texts: list[Text]) -> None:
        end = asyncio.get_running_loop().time() + SOON
        while texts and asyncio.get_running_loop().time() < end:
            await soon(texts)
            texts = self._new_texts()  # of what came meanwhile
        self._draw_now()

    def _new_texts(self) -> list[Text]:
        """The texts of what is to be drawn that aren't formatted yet, each once."""
        specs: list[FieldSpec] = []
        for item in self.view.transcript:
            if self._awaited.get(item.n) is not item:
                self._awaited[item.n] = item
                specs += item.fields
        pending = self.view.pending
        if pending is not None and (pending.version, pending.turn) != self._awaited_call:
            self._awaited_call = pending.version, pending.turn
            specs += pending.fields
        return unknown(texts_in(specs))

    def _draw_now(self) -> None:
        self._scheduled = False
        if self._left or self._board is None or self._place is None:
            return
        with self._place:
            if may_view(self._services, self.view):
                self._board.draw()
                return
            self.leave()
            self._place.clear()
            not_found_page(self._services, f"/t/{self.view.id}")

    async def _look(self) -> None:
        """Look for trouble, and for what the feed couldn't tell."""
        watched = self._place is not None and self._place.client.has_socket_connection
        if self._left or not watched or self.view.outcome is not None:
            return
        self._looks += 1
        try:
            if self._reads_now():
                await self._client.refresh(self.view)
            await self._client.examine(self.view)
        except UnknownTransaction:
            return
        except EngineUnavailable:
            self._looks = -1  # read again as soon as it is back
            return
        self._schedule()

    def _reads_now(self) -> bool:
        """The feed tells a change a moment before it is stored: a page that is drawn in between has heard nothing of
        it and hasn't read it either. So it reads again soon, and then now and then only."""
        assert self._timer is not None
        early = self._timer.interval < LOOK_SECONDS
        self._timer.interval = min(LOOK_SECONDS, self._timer.interval * 2)
        return early or self._looks % LOOKS_PER_READ == 0

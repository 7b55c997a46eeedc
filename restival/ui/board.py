"""Draws a transaction's view, and redraws only what has changed."""

import asyncio

from nicegui import ui

from restival.access import may_answer
from restival.declare import Action
from restival.engine.client import AlreadyAnswered, new_submission
from restival.engine.transport import EngineUnavailable
from restival.engine.view import View
from restival.errors import RestivalError
from restival.io.call import Json, PendingCall
from restival.ui.board_header import Header
from restival.ui.confirm import ConfirmDialog
from restival.ui.form import Form
from restival.ui.log import LogPanel
from restival.ui.person import current_person
from restival.ui.progress import Progress
from restival.ui.result import draw_outcome
from restival.ui.services import Services
from restival.ui.transcript import draw_item
from restival.ui.trouble import TroubleBox

RETRY_SECONDS = 0.5


class Board:
    """The parts of a transaction's page."""

    def __init__(self, services: Services, view: View, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._drawn_items: set[int] = set()
        self._drawn_call: tuple[int, int] | None = None
        self._drawn_outcome = False
        self._sent: set[int] = set()
        self._first = True
        self._header = Header(services, view, action)
        with ui.element("div").classes("r-columns"):
            with ui.element("div").classes("r-column"):
                self._transcript = ui.element("div").classes("r-transcript")
                self._trouble = TroubleBox(services, view, action)
                self._current = ui.element("div").classes("r-current")
                self._saving = ui.label().classes("r-hint").props('role="status"')
                self._progress = Progress(view)
                self._outcome = ui.element("div")
            self._log = LogPanel(view)

    def draw(self) -> None:
        """Bring everything up to date."""
        self._draw_items()
        self._draw_call()
        self._header.draw()
        self._trouble.draw()
        self._progress.draw()
        self._log.draw()
        self._draw_outcome()
        self._first = False

    def _draw_items(self) -> None:
        for item in self._view.transcript:
            if item.n in self._drawn_items:
                continue
            self._drawn_items.add(item.n)
            with self._transcript:
                draw_item(item)
            other = item.by is not None and item.n not in self._sent and not self._first
            if other and item.kind != "display" and item.by is not None:
                ui.notify(f"{item.by.name} has answered this.", position="top")

    def _draw_call(self) -> None:
        pending = self._view.pending
        version = pending.version if pending else None
        if version == self._drawn_call:
            return
        self._drawn_call = version
        self._current.clear()
        if pending is None:
            return
        with self._current:
            if pending.kind == "confirm":
                ConfirmDialog(pending.fields[0], lambda values: self._answer(pending, values))
                return
            with ui.element("section").classes("r-card r-call").props('aria-label="Current question"'):
                form = Form(
                    pending.fields,
                    draft_key=f"t/{self._view.id}/{pending.n}" if not pending.attempt else None,
                    errors=pending.errors,
                    on_submit=lambda values: self._answer(pending, values),
                )
            form.focus()

    def _draw_outcome(self) -> None:
        if self._view.outcome is not None and not self._drawn_outcome:
            self._drawn_outcome = True
            with self._outcome:
                draw_outcome(self._view.outcome, current_person())

    async def _answer(self, pending: PendingCall, values: dict[str, Json]) -> None:
        """Send an answer, however long Restate takes to be there."""
        client, submission = self._services.client, new_submission()
        action = self._services.project().registry.get(self._view.meta.slug if self._view.meta else "")
        if action is not None and not may_answer(current_person(), action.roles):
            raise RestivalError("You may not answer this.")
        self._sent.add(pending.n)
        while True:
            try:
                await client.answer(self._view.id, pending, values, current_person(), submission)
                break
            except EngineUnavailable:
                self._saving.set_text("Saving… the engine can't be reached right now. Nothing is lost.")
                await asyncio.sleep(RETRY_SECONDS)
            except AlreadyAnswered as late:
                ui.notify(str(late), position="top")
                break
        self._saving.set_text("")

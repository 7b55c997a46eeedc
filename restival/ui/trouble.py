"""What a transaction's page says when the transaction doesn't get on by itself."""

from nicegui import ui

from restival.declare import Action
from restival.engine.view import View
from restival.ui.board_header import cancel, run_again
from restival.ui.services import Services
from restival.ui.text import text

TITLES = {
    "code_changed": "The code of this action has changed",
    "action_missing": "The action is missing",
    "failing": "This doesn't get on",
}


class TroubleBox:
    """Plain words and what can be done; hidden while all is well."""

    def __init__(self, services: Services, view: View, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._shown: str | None = None
        with ui.element("section").classes("r-alert").props('role="alert"') as self._box:
            self._title = text("h2", "", "r-alert-title")
            self._message = text("p", "")
            with ui.element("div").classes("r-buttons"):
                restart = ui.button("Restart from the beginning", on_click=self._restart).props("unelevated no-caps")
                restart.set_visibility(action is not None)
                ui.button("End it", on_click=self._end).props("flat no-caps")
        self._box.set_visibility(False)

    def draw(self) -> None:
        """Show the trouble there is, or nothing."""
        trouble = self._view.trouble if self._view.outcome is None else None
        kind = trouble.kind if trouble else None
        if kind == self._shown:
            return
        self._shown = kind
        self._box.set_visibility(trouble is not None)
        if trouble is not None:
            self._title.set_text(TITLES[trouble.kind])
            self._message.set_text(trouble.message)

    async def _restart(self) -> None:
        if await run_again(self._services, self._view, at_once=True):
            await cancel(self._services, self._view)

    async def _end(self) -> None:
        await cancel(self._services, self._view)

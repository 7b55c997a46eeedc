"""What a transaction's page says when the transaction doesn't get on by itself."""

from functools import partial

from nicegui import ui

from restival.actions.action import Action
from restival.engine.state.records import StuckReason
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.screens.transaction.header import cancel, run_again
from restival.ui.session.permissions import as_seen, may_manage
from restival.ui.session.services import Services


def _title(trouble: StuckReason) -> str:
    return {
        "code_changed": t("The action's code has changed"),
        "action_missing": t("The action is missing"),
        "failing": t("This transaction is stuck"),
        "paused": t("This transaction is paused"),
        "parked": t("Paused: the action raised an error"),
        "held_up": t("The code is blocking its thread"),
    }[trouble.kind]


class TroubleBox:
    """Plain words and what can be done; empty while all is well."""

    def __init__(self, services: Services, view: Transaction, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._action = action
        self._shown: StuckReason | None = None
        self._place = ui.element("div")

    def draw(self) -> None:
        """Show the trouble there is, or nothing."""
        trouble = as_seen(self._services, self._view).trouble if self._view.outcome is None else None
        if trouble == self._shown:
            return
        self._shown = trouble
        self._place.clear()
        if trouble is None:
            return
        if trouble.kind == "held_up":
            self._draw_held_up(trouble)
            return
        with self._place, ui.element("section").classes("r-alert").props('role="alert"'):
            text("h2", _title(trouble), "r-alert-title")
            text("p", trouble.message)
            if trouble.details:
                with ui.element("details").classes("r-traceback"):
                    text("summary", t("Show traceback"))
                    code = text("pre", trouble.details, "r-code").props('tabindex="0" role="region"')
                    code.props["aria-label"] = t("Traceback")
            with ui.element("div").classes("r-buttons"):
                if self._action is not None:
                    restart = Button(
                        t("Restart from the beginning"), lambda: run_button(restart, self._restart), look="primary"
                    )
                    if may_manage(self._services, self._view):
                        link(t("Choose a restart point"), f"/t/{self._view.id}/timeline", "r-button r-plain")
                end = Button(
                    t("Cancel transaction"),
                    lambda: run_button(end, partial(cancel, self._services, self._view)),
                    look="quiet",
                )

    def _draw_held_up(self, trouble: StuckReason) -> None:
        """It counts seconds, which nobody wants read out one by one, and needs nobody to do anything."""
        with self._place, ui.element("section").classes("r-alert").props('role="group"'):
            text("h2", _title(trouble), "r-alert-title")
            text("p", trouble.message)

    async def _restart(self) -> None:
        await run_again(self._services, self._view, at_once=True)
        await cancel(self._services, self._view)

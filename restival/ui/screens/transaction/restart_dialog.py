"""Going on from a point of a timeline, in a new transaction."""

from functools import partial

from nicegui import ui

from restival.engine.client.restart import FROM
from restival.engine.client.timeline import Span
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.link import go
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import may_manage, require
from restival.ui.session.services import Services


def can_restart(view: Transaction) -> bool:
    """Whether the transaction has come to its end, or to a stop."""
    return view.outcome is not None or view.trouble is not None


def draw_restart(services: Services, view: Transaction, span: Span) -> None:
    """A button for what can be done anew; none while the transaction goes on, and for those who may not."""
    if can_restart(view) and span.kind in FROM and _may(services, view):
        Button(t("Restart from here"), lambda: _ask(services, view, span), look="plain").classes("r-restart")


def _may(services: Services, view: Transaction) -> bool:
    return may_manage(services, view) and view.slug in services.site().registry


def _ask(services: Services, view: Transaction, span: Span) -> None:
    with ui.dialog(value=True) as dialog, ui.element("div").classes("r-card r-dialog"):
        dialog.props["aria-label"] = t("Restart from here?")
        text("h2", t("Restart from here?"), "r-h2")
        explained = t(
            "A new transaction reuses all answers and steps before this point and runs everything after it again."
        )
        text("p", explained, "r-hint")
        with ui.element("div").classes("r-buttons"):
            Button(t("Don't restart"), dialog.close, look="quiet").props("autofocus")

            async def restart() -> None:
                dialog.close()
                await run_button(button, partial(_restart, services, view, span))

            button = Button(t("Restart"), restart, look="primary")


async def _restart(services: Services, view: Transaction, span: Span) -> None:
    require(services, _may(services, view), what="restart", where=view.id)
    action = services.site().registry[view.slug]
    go(f"/t/{await services.restarts.restart(action, view, span.entry, current_person())}")

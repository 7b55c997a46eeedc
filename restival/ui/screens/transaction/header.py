"""The top of a transaction's page: what it is, how it stands, and what can be done with it."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from restival.actions.action import Action
from restival.engine.state.records import Meta
from restival.engine.state.transaction import State, Transaction
from restival.errors import RestivalError
from restival.i18n import t
from restival.site.assignments import candidates, hand_on, has_candidates, may_hand_on, waits_for
from restival.site.transactions import priority_note, visible
from restival.ui.assignment.dialog import HandOn
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.link import go, link
from restival.ui.elements.state_labels import state_words, waiting_words
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.forms.draft import prefill
from restival.ui.screens.transaction.viewers import PeopleHere
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import audit_denials, may_answer, may_cancel, may_run, require
from restival.ui.session.services import Services


class Header:
    """Title, state in words, and the buttons Cancel and Run again."""

    def __init__(self, services: Services, view: Transaction, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._action = action
        self._title = view.meta.title if view.meta else action.title if action else view.id
        link(t("All actions"), "/", "r-link r-back")
        with ui.element("div").classes("r-head"):
            text("h1", self._title, "r-h1")
            self._state = text("span", "", "r-state").props('role="status"')
            self._priority = text("span", "", "r-chip")
            ui.element("div").classes("r-grow")
            with ui.element("div").classes("r-buttons"):
                _copy_button()
                self._hand_on = Button(t("Reassign…"), self._choose_hands)
                self._cancel = Button(t("Cancel"), self._ask_to_cancel)
                self._again = Button(t("Run again"), self._run_again)
        with ui.element("div").classes("r-started-row"):
            self._by = text("div", "", "r-hint r-started")
            self._here = PeopleHere()
        self._after = ui.element("div").classes("r-hint r-started")
        self._shown: str | None = None

    def draw(self) -> None:
        """Bring the state up to date."""
        state = self._view.state
        words = state_words(state)
        if state is State.SLEEPING and self._view.sleep:
            words = t("Sleeping until {time}", time=clock(self._view.sleep.until))
        elif state is State.WAITING and self._view.pending is not None:
            name = waits_for(self._services.site(), self._view.pending.hands)
            words = waiting_words(name, mine=may_answer(self._services, self._view))
        note = priority_note(self._view.meta.priority) if self._view.meta else ""
        self._priority.set_text(note)
        self._priority.set_visibility(bool(note))
        self._here.draw(self._services.presence.others(self._view.id, current_person()))
        self._hand_on.set_visibility(self._may_hand_on())
        self._again.set_visibility(may_run(self._services, self._view))
        self._cancel.set_visibility(self._view.outcome is None and may_cancel(self._services, self._view))
        if self._view.meta is not None:
            pending = self._view.pending
            self._by.set_text(_started(self._view.meta, waits=pending is not None and pending.kind == "start"))
        if words == self._shown:
            return
        self._draw_after()
        self._shown = words
        self._state.set_text(words)
        ui.page_title(f"{words} · {self._title} · {self._services.site().settings.title}")
        self._state.classes(replace=f"r-state r-state-{state.name.lower()}")

    def _draw_after(self) -> None:
        """Links to where it was gone on with, as far as the person may see those."""
        later = self._services.history.after(self._view.id)
        with self._after.clear():
            for entry in visible(self._services.site(), current_person(), later):
                told = t("Continued in another transaction, {time}", time=clock(entry.started_at))
                with ui.element("div"):
                    link(told, f"/t/{entry.id}")

    @property
    def hand_on(self) -> Callable[[], None] | None:
        """Asks to whom what waits is handed on; None where the person can't do that."""
        return self._choose_hands if self._may_hand_on() else None

    def _may_hand_on(self) -> bool:
        site, pending = self._services.site(), self._view.pending
        if pending is None or not may_hand_on(site, current_person(), self._view):
            return False
        return has_candidates(site, site.registry.get(self._view.slug), pending.hands)

    def _choose_hands(self) -> None:
        async def give(to: str, note: str) -> None:
            with audit_denials(self._services, "hand on", self._view.id):
                await hand_on(self._services.client, self._services.site(), self._view, current_person(), to, note)

        site, pending = self._services.site(), self._view.pending
        if pending is None or not self._may_hand_on():
            return
        among = candidates(site, site.registry.get(self._view.slug), pending.hands)
        HandOn(t("Who should answer?"), [each for each in among if each != pending.hands.assignee], give)

    def _ask_to_cancel(self) -> None:
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("r-card r-dialog"),
        ):
            dialog.props["aria-label"] = t("Cancel this transaction?")
            text("h2", t("Cancel this transaction?"), "r-h2")
            text("p", t("Completed steps aren't undone, and it can't be resumed."), "r-hint")
            with ui.element("div").classes("r-buttons"):
                Button(t("Keep running"), dialog.close, look="quiet").props("autofocus")

                async def cancel_it() -> None:
                    dialog.close()
                    await run_button(button, partial(cancel, self._services, self._view))

                button = Button(t("Cancel transaction"), cancel_it, look="danger")

    async def _run_again(self) -> None:
        await run_button(self._again, partial(run_again, self._services, self._view))


def _copy_button() -> None:
    button = Button(icon="link", name=t("Copy link"), look="bare")
    button.props["data-copy-link"] = t("Link copied")


def _started(meta: Meta, *, waits: bool) -> str:
    """Who has started it and when, or who has prepared it, as long as it waits for somebody to start it."""
    name, time = meta.user.name, clock(meta.started_at)
    if waits:
        return t("Prepared by {name}, {time}", name=name, time=time)
    if meta.queued_by is not None:
        started = t("Started by {name}, {time}", name=name, time=time)
        return f"{started} · {t('prepared by {name}', name=meta.queued_by.name)}"
    if meta.schedule is not None:
        return t("Started by schedule as {name}, {time}", name=name, time=time)
    return t("Started by {name}, {time}", name=name, time=time)


async def cancel(services: Services, view: Transaction) -> None:
    """Cancels a transaction. Raises RestivalError."""
    require(services, may_cancel(services, view), what="cancel", where=view.id)
    await services.client.cancel(view, current_person())


async def run_again(services: Services, view: Transaction, *, at_once: bool = False) -> None:
    """Starts the same action with the same parameters again, and goes there; if it asks for some, shows them first
    unless `at_once`. Raises RestivalError."""
    site = services.site()
    action = site.registry.get(view.slug)
    allowed = action is not None and view.meta is not None and site.access.may(current_person(), "run", action)
    require(services, allowed, what="run", where=view.slug)
    assert action is not None and view.meta is not None
    try:
        params = action.params.model_validate(view.meta.params)
    except ValueError:
        raise RestivalError(t("The action's parameters have changed. Start it from its page.")) from None
    if action.has_params and not at_once:
        prefill(f"start/{action.slug}", action.start_form().dump(params))
        go(f"/{action.slug}")
    else:
        go(f"/t/{await services.client.start(action, params, current_person())}")

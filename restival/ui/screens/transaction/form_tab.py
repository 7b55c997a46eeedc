"""Draws a transaction's view, and redraws only what has changed."""

import asyncio
from functools import partial

from nicegui import ui
from nicegui.element import Element

from restival.actions.action import Action
from restival.engine.client.client import question_name
from restival.engine.state.records import Outcome
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.io.confirm_identity import grace_of
from restival.io.core.call import PendingCall, TranscriptItem
from restival.ui.assignment.bar import HandsBar
from restival.ui.elements.browser_calls import Call, make
from restival.ui.elements.text import text
from restival.ui.elements.toast import show_toast
from restival.ui.forms.form import Form, FormOf
from restival.ui.screens.transaction.answered_list import Answered
from restival.ui.screens.transaction.confirm_dialog import ConfirmDialog
from restival.ui.screens.transaction.header import Header
from restival.ui.screens.transaction.identity_dialog import IdentityDialog
from restival.ui.screens.transaction.leave_guard import Leaving
from restival.ui.screens.transaction.progress import Progress
from restival.ui.screens.transaction.result import draw_outcome
from restival.ui.screens.transaction.side_panel import SidePanel
from restival.ui.screens.transaction.stuck_box import TroubleBox
from restival.ui.screens.transaction.submit import Sending
from restival.ui.screens.transaction.tabs import draw_views
from restival.ui.screens.transaction.transcript import draw_asked, draw_display, draw_item, draw_prepared, item_html
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import as_seen, may_answer
from restival.ui.session.services import Services

DIALOGS = ("identity", "confirm")
SOON = 0.012
"""Seconds after which the rest is looked at: by then the browser has drawn the next question."""


class Board:
    """The parts of a transaction's page."""

    def __init__(self, services: Services, view: Transaction, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._sending = Sending(services, view, self._tell)
        self._drawn_items: set[int] = set()
        self._displays: dict[int, tuple[TranscriptItem, Element]] = {}
        self._drawn_call: PendingCall | None = None
        self._answers = True
        self._drawn_outcome: Outcome | None = None
        self._form: Form | ConfirmDialog | None = None
        self._first = True
        self._calls: list[Call] = []
        self._focus: Element | None = None
        self._header = Header(services, view, action)
        draw_views(view.id, "form")
        with ui.element("div").classes("r-columns"):
            with ui.element("div").classes("r-column"):
                with ui.element("div").classes("r-transcript") as self._transcript:
                    self._answered: Answered | None = Answered()
                self._trouble = TroubleBox(services, view, action)
                self._hands = HandsBar(services, view)
                self._current = ui.element("div").classes("r-current")
                self._told = text("div", "", "r-told").props('role="status"')
                self._progress = Progress(services, view)
                self._outcome = ui.element("div")
            self._side = SidePanel(view)
        self._leaving = Leaving(view, action)

    def draw(self) -> None:
        """Bring everything up to date."""
        self._draw_items()
        self._draw_call()
        renewed, calls, focus = self._focus is not None, self._calls, self._focus
        self._calls, self._focus = [], None
        if calls and not self._first:
            make(self._transcript.client, calls, focus)
        if renewed and self._view.outcome is None:
            asyncio.get_running_loop().call_later(SOON, self._draw_rest)
        else:
            self._draw_rest()
        self._first = False

    def _draw_rest(self) -> None:
        """Bring up to date what is around the question."""
        if self._transcript.is_deleted:
            return
        with self._transcript:
            self._draw_around()

    def _draw_around(self) -> None:
        dialog = self._form if isinstance(self._form, ConfirmDialog) else None
        self._hands.draw(elsewhere=dialog is not None)
        if dialog is not None:
            dialog.hands.draw()
        self._header.draw()
        self._trouble.draw()
        self._progress.draw()
        self._side.draw()
        self._leaving.draw()
        self._draw_outcome()

    def _draw_items(self) -> None:
        for item in self._view.transcript:
            if item.kind == "display":
                self._draw_display(item)
                continue
            if item.n in self._drawn_items:
                continue
            self._drawn_items.add(item.n)
            self._draw_item(item)
            if item.by is not None and not self._first and not self._sending.has_sent(item.n):
                show_toast(t("{name} has answered this question.", name=item.by.name))

    def _draw_item(self, item: TranscriptItem) -> None:
        if (html := item_html(item)) is None:
            self._answered = None
            with self._transcript:
                draw_item(item)
            return
        if self._answered is None:
            with self._transcript:
                self._answered = Answered()
        self._calls.append(self._answered.add(html))

    def _draw_display(self, item: TranscriptItem) -> None:
        """Draw a display, again when more is known of it than at first."""
        drawn, place = self._displays.get(item.n, (None, None))
        if drawn is not item:
            if drawn is None or drawn.fields != item.fields:
                self._answered = self._answered if drawn else None
                with self._transcript:
                    place = draw_display(item, place)
            assert place is not None
            self._displays[item.n] = item, place

    def _asked(self) -> PendingCall | None:
        """The question; none if its dialog would cover why no answer can help."""
        pending, trouble = self._view.pending, self._view.trouble
        stopped = trouble is not None and trouble.kind in ("code_changed", "action_missing")
        return None if stopped and pending is not None and pending.kind in DIALOGS else pending

    def _draw_call(self) -> None:
        pending, answers = self._asked(), may_answer(self._services, self._view)
        known = (pending and pending.version) == (self._drawn_call and self._drawn_call.version)
        if known and answers == self._answers:
            if pending and self._drawn_call and pending.turn != self._drawn_call.turn and isinstance(self._form, Form):
                self._form.take(pending.fields)
            self._drawn_call = pending
            return
        self._drawn_call, self._answers = pending, answers
        if pending is not None and answers and not known and self._renew(pending):
            return
        if isinstance(self._form, Form) and not known:
            self._form.forget()
        self._form = None
        self._current.clear()
        if pending is None:
            return
        with self._current:
            if answers:
                self._form = self._draw_pending(pending)
            elif pending.kind in ("approve", "start"):
                draw_asked(pending.fields)

    def _renew(self, pending: PendingCall) -> bool:
        """Ask in the form that is there, if it may as well be the one for this question."""
        if not isinstance(self._form, Form) or pending.kind != "form" or pending.errors:
            return False
        calls = self._form.renew(pending.fields, **self._of_form(pending))
        if calls is None:
            return False
        self._calls += calls
        self._focus = self._form.to_focus
        return True

    def _of_form(self, pending: PendingCall) -> FormOf:
        return {
            "draft_key": f"t/{self._view.id}/{pending.n}.{pending.attempt}",
            "choices": pending.choices,
            "on_submit": partial(self._sending.send, pending),
            "ask": partial(self._sending.ask, pending),
        }

    def _draw_pending(self, pending: PendingCall) -> Form | ConfirmDialog:
        if pending.kind in DIALOGS:
            return self._draw_dialog(pending)
        prepared = pending.kind == "start"
        form = Form([] if prepared else pending.fields, errors=pending.errors, **self._of_form(pending))
        if prepared:
            with form.element:
                draw_prepared(pending.fields)
        form.focus()
        return form

    def _draw_dialog(self, pending: PendingCall) -> ConfirmDialog:
        field, question = pending.fields[0], question_name(self._view.id, pending)
        hands, hand_on = partial(HandsBar, self._services, self._view), self._header.hand_on
        answer = partial(self._sending.send, pending)
        if pending.kind == "confirm":
            return ConfirmDialog(field, pending.errors, answer, hands=hands, hand_on=hand_on)
        return IdentityDialog(
            field,
            pending.errors,
            answer,
            hands=hands,
            hand_on=hand_on,
            proof=lambda: self._services.auth.proof(current_person(), grace_of(field), question),
            question=question,
        )

    def _draw_outcome(self) -> None:
        """Draw the end, again where its last attempt was cut off before it was stored, and was made anew."""
        outcome = as_seen(self._services, self._view).outcome
        if outcome is not None and outcome != self._drawn_outcome:
            self._drawn_outcome = outcome
            with self._outcome.clear():
                draw_outcome(outcome)

    def _tell(self, message: str) -> None:
        """Say why an answer isn't taken yet."""
        self._told.set_text(message)
        if isinstance(self._form, ConfirmDialog):
            self._form.tell(message)

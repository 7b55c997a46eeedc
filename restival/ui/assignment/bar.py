"""In whose hands a question is: said above its form, with what the person can do about it."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from restival.access.assignment import Assignment
from restival.access.person import Person
from restival.engine.client.client import Client
from restival.engine.state.transaction import Transaction
from restival.i18n import t, tn
from restival.io.core.call import PendingCall
from restival.site.assignments import claim, give_back, may_claim, may_give_back, name_of, waits_for
from restival.site.site import Site
from restival.ui.elements.button import Button, ButtonStyle, run_button
from restival.ui.elements.content.votes import vote_words
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import audit_denials, may_answer
from restival.ui.session.services import Services

Change = Callable[[Client, Site, Transaction, Person], Awaitable[None]]


class HandsBar:
    """Says who is asked, who has handed it to them and what those have said who were asked before; nothing where
    anybody may answer."""

    def __init__(self, services: Services, view: Transaction) -> None:
        self._services = services
        self._view = view
        self._shown: object = None
        self._offers: tuple[bool, bool] | None = None
        self._element = ui.element("div").classes("r-hands").props('role="status"')
        self._element.set_visibility(False)
        with self._element:
            self._said = ui.element("div").classes("r-hands-said")
            self._buttons = ui.element("div").classes("r-buttons")

    def draw(self, *, elsewhere: bool = False) -> None:
        """Bring it up to date; it says nothing where it is said `elsewhere`."""
        pending, person, site = self._view.pending, current_person(), self._services.site()
        if elsewhere:
            pending = None
        answers = may_answer(self._services, self._view)
        claims, gives = may_claim(site, person, self._view), may_give_back(site, person, self._view)
        shown = (pending.version, pending.hands, answers, claims, gives) if pending else None
        if shown == self._shown:
            return
        self._shown = shown
        lines = self._lines(pending, answers) if pending else []
        if claims and not lines:
            lines = [t("Others can answer too.")]
        if not lines and not self._element.visible:
            return  # as nearly always: each redraw costs the browser as much as the next form does
        with self._said.clear():
            for line in lines:
                text("p", line)
        if self._offers != (claims, gives):  # who is about to press one keeps it while something else is said
            self._offers = (claims, gives)
            with self._buttons.clear():
                if claims:
                    self._button(t("Assign to me"), claim)
                if gives:
                    self._button(t("Unassign"), give_back, look="quiet")
            self._buttons.set_visibility(claims or gives)
        self._element.set_visibility(bool(lines))
        self._element.classes(add="" if answers else "r-hands-others", remove="r-hands-others" if answers else "")

    def _lines(self, pending: PendingCall, answers: bool) -> list[str]:
        hands, person = pending.hands, current_person()
        name = waits_for(self._services.site(), hands)
        lines = []
        if hands.claimed_by is not None and hands.claimed_by.same_as(person):
            lines.append(t("You have claimed this question."))
        elif not answers:
            lines.append(self._waits(hands, name))
        elif name and (hands.assignee is None or hands.assignee.is_role):
            lines.append(t("Assigned to {name}. You can answer.", name=name))
        if hands.handed_by is not None:
            lines.append(self._handed(hands))
        return lines + [vote_words(vote) for vote in hands.votes] + _times(hands)

    def _waits(self, hands: Assignment, name: str) -> str:
        person = current_person()
        if any(vote.by.same_as(person) for vote in hands.votes):
            left = max(1, hands.quorum - len(hands.votes))
            return tn("Waiting for {count} more approval.", "Waiting for {count} more approvals.", left)
        if hands.excludes(person):
            hint = " " + t("To test alone, change your name in the header.") if person.developer else ""
            return t("You can't approve your own request.") + hint
        return t("Assigned to {name}.", name=name) if name else t("Waiting for someone with permission to answer.")

    def _handed(self, hands: Assignment) -> str:
        assert hands.handed_by is not None
        to = name_of(self._services.site(), hands.assignee) if hands.assignee else ""
        said = t("{name} assigned the question to {other}", name=hands.handed_by.name, other=to)
        return f"{said}: {hands.note}" if hands.note else f"{said}."

    def _button(self, label: str, change: Change, look: ButtonStyle = "plain") -> None:
        async def work() -> None:
            with audit_denials(self._services, "claim", self._view.id):
                await change(self._services.client, self._services.site(), self._view, current_person())

        button = Button(label, lambda: run_button(button, work), look=look)


def _times(hands: Assignment) -> list[str]:
    found = []
    if hands.due_at is not None:
        found.append(t("Due {time}", time=clock(hands.due_at)))
    if hands.reminded_at is not None:
        found.append(reminded(hands))
    return found


def reminded(hands: Assignment) -> str:
    """How often somebody was reminded."""
    time = clock(hands.reminded_at) if hands.reminded_at else ""
    return tn("Reminded once, {time}.", "Reminded {count} times, last {time}.", hands.reminders, time=time)

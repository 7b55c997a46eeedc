"""The inbox: what waits for an answer that the person may give."""

from datetime import datetime
from functools import partial

from nicegui import PageArguments, ui

from restival.access.assignment import Assignee, Assignment
from restival.access.person import EVERYONE
from restival.engine.state.summary import TransactionSummary
from restival.engine.state.transaction import Transaction
from restival.i18n import t
from restival.site.assignments import candidates, claim, hand_on
from restival.site.transactions import priority_note, waiting_for
from restival.ui.assignment.bar import reminded
from restival.ui.assignment.dialog import HandOn
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.link import link
from restival.ui.elements.screen import Screen
from restival.ui.elements.text import text
from restival.ui.elements.throttle import Throttled
from restival.ui.elements.times import ago, clock
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import audit_denials
from restival.ui.session.services import Services


async def inbox_page(services: Services, arguments: PageArguments) -> None:
    """List it, by priority, then the oldest question first, and keep it up to date."""
    ui.page_title(f"{t('Inbox')} · {services.site().settings.title}")
    text("h1", t("Inbox"), "r-h1")
    Inbox(services)


class Inbox:
    """The list, drawn again only where something in it has changed: somebody may be on their way to a button."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shown: object = None
        self._place = ui.element("div").classes("r-section")
        self._draw()
        Throttled(services.history.subscribe, self._place, self._draw)

    def _draw(self) -> None:
        entries = waiting_for(self._services.site(), current_person(), self._services.history.going_on)
        shown = [(each.id, each.title, each.priority, each.asked, each.hands, ago(_since(each))) for each in entries]
        if shown == self._shown:
            return
        self._shown = shown
        with self._place.clear():
            if entries:
                with ui.element("ul").classes("r-list r-inbox") as rows:
                    rows.props["aria-label"] = t("Waiting for you")
                    for entry in entries:
                        self._row(entry)
            else:
                with ui.element("div").classes("r-empty"):
                    text("h2", t("No questions for you"), "r-h2")
                    text("p", t("Questions that you can answer appear here, oldest first."), "r-hint")

    def _row(self, entry: TransactionSummary) -> None:
        hands, title = entry.hands or Assignment(), entry.title or entry.slug
        with ui.element("li"):
            with link("", f"/t/{entry.id}", "r-row"):
                with ui.element("span").classes("r-row-title"):
                    text("span", title)
                    asked = t("ready to start") if hands.runs else entry.asked
                    text("span", f" · {asked}" if asked else "", "r-hint")
                text("span", ago(_since(entry)), "r-hint")
                text("span", " · ".join(filter(None, self._about(entry, hands))), "r-row-more")
            with ui.element("div").classes("r-buttons"):
                if hands.can_be_claimed(current_person(), entry.starter):
                    name = t("Assign to me: {title}", title=title)
                    claims = Button(
                        t("Assign to me"), lambda: run_button(claims, partial(self._claim, entry.id)), name=name
                    )
                if self._candidates(entry):
                    name = t("Reassign: {title}", title=title)
                    Button(t("Reassign…"), lambda: self._hand_on(entry), look="quiet", name=name)

    def _about(self, entry: TransactionSummary, hands: Assignment) -> list[str]:
        """From whom it comes, for whom it is, and how urgent it is."""
        several = hands.named and (hands.assignee is None or hands.assignee.is_role) and hands.waits_for != EVERYONE
        sender = hands.handed_by or entry.starter
        return [
            priority_note(entry.priority),
            t("from {name}", name=sender.name) if sender else "",
            t("claimed by you") if hands.claimed_by else t("for {name}", name=hands.waits_for) if several else "",
            hands.note,
            t("due {time}", time=clock(hands.due_at)) if hands.due_at else "",
            reminded(hands).rstrip(".") if hands.reminders else "",
        ]

    def _candidates(self, entry: TransactionSummary) -> list[Assignee]:
        site, hands = self._services.site(), entry.hands or Assignment()
        if not site.access.may_hand_on(current_person(), site.registry.get(entry.slug), entry.standing):
            return []
        return [each for each in candidates(site, site.registry.get(entry.slug), hands) if each != hands.assignee]

    def _hand_on(self, entry: TransactionSummary) -> None:
        async def give(to: str, note: str) -> None:
            view = await self._view(entry.id)
            with audit_denials(self._services, "hand on", entry.id):
                await hand_on(self._services.client, self._services.site(), view, current_person(), to, note)

        if among := self._candidates(entry):
            with self._place.client.content:
                HandOn(t("Who should answer?"), among, give)

    async def _claim(self, transaction: str) -> None:
        view = await self._view(transaction)
        with audit_denials(self._services, "claim", transaction):
            await claim(self._services.client, self._services.site(), view, current_person())

    async def _view(self, transaction: str) -> Transaction:
        return await self._services.client.view(transaction)


def _since(entry: TransactionSummary) -> datetime:
    return entry.asked_at or entry.started_at


SCREEN = Screen("/inbox", lambda: t("Inbox"), "inbox", inbox_page)

"""What goes on: what waits for the person, what runs for them, and what they have had to do with lately."""

from collections.abc import Iterable, Iterator
from itertools import islice

from nicegui import ui

from restival.engine.state.summary import TransactionSummary
from restival.i18n import t
from restival.site.transactions import visible, waiting_for
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.throttle import Throttled, state_chip
from restival.ui.elements.times import ago
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

WAITING, RUNNING, RECENT = 5, 5, 8
"""How many of each are listed."""


class Activity:
    """Lists of transactions beside the actions, kept up to date. What comes there is told only where `has_actions`."""

    def __init__(self, services: Services, folder: str, *, has_actions: bool) -> None:
        self._services = services
        self._folder = folder
        self._has_actions = has_actions
        with ui.element("div").classes("r-home-waiting") as self._waiting:
            pass
        with ui.element("div").classes("r-home-recent") as self._recent:
            pass
        self._draw()
        Throttled(services.history.subscribe, self._waiting, self._draw)

    def _draw(self) -> None:
        site, person = self._services.site(), current_person()
        history = self._services.history
        going_on = list(self._inside(sorted(history.going_on, key=lambda each: each.started_at, reverse=True)))
        waiting = waiting_for(site, person, going_on)
        running = [
            each for each in visible(site, person, going_on) if each.status == "Running" and each.involves(person)
        ]
        shown = {each.id for each in (*waiting, *running[:RUNNING])}
        before = visible(site, person, self._inside(history.involving(person)))
        recent = list(islice((each for each in before if each.id not in shown), RECENT))
        with self._waiting.clear():
            draw_list(t("Waiting for you"), waiting[:WAITING], states=False)
            if len(waiting) > WAITING:
                link(t("All {count} in the inbox", count=len(waiting)), "/inbox")
            draw_list(t("Running"), running[:RUNNING], states=False)
        with self._recent.clear():
            draw_list(t("Recent"), recent)
            if not (waiting or running or recent) and self._has_actions:
                _draw_nothing()

    def _inside(self, entries: Iterable[TransactionSummary]) -> Iterator[TransactionSummary]:
        return (each for each in entries if not self._folder or each.slug.startswith(f"{self._folder}/"))


def draw_list(title: str, entries: list[TransactionSummary], *, states: bool = True) -> None:
    """A list of transactions under a title, which may say their state already; nothing where there are none."""
    if not entries:
        return
    with ui.element("section").classes("r-section"):
        text("h2", title, "r-h2")
        with ui.element("ul").classes("r-list").props(f'aria-label="{title}"'):
            for entry in entries:
                _draw_entry(entry, states)


def _draw_nothing() -> None:
    with ui.element("section").classes("r-section r-home-nothing"):
        text("h2", t("No questions for you"), "r-h2")
        text("p", t("Transactions that you start and questions for you appear here."), "r-hint")


def _draw_entry(entry: TransactionSummary, states: bool) -> None:
    with ui.element("li"), link("", f"/t/{entry.id}", "r-row r-row-tall"):
        text("span", entry.title or entry.slug, "r-row-title")
        if states:
            state_chip(entry)
        words = [entry.asked, ago(entry.asked_at or entry.started_at)]
        text("span", " · ".join(filter(None, words)), "r-hint r-one-line")

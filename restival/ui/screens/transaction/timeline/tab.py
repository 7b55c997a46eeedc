"""Draws the timeline of a transaction, and keeps it up to date."""

import asyncio
from datetime import UTC, datetime

from nicegui import background_tasks, ui
from nicegui.element import Element
from nicegui.elements.html import Html

from restival.actions.action import Action
from restival.engine.client.timeline import Span
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.state.transaction import Transaction
from restival.i18n import t, tn
from restival.ui.elements.button import Button
from restival.ui.elements.icon import spinner
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import took_exactly
from restival.ui.screens.transaction.header import Header
from restival.ui.screens.transaction.restart_dialog import can_restart
from restival.ui.screens.transaction.stuck_box import TroubleBox
from restival.ui.screens.transaction.tabs import draw_views
from restival.ui.screens.transaction.timeline.axis import Axis
from restival.ui.screens.transaction.timeline.current import Now
from restival.ui.screens.transaction.timeline.details import draw_details, has_details
from restival.ui.screens.transaction.timeline.row import line_html
from restival.ui.session.permissions import as_seen, may_manage
from restival.ui.session.services import Services

LINES = 200
"""Lines that are drawn at first, the newest, and at each press of the button for more."""
LOOK_SECONDS = 1.0
"""Between two times that the journal is read while something goes on."""


class TimelineBoard:
    """The parts of the page."""

    def __init__(self, services: Services, view: Transaction, action: Action | None) -> None:
        self._services = services
        self._view = view
        self._timeline = services.timelines.new()
        self._spans: list[Span] = []
        self._drawn: dict[int, Line] = {}
        self._most = LINES
        self._reading = False
        self._read_once = False
        self._again = False
        self._managed = may_manage(services, view)
        self._header = Header(services, view, action)
        draw_views(view.id, "timeline")
        self._trouble = TroubleBox(services, view, action)
        self._now = Now(services, view)
        with ui.element("div").classes("r-head r-timeline-head"):
            self._summary = text("p", "", "r-hint").props('role="status"')
            ui.element("div").classes("r-grow")
            export = link(t("Download as JSON"), f"/api/transactions/{view.id}/timeline", "r-button r-plain")
            export.props["download"] = f"{view.id}.json"
        self._more = Button(t("Show earlier entries"), self._show_more, look="quiet")
        self._more.set_visibility(False)
        self._list = ui.element("ol").classes("r-timeline")
        self._list.props["aria-label"] = t("Timeline")
        with ui.element("div").classes("r-working") as self._loading:
            spinner()
            text("span", t("Loading…"))
        self._timer = ui.timer(LOOK_SECONDS, self.draw, immediate=False)

    def draw(self) -> None:
        """Bring everything up to date: the journal is read, and what has changed is drawn."""
        self._header.draw()
        self._trouble.draw()
        if self._reading:
            self._again = True
            return
        self._reading = True
        background_tasks.create(self._read(), name="timeline")

    async def _read(self) -> None:
        try:
            self._again = True
            while self._again and not self._list.is_deleted:
                self._again = False
                try:
                    self._spans = await self._timeline.read(self._view)
                    self._read_once = True
                except (EngineUnavailable, EngineRefused):
                    await asyncio.sleep(LOOK_SECONDS)
                    self._again = True
                    continue
                if not self._list.is_deleted:
                    with self._list.client:
                        self._draw_lines()
        finally:
            self._reading = False

    def _draw_lines(self) -> None:
        now = datetime.now(UTC)
        managed = may_manage(self._services, self._view)
        if managed != self._managed:  # what was drawn shows too much, or too little
            self._managed = managed
            self._clear()
        self._loading.set_visibility(not self._read_once)
        self._now.draw(self._spans, now)
        self._timer.active = self._view.outcome is None
        spans = self._spans[-self._most :]
        left = len(self._spans) - len(spans)
        self._more.set_visibility(left > 0)
        self._drop(set(self._drawn) - {span.entry for span in spans})
        axis = Axis(spans, now)
        self._summary.set_text(self._summed_up(axis, now))
        with self._list:
            for position, span in enumerate(spans):
                if (line := self._drawn.get(span.entry)) is None:
                    line = self._drawn[span.entry] = Line(self._services, self._view, span, managed)
                    if position < len(self._drawn) - 1:
                        line.place.move(self._list, target_index=position)
                line.draw(span, axis, now)

    def _drop(self, entries: set[int]) -> None:
        """Take away what isn't there any more: an end that is heard of before it is recorded comes again elsewhere."""
        for entry in entries:
            self._drawn.pop(entry).place.delete()

    def _clear(self) -> None:
        self._list.clear()
        self._drawn.clear()

    def _show_more(self) -> None:
        self._most += LINES
        self._draw_lines()

    def _summed_up(self, axis: Axis, now: datetime) -> str:
        if not self._spans:
            return t("Restate no longer stores this transaction.") if self._read_once else ""
        end = self._spans[-1].until if self._view.outcome is not None else now
        whole = ((end or now) - self._spans[0].at).total_seconds()
        waited = sum(span.seconds(now) for span in self._spans if span.kind == "question")
        parts = [
            tn("{count} entry", "{count} entries", len(self._spans)),
            t("{time} total", time=took_exactly(max(0.0, whole))),
        ]
        if waited:
            parts.append(t("{time} waiting for people", time=took_exactly(waited)))
        if axis.shortened:
            parts.append(t("Hatched: not to scale"))
        return " · ".join(parts)


class Line:
    """One line, with its details where there are any."""

    def __init__(self, services: Services, view: Transaction, span: Span, managed: bool) -> None:
        self._services = services
        self._view = view
        self._span = span
        self._managed = managed
        self._html = ""
        self._details: Element | None = None
        self._detailed: tuple[Span, bool] | None = None
        with ui.element("li").classes(f"r-happened r-happened-{span.kind}") as self.place:
            self._folds = has_details(span, as_seen(services, view))
            if self._folds:
                with ui.element("details"):
                    self._text = Html("", sanitize=False, tag="summary")
                    self._text.on("click", self._open, [])
                    self._details = ui.element("div").classes("r-happened-details")
            else:
                self._text = Html("", sanitize=False)
            self._text.classes("r-happened-line")

    def draw(self, span: Span, axis: Axis, now: datetime) -> None:
        """Show how it stands now."""
        self._span = span
        html = line_html(span, self._view, axis, now, results=self._managed)
        if html != self._html:
            self._html = html
            self._text.set_content(html)
        if self._detailed is not None:
            self._open()

    def _open(self) -> None:
        """Draw the details, when they are looked at for the first time and when they have changed."""
        now = (self._span, can_restart(self._view))
        if self._details is None or self._detailed == now:
            return
        self._detailed = now
        self._details.clear()
        with self._details:
            draw_details(self._services, self._view, self._span, results=may_manage(self._services, self._view))

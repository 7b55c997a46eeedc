"""A schedule on the page of schedules: when it runs, what came of it, and what can be done with it."""

from nicegui import ui
from nicegui.element import Element

from restival.engine.schedules.state import LeftOut, Run, ScheduleState
from restival.i18n import t, tn
from restival.site.plans import plan_of
from restival.site.timetable import ScheduledAction
from restival.site.transactions import duration
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.link import link
from restival.ui.elements.schedule_summary import regular, upcoming
from restival.ui.elements.text import text
from restival.ui.elements.throttle import state_chip
from restival.ui.elements.times import ago, clock, took
from restival.ui.elements.toast import show_error, show_toast
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import require
from restival.ui.session.services import Services

NEXT, LAST = 3, 5
"""How many times are shown at once."""


class ScheduleCard:
    """Kept up to date by `draw`; what is the same stays, so that nobody loses their place."""

    def __init__(self, services: Services, scheduled: ScheduledAction) -> None:
        self._services = services
        self._id = scheduled.id
        self._shown: object = None
        self._all = False
        name = scheduled.schedule.title or scheduled.action.title
        with ui.element("article").classes("r-card r-schedule") as card:
            card.props["aria-label"] = name
            with ui.element("div").classes("r-head"):
                with text("h2", "", "r-h2"):
                    link(scheduled.action.title, f"/{scheduled.action.slug}", starts=True)
                if scheduled.schedule.title:
                    text("span", scheduled.schedule.title, "r-hint")
                self._state = text("span", t("Paused"), "r-state r-state-open")
                ui.element("div").classes("r-grow")
                with ui.element("div").classes("r-buttons") as self._buttons:
                    self._pause = Button(t("Pause"), self._turn)
                    self._run = Button(t("Run now"), self._run_now)
            self._when = text("p", "")
            self._told = text("p", "", "r-hint")
            self._refused = text("p", "", "r-alert r-alert-form").props("role=alert")
            self._times = ui.element("div").classes("r-schedule-times")
        self.draw()

    def draw(self) -> None:
        """Bring it up to date."""
        scheduled = self._scheduled
        if scheduled is None:
            return
        site, state = self._services.site(), self._known
        plan = plan_of(site, scheduled)
        following = upcoming(self._services, scheduled, NEXT)
        managed = site.access.may(current_person(), "manage", scheduled.action)
        statuses = [self._status(run) for run in state.runs]
        drawn = (state, plan, following, managed, statuses, self._all)
        if drawn == self._shown:
            return
        self._shown = drawn
        words = regular(scheduled.schedule)
        self._when.set_text(words[:1].upper() + words[1:])
        self._told.set_text(_about(state, plan.user.name if plan.user else None))
        self._told.set_visibility(bool(self._told.text))
        self._refused.set_text(t("This schedule can't run. {reason}", reason=plan.refused) if plan.refused else "")
        self._refused.set_visibility(plan.refused is not None)
        self._state.set_visibility(state.paused is not None)
        self._buttons.set_visibility(managed)
        self._pause.set_label(t("Resume") if state.paused else t("Pause"))
        self._run.set_enabled(plan.refused is None)
        with self._times.clear():
            with ui.element("section"):
                text("h3", t("Next runs"), "r-h4")
                if following:
                    _times(t("Next runs"), [clock(each) for each in following])
                else:
                    text("p", t("No runs while paused."), "r-hint")
            with ui.element("section"):
                text("h3", t("Past runs"), "r-h4")
                self._runs(state.runs[::-1])

    def _runs(self, runs: list[Run]) -> None:
        if not runs:
            text("p", t("No runs yet."), "r-hint")
            return
        with ui.element("ul").classes("r-list") as rows:
            rows.props["aria-label"] = t("Past runs")
            for run in runs if self._all else runs[:LAST]:
                with ui.element("li"):
                    self._row(run)
        if len(runs) > LAST and not self._all:
            Button(t("Show all {count}", count=len(runs)), self._show_all, look="quiet")

    def _row(self, run: Run) -> None:
        place: Element
        target = run.transaction or run.former
        place = link("", f"/t/{target}", "r-row") if target else ui.element("div").classes("r-row")
        with place:
            with ui.element("span").classes("r-row-title"):
                text("span", clock(run.planned))
                for note in _notes(run):
                    text("span", f" · {note}", "r-hint")
            if run.transaction is None:
                refused = run.refused is not None
                word = t("Not started") if refused else t("Skipped") if run.left_out else t("Missed")
                text("span", word, f"r-state r-state-{'failed' if refused else 'open'}")
            elif entry := self._services.history.get(run.transaction):
                text("span", took(duration(entry).total_seconds()), "r-hint r-number")
                state_chip(entry)

    def _show_all(self) -> None:
        self._all = True
        self.draw()

    def _status(self, run: Run) -> str:
        entry = self._services.history.get(run.transaction) if run.transaction else None
        return entry.status if entry else ""

    @property
    def _scheduled(self) -> ScheduledAction | None:
        return self._services.site().timetable.schedules.get(self._id)

    @property
    def _known(self) -> ScheduleState:
        return self._services.schedules.known.get(self._id, ScheduleState())

    async def _turn(self) -> None:
        async def work() -> None:
            schedules = self._services.schedules
            self._require_manage("pause")
            if self._known.paused is None:
                await schedules.pause(self._id, current_person())
                self._audit("schedule paused")
            else:
                await schedules.resume(self._id)
                self._audit("schedule resumed")

        await run_button(self._pause, work)
        self.draw()

    async def _run_now(self) -> None:
        async def work() -> None:
            scheduled = self._require_manage("run")
            key = self._services.client.new_id(scheduled.action).rpartition(".")[2]
            run = await self._services.schedules.run_now(self._id, current_person(), key)
            self._audit("schedule run")
            if run.left_out is not None:
                show_error(t("Not started: {reason}", reason=_reason(run.left_out)))
            elif run.transaction is None and run.refused is None:
                show_toast(t("The run starts when the previous run ends."))

        await run_button(self._run, work)
        self.draw()

    def _require_manage(self, what: str) -> ScheduledAction:
        """The schedule as it is declared now. Raises NotAllowed if there is none that the person can manage."""
        scheduled, access = self._scheduled, self._services.site().access
        allowed = scheduled is not None and access.may(current_person(), "manage", scheduled.action)
        require(self._services, allowed, schedule=self._id, what=what)
        assert scheduled is not None
        return scheduled

    def _audit(self, event: str) -> None:
        self._services.auth.audit.write(event, current_person(), schedule=self._id)


def _about(state: ScheduleState, name: str | None) -> str:
    told = [t("Runs as {name}.", name=name)] if name else []
    if state.paused is not None:
        told.append(t("Paused by {name}, {when}.", name=state.paused.by.name, when=ago(state.paused.at)))
    if state.queued is not None:
        told.append(t("The run of {time} starts when the previous run ends.", time=clock(state.queued.run.planned)))
    return " ".join(told)


def _reason(left_out: LeftOut) -> str:
    match left_out:
        case "unfinished":
            return t("the previous run hasn't ended")
        case "queue full":
            return t("another run is already waiting for the previous run")
        case "paused" | "removed":
            return t("the schedule was paused while the run was waiting")


def _times(label: str, shown: list[str]) -> None:
    with ui.element("ul").classes("r-list") as rows:
        rows.props["aria-label"] = label
        for each in shown:
            with ui.element("li"), ui.element("div").classes("r-row"):
                text("span", each)


def _notes(run: Run) -> list[str]:
    notes = [t("by {name}", name=run.by.name)] if run.by else []
    if run.left_out is not None:
        notes.append(_reason(run.left_out))
        if run.skipped:
            notes.append(
                tn("{count} earlier run was skipped too", "{count} earlier runs were skipped too", run.skipped)
            )
    elif run.skipped:
        notes.append(tn("{count} earlier missed run", "{count} earlier missed runs", run.skipped))
    if run.refused:
        notes.append(run.refused)
    return notes

"""What is kept of a schedule, and what becomes of it when its time has come: pure functions of state and clock."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, Protocol

from pydantic import BaseModel

from restival.access.person import Person
from restival.actions.cron import following, latest
from restival.actions.schedule import Missed, Overlap
from restival.engine.state.records import KEY_ALPHABET, KEY_LENGTH
from restival.io.core.call import Json

KEPT_RUNS = 50
LATE = timedelta(minutes=1)
"""A run that couldn't be started within this time was missed."""


class Timing(BaseModel):
    """When a schedule is due."""

    cron: str
    zone: str

    def after(self, moment: datetime) -> datetime | None:
        """The next time after a moment; None where there is none any more."""
        return following(self.cron, self.zone, moment)


class Plan(BaseModel):
    """A schedule as the app declares it at the moment: as whom and with what it runs, or why it may not."""

    timing: Timing
    missed: Missed = "once"
    overlap: Overlap = "skip"
    service: str
    """The action's."""
    user: Person | None = None
    params: dict[str, Json] = {}
    environment: str = "production"
    refused: str | None = None
    notify_on_success: bool = False


class Plans(Protocol):
    """The plans of the schedules that the app declares now."""

    @property
    def are_complete(self) -> bool:
        """False while files can't be loaded: a missing schedule wasn't removed then."""

    def all(self) -> Mapping[str, Plan]:
        """Returns the plans of all schedules by id."""

    def get(self, schedule: str) -> Plan | None:
        """Returns the plan of one schedule; None if no schedule has that id."""


class Change(BaseModel):
    """Who has changed something by hand, and when."""

    by: Person
    at: datetime


LeftOut = Literal["unfinished", "queue full", "paused", "removed"]
"""Why a run wasn't started: the former one hadn't ended, another one waited for that already, or it waited itself when
its schedule was paused or removed."""


class Run(BaseModel):
    """A time at which a schedule was due, or somebody has run it, and what came of it: a transaction, a refusal, or
    nothing because it was missed or, for a reason, left out. `skipped` counts the times before it that were missed or
    left out too."""

    planned: datetime
    at: datetime
    transaction: str | None = None
    refused: str | None = None
    skipped: int = 0
    left_out: LeftOut | None = None
    former: str | None = None
    """The transaction that hadn't ended, for which it was left out."""
    by: Person | None = None


class Going(BaseModel):
    """A run that was started, and isn't known to have ended."""

    transaction: str
    invocation: str
    since: datetime


class Queued(BaseModel):
    """A run that waits for the former one to end, and the key of its transaction."""

    run: Run
    key: str


class ScheduleState(BaseModel):
    """A schedule in Restate. Only the timer of its `generation` counts; `planned` is when that one is due."""

    timing: Timing | None = None
    generation: int = 0
    planned: datetime | None = None
    paused: Change | None = None
    runs: list[Run] = []
    going: list[Going] = []
    queued: Queued | None = None

    def planned_for(self, moment: datetime | None) -> "ScheduleState":
        """The same, waiting for that time and no other."""
        return self.model_copy(update={"planned": moment, "generation": self.generation + 1})

    def with_runs(self, *runs: Run) -> "ScheduleState":
        """The same, with these runs as the newest."""
        return self.model_copy(update={"runs": [*self.runs, *runs][-KEPT_RUNS:]})

    def leaving_out(self, run: Run, why: LeftOut) -> "ScheduleState":
        """The same, with a run that wasn't started. Those of one reason that follow each other are one entry."""
        left_out = run.model_copy(
            update={"left_out": why, "former": self.going[-1].transaction if self.going else None}
        )
        last = self.runs[-1] if self.runs else None
        if last is None or _cause(last) != _cause(left_out):
            return self.with_runs(left_out)
        merged = left_out.model_copy(update={"skipped": left_out.skipped + last.skipped + 1})
        return self.model_copy(update={"runs": [*self.runs[:-1], merged]})

    def without_queued(self, why: LeftOut) -> "ScheduleState":
        """The same, where the run that waits is left out."""
        if self.queued is None:
            return self
        return self.leaving_out(self.queued.run, why).model_copy(update={"queued": None})

    def is_up_to_date(self, timing: Timing, now: datetime) -> bool:
        """Whether it waits for the next time by that timing already, or is paused."""
        waits = self.paused is not None or (self.planned is not None and self.planned > now)
        return self.timing == timing and waits

    def rescheduled(self, timing: Timing, now: datetime) -> "ScheduleState":
        """The same by another timing. By the same one, a time that has passed without its timer is made up for."""
        overdue = self.planned if self.timing == timing else None
        changed = self.model_copy(update={"timing": timing})
        return changed.planned_for(None if self.paused else overdue or timing.after(now))


def resolve_due(timing: Timing, missed: Missed, planned: datetime, now: datetime) -> tuple[Run, datetime | None]:
    """What becomes of a time that has come, and which is the next: the run has no transaction yet, and is one that was
    missed where it has `skipped` all."""
    if missed == "all":
        return Run(planned=planned, at=now), timing.after(planned)
    newest, before = latest(timing.cron, timing.zone, planned, now)
    return Run(planned=newest, at=now, skipped=before), timing.after(now)


def _plain(what: str) -> bytes:
    """As versions before have made keys."""
    return hashlib.sha256(what.encode()).digest()


def is_missed(missed: Missed, run: Run) -> bool:
    """Whether a run is left out because it comes too late."""
    return missed == "skip" and run.at - run.planned > LATE


def _cause(run: Run) -> tuple[LeftOut | None, str | None, str | None]:
    return run.left_out, run.former, run.by.identity if run.by else None


Decision = Literal["start", "queue", "unfinished", "queue full"]


def decided(overlap: Overlap, state: ScheduleState) -> Decision:
    """What happens to a run that is due: it starts, waits, or is left out for a reason."""
    if overlap == "all" or not (state.going or state.queued):
        return "start"
    if overlap == "skip":
        return "unfinished"
    return "queue full" if state.queued else "queue"


def key_of(schedule: str, planned: datetime, unguessable: Callable[[str], bytes] = _plain) -> str:
    """The key of the transaction that a schedule starts for a time: it is started once, however often that is tried.
    Who could tell it before could take its place, so that it isn't started."""
    number = int.from_bytes(unguessable(f"{schedule} {planned.isoformat()}"))
    return "".join(_digits(number))


def _digits(number: int) -> Iterator[str]:
    for _ in range(KEY_LENGTH):
        number, digit = divmod(number, len(KEY_ALPHABET))
        yield KEY_ALPHABET[digit]

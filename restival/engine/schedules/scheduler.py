"""A schedule as a virtual object: it sends itself a call that is delayed until its next time.

Restate keeps that call over restarts and delivers it once; the transaction's key comes from the schedule and the time.
So no run is lost, and none is doubled.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ValidationError
from restate import InvocationRetryPolicy, ObjectContext, ObjectSharedContext, RunOptions, VirtualObject
from restate.serde import BytesSerde

from restival.access.person import Person
from restival.engine.restate.replaying import is_replaying
from restival.engine.restate.seals import Seals, schedule_of
from restival.engine.schedules.starting import PROCEED, WAIT, Starter, Unfinished, wait
from restival.engine.schedules.state import Change, Plan, Run, ScheduleState, Timing, is_missed, key_of, resolve_due

SERVICE = "_restival.schedules"
"""No action has such a name: what begins with _ isn't read."""
KEY, TICK = "schedule", "tick"
CLOCKS_DIFFER_BY = timedelta(minutes=1)
RETRY = InvocationRetryPolicy(
    initial_interval=timedelta(milliseconds=50), exponentiation_factor=2.0, max_interval=timedelta(seconds=1)
)

PlanOf = Callable[[str], Plan | None]
"""Returns the plan of a schedule as the app declares it now; None if it declares none with that id."""
Changed = Callable[[str, ScheduleState, Run | None], None]
"""Told how a schedule stands that has changed, with its run where it was due or was run."""


class TickPayload(BaseModel):
    """What a delayed call carries: the generation that it belongs to, and the time that it is for."""

    generation: int
    planned: datetime


class RunNow(BaseModel):
    """Who runs a schedule by hand, and the key of the transaction."""

    by: Person
    key: str


class PlanSnapshot(BaseModel):
    """What the app says of a schedule, and its clock."""

    plan: Plan | None
    now: datetime
    seals: bool = False
    """Whether what is started is sealed; not in records of versions before."""
    keyed: bool = False
    """Whether keys of transactions can't be guessed; not in records of versions before."""


@dataclass(frozen=True)
class Scheduler:
    """The service that keeps schedules, and what all its calls share."""

    plan_of: PlanOf
    changed: Changed
    unfinished: Unfinished
    seals: Seals

    def service(self) -> VirtualObject:
        """Returns the service for Restate."""
        service = VirtualObject(SERVICE, invocation_retry_policy=RETRY)
        for name in HANDLERS:
            self._add_handler(service, name)

        @service.handler(name=WAIT, kind="shared", input_serde=BytesSerde(), journal_retention=timedelta(0))
        async def wait_for_runs(context: ObjectSharedContext, body: bytes) -> None:
            await wait(context, SERVICE, body, self.seals)

        return service

    def _add_handler(self, service: VirtualObject, name: str) -> None:
        @service.handler(name=name, input_serde=BytesSerde(), output_serde=BytesSerde(), journal_retention=timedelta(0))
        async def handle(context: ObjectContext, body: bytes) -> bytes:
            return await self._handle(name, context, body)

    async def _handle(self, name: str, context: ObjectContext, body: bytes) -> bytes:
        schedule, what = ScheduleObject(context, self), schedule_of(context.key(), name)
        if name == TICK:  # a version before has sent those that wait unsealed
            body, schedule.is_trusted = self.seals.holds(body, what)
        else:
            body = self.seals.open(body, what, taken=is_replaying(context))
        result = await HANDLERS[name](schedule, body)
        return b"" if result is None else result.model_dump_json().encode()


class ScheduleObject:
    """One call of a schedule's object."""

    def __init__(self, context: ObjectContext, scheduler: Scheduler) -> None:
        self._context = context
        self._starter = Starter(context, SERVICE, scheduler.unfinished, scheduler.seals)
        self._seals = scheduler.seals
        self.is_trusted = True
        self._id = context.key()
        self._plan_of = scheduler.plan_of
        self._changed = scheduler.changed

    async def put(self, body: bytes) -> None:
        """Have it due by that timing."""
        timing = Timing.model_validate_json(body)
        state, seen = await self._state(), await self._look()
        if not state.is_up_to_date(timing, seen.now):
            self._keep(state.rescheduled(timing, seen.now), seen.now)

    async def remove(self, _: bytes) -> None:
        """Have it due no more; its runs stay, and that it was paused."""
        state = (await self._state()).without_queued("removed")
        self._keep(state.planned_for(None).model_copy(update={"timing": None}), None)

    async def tick(self, body: bytes) -> None:
        """Starts what is due, and waits for the next time. Does nothing if the timing has changed since: the app sets
        the new one itself."""
        state, tick = await self._state(), _tick_payload(body)
        if tick is None or tick.generation != state.generation:
            return
        if not self.is_trusted and tick.planned != state.planned:  # it may come from anybody who reaches Restate
            return
        seen = await self._look()
        if seen.plan is None or seen.plan.timing != state.timing:
            return
        if not self.is_trusted and tick.planned - seen.now > CLOCKS_DIFFER_BY:  # Restate never delivers so early
            return
        now = max(seen.now, tick.planned)  # clocks may differ by a little
        run, following = resolve_due(seen.plan.timing, seen.plan.missed, tick.planned, now)
        if is_missed(seen.plan.missed, run):
            state = state.with_runs(run)
        else:
            state, run = await self._starter.due(state, seen.plan, run, self._key_of(run.planned, seen))
        self._keep(state.planned_for(following), now, run)

    async def proceed(self, _: bytes) -> None:
        """Start the run that waits, if the former one has ended."""
        state, seen = await self._state(), await self._look()
        if seen.plan is not None:
            state, run = await self._starter.proceeded(state, seen.plan, seen.now)
            if run is not None:
                self._keep(state, None, run)

    async def pause(self, body: bytes) -> None:
        """Have it due no more until it is resumed."""
        state = await self._state()
        if state.paused is None:
            state = state.without_queued("paused")
            self._keep(state.planned_for(None).model_copy(update={"paused": Change.model_validate_json(body)}), None)

    async def resume(self, _: bytes) -> None:
        """Have it due again, from now on."""
        state, seen = await self._state(), await self._look()
        if state.paused is not None:
            going_on = state.model_copy(update={"paused": None})
            self._keep(going_on.planned_for(state.timing.after(seen.now) if state.timing else None), seen.now)

    async def run_now(self, body: bytes) -> Run:
        """Start it once, besides its times and as its overlap allows."""
        request = RunNow.model_validate_json(body)
        state, seen = await self._state(), await self._look()
        for each in state.runs:
            if each.transaction is not None and each.transaction.endswith(f".{request.key}"):
                return each
        if state.queued is not None and state.queued.key == request.key:
            return state.queued.run
        run = Run(planned=seen.now, at=seen.now, by=request.by)
        if seen.plan is None:
            return run.model_copy(update={"refused": "This schedule no longer exists."})
        state, run = await self._starter.due(state, seen.plan, run, request.key)
        self._keep(state, None, run)
        return run

    def _keep(self, state: ScheduleState, now: datetime | None, run: Run | None = None) -> None:
        """Keep the state; with a `now`, send the call for the time that it waits for."""
        self._context.set(KEY, state.model_dump_json().encode(), serde=BytesSerde())
        if now is not None and state.planned is not None:
            timer = TickPayload(generation=state.generation, planned=state.planned).model_dump_json().encode()
            if self._starter.seals_starts:
                timer = self._seals.put(timer, schedule_of(self._id, TICK))
            delay = max(timedelta(0), state.planned - now)
            self._context.generic_send(SERVICE, TICK, timer, key=self._id, send_delay=delay)
        self._changed(self._id, state, run)

    def _key_of(self, planned: datetime, seen: PlanSnapshot) -> str:
        if seen.keyed:
            return key_of(f"key {self._id}", planned, self._seals.unguessable)
        return key_of(self._id, planned)

    async def _state(self) -> ScheduleState:
        kept = await self._context.get(KEY, serde=BytesSerde())
        return ScheduleState.model_validate_json(kept) if kept else ScheduleState()

    async def _look(self) -> PlanSnapshot:
        """What the app says now: it is recorded, so that a second attempt does the same."""

        async def look() -> bytes:
            seen = PlanSnapshot(plan=self._plan_of(self._id), now=datetime.now(UTC), seals=True, keyed=True)
            return seen.model_dump_json().encode()

        recorded = await self._context.run_typed("look", look, RunOptions(serde=BytesSerde()))
        seen = PlanSnapshot.model_validate_json(recorded)
        self._starter.seals_starts = seen.seals
        return seen


def _tick_payload(body: bytes) -> TickPayload | None:
    try:
        return TickPayload.model_validate_json(body)
    except ValidationError:
        return None


Work = Callable[[ScheduleObject, bytes], Awaitable[BaseModel | None]]
HANDLERS: dict[str, Work] = {
    "put": ScheduleObject.put,
    "remove": ScheduleObject.remove,
    TICK: ScheduleObject.tick,
    "pause": ScheduleObject.pause,
    "resume": ScheduleObject.resume,
    "run_now": ScheduleObject.run_now,
    PROCEED: ScheduleObject.proceed,
}

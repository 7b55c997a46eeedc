"""Starts the runs of a schedule, as its overlap allows."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from pydantic import BaseModel, TypeAdapter
from restate import ObjectContext, ObjectSharedContext, RunOptions, TerminalError
from restate.serde import BytesSerde

from restival.engine.restate.replaying import is_replaying
from restival.engine.restate.seals import Seals, schedule_of, start_of
from restival.engine.schedules.state import KEPT_RUNS, Going, Plan, Queued, Run, ScheduleState, decided
from restival.engine.state.records import Start

Unfinished = Callable[[list[Going], datetime], Awaitable[list[Going]]]
"""Returns those of these runs that haven't ended."""
GOING = TypeAdapter(list[Going])
WAIT = "wait"
PROCEED = "proceed"


class Awaited(BaseModel):
    """The invocations that a run waits for."""

    invocations: list[str]


class Starter:
    """Starts runs within one call of a schedule's object."""

    def __init__(self, context: ObjectContext, service: str, unfinished: Unfinished, seals: Seals) -> None:
        self._context = context
        self._service = service
        self._id = context.key()
        self._unfinished = unfinished
        self._seals = seals
        self.seals_starts = False
        """Whether this call seals what it starts, as its record says."""

    async def due(self, state: ScheduleState, plan: Plan, run: Run, key: str) -> tuple[ScheduleState, Run]:
        """Starts a run, has it wait, or leaves it out; returns the state with it, and what came of it."""
        state, _ = await self.proceeded(state, plan, run.at)
        if plan.user is None:
            return await self._started(state, plan, run, key)
        if plan.overlap != "all" and state.queued is None:  # what a queued run waits for was just asked
            state = await self._pruned(state, run.at)
        match decided(plan.overlap, state):
            case "start":
                return await self._started(state, plan, run, key)
            case "queue":
                self._wait(state.going)
                return state.model_copy(update={"queued": Queued(run=run, key=key)}), run
            case why:
                state = state.leaving_out(run, why)
                return state, state.runs[-1]

    async def proceeded(self, state: ScheduleState, plan: Plan, now: datetime) -> tuple[ScheduleState, Run | None]:
        """Starts the run that waits, if the former one has ended; returns the state and that run."""
        if state.queued is None:
            return state, None
        state = await self._pruned(state, now)
        if plan.overlap != "all" and state.going:
            return state, None
        queued, state = state.queued, state.model_copy(update={"queued": None})
        assert queued is not None
        return await self._started(state, plan, queued.run.model_copy(update={"at": now}), queued.key)

    async def _started(self, state: ScheduleState, plan: Plan, run: Run, key: str) -> tuple[ScheduleState, Run]:
        if plan.user is None:
            run = run.model_copy(update={"refused": plan.refused})
            return state.with_runs(run), run
        start = Start.new(
            plan.params,
            plan.user,
            plan.environment,
            at=run.at,
            schedule=self._id,
            notify_on_success=plan.notify_on_success,
        )
        transaction, body = f"{plan.service}.{key}", start.model_dump_json().encode()
        if self.seals_starts:
            body = self._seals.put(body, start_of(transaction))
        sent = self._context.generic_send(plan.service, "run", body, key=key)
        going = Going(transaction=transaction, invocation=await sent.invocation_id(), since=run.at)
        run = run.model_copy(update={"transaction": transaction})
        others = [each for each in state.going if each.transaction != transaction]
        return state.with_runs(run).model_copy(update={"going": [*others, going][-KEPT_RUNS:]}), run

    async def _pruned(self, state: ScheduleState, now: datetime) -> ScheduleState:
        """The state without the runs that have ended, as Restate says; recorded, so that each attempt does the same."""
        if not state.going:
            return state

        async def ask() -> bytes:
            return GOING.dump_json(await self._unfinished(state.going, now))

        recorded = await self._context.run_typed("unfinished", ask, RunOptions(serde=BytesSerde()))
        return state.model_copy(update={"going": GOING.validate_json(recorded)})

    def _wait(self, going: list[Going]) -> None:
        awaited = Awaited(invocations=[each.invocation for each in going])
        body = awaited.model_dump_json().encode()
        if self.seals_starts:
            body = self._seals.put(body, schedule_of(self._id, WAIT))
        self._context.generic_send(self._service, WAIT, body, key=self._id)


async def wait(context: ObjectSharedContext, service: str, body: bytes, seals: Seals) -> None:
    """Waits until runs have ended, however they do, and then calls their schedule."""
    sealed = not body.startswith(b"{")
    body = seals.open(body, schedule_of(context.key(), WAIT), taken=is_replaying(context))
    for invocation in Awaited.model_validate_json(body).invocations:
        with suppress(TerminalError):  # failed, cancelled, killed or purged: it has ended
            await context.attach_invocation(invocation, serde=BytesSerde())
    proceeding = seals.put(b"{}", schedule_of(context.key(), PROCEED)) if sealed else b"{}"
    context.generic_send(service, PROCEED, proceeding, key=context.key())

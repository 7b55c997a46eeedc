"""What happens to a run that is due while the former one hasn't ended, on a real Restate."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from restival import IO, Context, action
from restival.access.person import Person
from restival.actions.schedule import Overlap
from restival.engine.schedules.scheduler import TickPayload
from restival.engine.schedules.starting import PROCEED
from restival.engine.schedules.state import Plan, Run, ScheduleState
from tests.conftest import Bench
from tests.engine.schedules.test_schedules import SECONDLY, YEARLY, Timetable


@action
async def asks(io: IO, ctx: Context) -> str:
    """Waits for an answer."""
    return await io.input.text("Well?")


@action
async def fails(io: IO, ctx: Context) -> str:
    """Asks and fails."""
    raise ValueError(await io.input.text("Well?"))


class Overlapping(Timetable):
    """A schedule that isn't due by itself, whose times the tests let come."""

    def __init__(self, bench: Bench, ann: Person) -> None:
        super().__init__(bench.engine.schedules)
        self.bench, self.ann = bench, ann

    async def overlap(self, name: str, overlap: Overlap, service: str = "asks") -> str:
        schedule = f"{service}#{name}"
        self.plans[schedule] = Plan(timing=YEARLY, overlap=overlap, service=service, user=self.ann)
        await self.schedules.settle()
        return schedule

    async def state(self, schedule: str) -> ScheduleState:
        return (await self.schedules.states())[schedule]

    async def due(self, schedule: str) -> ScheduleState:
        state = await self.state(schedule)
        assert state.planned is not None
        await self.schedules._call(schedule, "tick", TickPayload(generation=state.generation, planned=state.planned))
        return await self.state(schedule)

    async def kill(self, schedule: str) -> None:
        """Ends the newest run without its code."""
        invocation, admin = (await self.state(schedule)).going[-1].invocation, self.bench.engine._server.admin
        await admin.kill(invocation)
        while (status := await admin.invocation(invocation)) and status.status != "completed":
            await asyncio.sleep(0.05)

    async def answer(self, run: Run) -> None:
        assert run.transaction is not None
        await self.bench.answer(run.transaction, 1, self.ann, value="yes")
        await self.bench.ended(run.transaction)


@pytest.fixture
async def table(bench: Bench, ann: Person) -> AsyncIterator[Overlapping]:
    await bench.serve(asks, fails)
    made = Overlapping(bench, ann)
    yield made
    made.plans = {}
    await made.schedules.settle()


async def test_skip_leaves_runs_out_until_the_former_one_has_ended(table: Overlapping) -> None:
    schedule = await table.overlap("skip", "skip")
    [first] = (await table.due(schedule)).runs
    await table.due(schedule)
    _, left_out = (await table.due(schedule)).runs
    assert (left_out.transaction, left_out.left_out, left_out.former) == (None, "unfinished", first.transaction)
    assert left_out.skipped == 1
    await table.answer(first)
    last = (await table.due(schedule)).runs[-1]
    assert last.transaction not in (None, first.transaction)
    await table.answer(last)


async def test_queue_starts_one_run_as_soon_as_the_former_one_has_ended(table: Overlapping) -> None:
    schedule = await table.overlap("queue", "queue")
    [first] = (await table.due(schedule)).runs
    waits = await table.due(schedule)
    assert waits.runs == [first] and waits.queued is not None
    full = await table.due(schedule)
    assert full.queued == waits.queued
    assert (full.runs[-1].left_out, full.runs[-1].former) == ("queue full", first.transaction)
    await table.answer(first)
    after = await table.until(schedule, lambda state: state.queued is None)
    second = after.runs[-1]
    assert (second.planned, second.transaction) == (waits.queued.run.planned, f"asks.{waits.queued.key}")
    await table.schedules._call(schedule, PROCEED, None)  # once more changes nothing
    assert await table.state(schedule) == after
    await table.answer(second)


async def test_all_starts_runs_beside_each_other(table: Overlapping) -> None:
    schedule = await table.overlap("all", "all")
    for _ in range(3):
        state = await table.due(schedule)
    assert len({run.transaction for run in state.runs}) == 3
    await table.overlap("all", "skip")  # those that go on count for another policy too
    assert (await table.due(schedule)).runs[-1].left_out == "unfinished"
    for run in state.runs:
        await table.answer(run)
    assert (await table.due(schedule)).runs[-1].transaction is not None


@pytest.mark.parametrize("how", ["fails", "cancelled", "killed"])
@pytest.mark.parametrize("overlap", ["skip", "queue"])
async def test_however_a_run_ends_the_next_one_starts(table: Overlapping, overlap: Overlap, how: str) -> None:
    service = "fails" if how == "fails" else "asks"
    schedule = await table.overlap(f"{overlap}-{how}", overlap, service)
    [first] = (await table.due(schedule)).runs
    assert first.transaction is not None
    await table.bench.asked(first.transaction, 1)
    if overlap == "queue":
        await table.due(schedule)
    if how == "fails":
        await table.answer(first)
    elif how == "cancelled":
        await table.bench.client.cancel(await table.bench.client.view(first.transaction), table.ann)
        await table.bench.ended(first.transaction)
    else:
        await table.kill(schedule)
    if overlap == "queue":
        after = await table.until(schedule, lambda state: state.queued is None)
        assert [each.transaction for each in after.going] == [after.runs[-1].transaction] != [first.transaction]
    else:
        assert (await table.due(schedule)).runs[-1].transaction not in (None, first.transaction)


async def test_a_run_that_restate_does_not_list_has_not_come_yet_or_was_purged(table: Overlapping) -> None:
    schedule = await table.overlap("purged", "skip")
    [going] = (await table.due(schedule)).going
    assert await table.schedules.unfinished([going], going.since) == [going]
    await table.kill(schedule)
    assert await table.schedules.unfinished([going], going.since) == []
    admin = table.bench.engine._server.admin
    await admin._invocation(going.invocation, "purge")
    while await admin.invocation(going.invocation) is not None:
        await asyncio.sleep(0.05)
    assert await table.schedules.unfinished([going], going.since) == [going]
    assert await table.schedules.unfinished([going], going.since + timedelta(minutes=2)) == []


async def test_by_hand_the_overlap_counts_too(table: Overlapping, bob: Person) -> None:
    schedule = await table.overlap("hand", "queue")
    first = await table.schedules.run_now(schedule, bob, "0123456789abcdea")
    queued = await table.schedules.run_now(schedule, bob, "0123456789abcdeb")
    assert (queued.transaction, queued.left_out, queued.by) == (None, None, bob)
    assert await table.schedules.run_now(schedule, bob, "0123456789abcdeb") == queued
    full = await table.schedules.run_now(schedule, bob, "0123456789abcdec")
    assert (full.transaction, full.left_out, full.by) == (None, "queue full", bob)
    await table.answer(first)
    after = await table.until(schedule, lambda state: state.queued is None)
    assert (after.runs[-1].transaction, after.runs[-1].by) == ("asks.0123456789abcdeb", bob)
    await table.answer(after.runs[-1])


async def test_a_schedule_that_is_paused_or_removed_drops_the_run_that_waits(table: Overlapping, bob: Person) -> None:
    schedule = await table.overlap("paused", "queue")
    [first] = (await table.due(schedule)).runs
    await table.due(schedule)
    await table.schedules.pause(schedule, bob)
    paused = await table.state(schedule)
    assert paused.queued is None and paused.runs[-1].left_out == "paused"
    await table.schedules.resume(schedule)
    assert (await table.due(schedule)).queued is not None
    del table.plans[schedule]
    await table.schedules.settle()
    removed = await table.state(schedule)
    assert removed.queued is None and removed.runs[-1].left_out == "removed"
    await table.answer(first)
    await asyncio.sleep(0.5)
    assert await table.state(schedule) == removed


async def test_a_run_waits_on_if_what_waits_for_the_former_one_was_killed(table: Overlapping) -> None:
    schedule = await table.overlap("waiter", "queue")
    [first] = (await table.due(schedule)).runs
    await table.due(schedule)
    admin = table.bench.engine._server.admin
    rows: list[dict[str, str]] = []
    while not rows:
        rows = await admin.query(
            f"SELECT id FROM sys_invocation WHERE target_service_key = '{schedule}' AND target_handler_name = 'wait'"
        )
    await admin.kill(rows[0]["id"])
    await table.answer(first)
    await table.schedules.settle()  # as the app does by itself every few seconds
    after = await table.state(schedule)
    assert after.queued is None and after.runs[-1].transaction not in (None, first.transaction)
    await table.answer(after.runs[-1])


async def test_a_schedule_that_asks_every_second_leaves_one_question(table: Overlapping, ann: Person) -> None:
    schedule = "asks#secondly"
    table.plans[schedule] = Plan(timing=SECONDLY, service="asks", user=ann)
    await table.schedules.settle()
    state = await table.until(schedule, lambda state: bool(state.runs) and state.runs[-1].skipped >= 2)
    first, left_out = state.runs
    assert first.transaction is not None and left_out.former == first.transaction
    await table.answer(first)
    await table.until(schedule, lambda state: len(state.going) == 1 and state.going[0].transaction != first.transaction)

"""Schedules on a real Restate: runs, changes, pauses, and what was missed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from restival import IO, Context, action
from restival.access.person import Person
from restival.actions.schedule import Missed
from restival.engine.schedules.client import Schedules
from restival.engine.schedules.scheduler import TickPayload
from restival.engine.schedules.state import Plan, Run, ScheduleState, Timing, key_of
from tests.conftest import Bench, declared

SECONDLY = Timing(cron="* * * * * *", zone="UTC")
YEARLY = Timing(cron="0 0 1 1 *", zone="Europe/Berlin")


class Timetable:
    """What the tests declare, on the session's engine."""

    def __init__(self, schedules: Schedules) -> None:
        self.schedules = schedules
        self.plans: dict[str, Plan] = {}
        self.whole = True
        schedules.declare(self)

    @property
    def are_complete(self) -> bool:
        return self.whole

    def all(self) -> dict[str, Plan]:
        return self.plans

    def get(self, schedule: str) -> Plan | None:
        return self.plans.get(schedule)

    async def put(self, schedule: str, timing: Timing, by: Person | None, missed: Missed = "all") -> None:
        refused = None if by else "Bob doesn't have permission to run this action."
        self.plans[schedule] = Plan(timing=timing, missed=missed, service="ticks", user=by, refused=refused)
        await self.schedules.settle()

    async def until(self, schedule: str, ready: Callable[[ScheduleState], bool]) -> ScheduleState:
        for _ in range(400):
            state = (await self.schedules.states()).get(schedule, ScheduleState())
            if ready(state):
                return state
            await asyncio.sleep(0.05)
        raise AssertionError(f"not in time: {state!r}")


@action
async def ticks(io: IO, ctx: Context) -> str:
    """Says who runs it; Bob's runs fail."""
    if ctx.user.name == "Bob":
        raise ValueError("no ink")
    return ctx.user.name


@pytest.fixture
async def table(bench: Bench) -> AsyncIterator[Timetable]:
    await bench.serve(ticks)
    made = Timetable(bench.engine.schedules)
    yield made
    made.plans, made.whole = {}, True
    await made.schedules.settle()


def planned(runs: list[Run]) -> list[datetime]:
    return [run.planned for run in runs]


async def test_it_runs_at_each_time_once_as_the_person(table: Timetable, bench: Bench, ann: Person) -> None:
    await table.put("ticks#each", SECONDLY, ann)
    runs = (await table.until("ticks#each", lambda state: len(state.runs) >= 4)).runs
    times = planned(runs)
    assert times == [times[0] + timedelta(seconds=n) for n in range(len(runs))]
    assert all(run.at >= run.planned for run in runs)
    for run in runs:
        assert run.transaction is not None
        view = await bench.ended(run.transaction)
        assert view.outcome is not None and view.outcome.value == "Ann"
        assert view.meta is not None and view.meta.schedule == "ticks#each"
        assert run.transaction != f"ticks.{key_of('ticks#each', run.planned)}"  # which anybody could tell before


async def test_another_timing_and_its_removal_hold_at_once(table: Timetable, ann: Person) -> None:
    await table.put("ticks#changed", SECONDLY, ann)
    await table.until("ticks#changed", lambda state: len(state.runs) >= 1)
    await table.put("ticks#changed", YEARLY, ann)
    before = await table.until("ticks#changed", lambda state: state.timing == YEARLY)
    assert before.planned is not None and before.planned.month == 12  # the new year of Berlin comes before that of UTC
    await asyncio.sleep(1.5)
    assert (await table.schedules.states())["ticks#changed"] == before
    await table.put("ticks#changed", SECONDLY, ann)
    await table.until("ticks#changed", lambda state: len(state.runs) > len(before.runs))
    del table.plans["ticks#changed"]
    await table.schedules.settle()
    removed = (await table.schedules.states())["ticks#changed"]
    assert (removed.timing, removed.planned) == (None, None)
    await asyncio.sleep(1.5)
    assert (await table.schedules.states())["ticks#changed"] == removed


async def test_what_is_paused_waits_until_it_is_resumed(table: Timetable, ann: Person, bob: Person) -> None:
    await table.put("ticks#paused", SECONDLY, ann)
    await table.until("ticks#paused", lambda state: len(state.runs) >= 1)
    await table.schedules.pause("ticks#paused", bob)
    paused = (await table.schedules.states())["ticks#paused"]
    assert paused.paused is not None and paused.paused.by == bob and paused.planned is None
    await asyncio.sleep(1.5)
    await table.schedules.settle()
    assert (await table.schedules.states())["ticks#paused"] == paused
    await table.schedules.resume("ticks#paused")
    after = await table.until("ticks#paused", lambda state: len(state.runs) > len(paused.runs))
    assert after.runs[len(paused.runs)].planned > paused.runs[-1].planned + timedelta(seconds=1)


async def test_by_hand_it_runs_once_also_while_it_is_paused(
    table: Timetable, bench: Bench, ann: Person, bob: Person
) -> None:
    await table.put("ticks#hand", YEARLY, ann)
    await table.schedules.pause("ticks#hand", bob)
    key = "0123456789abcdef"
    run = await table.schedules.run_now("ticks#hand", bob, key)
    assert await table.schedules.run_now("ticks#hand", bob, key) == run
    assert (run.by, run.transaction) == (bob, f"ticks.{key}")
    outcome = (await bench.ended(f"ticks.{key}")).outcome
    assert outcome is not None and outcome.value == "Ann"
    assert (await table.schedules.states())["ticks#hand"].runs == [run]
    gone = await table.schedules.run_now("ticks#gone", bob, key)
    assert gone.refused == "This schedule no longer exists."


async def test_who_may_not_run_it_is_refused_at_each_time(table: Timetable, ann: Person) -> None:
    told: list[tuple[str, str | None]] = []
    table.schedules.on_run(lambda schedule, run: told.append((schedule, run.refused)))
    await table.put("ticks#refused", SECONDLY, None)
    state = await table.until("ticks#refused", lambda state: len(state.runs) >= 1)
    assert (state.runs[0].refused, state.runs[0].transaction) == (
        "Bob doesn't have permission to run this action.",
        None,
    )
    assert ("ticks#refused", "Bob doesn't have permission to run this action.") in told
    await table.put("ticks#refused", SECONDLY, ann)  # the right is there again, and holds for the next time
    await table.until("ticks#refused", lambda state: state.runs[-1].transaction is not None)


async def test_whom_it_runs_as_is_told_of_failures_and_if_wanted_of_success(
    table: Timetable, bench: Bench, ann: Person, bob: Person
) -> None:
    for person, on_success in ((bob, False), (ann, False), (ann, True)):
        name = f"ticks#told-{person.name}-{on_success}"
        table.plans[name] = Plan(timing=YEARLY, service="ticks", user=person, notify_on_success=on_success)
        await table.schedules.settle()
        run = await table.schedules.run_now(name, bob, bench.client.new_id(declared(ticks)[0]).partition(".")[2])
        assert run.transaction is not None
        await bench.ended(run.transaction)
        messages = [
            told.notice.message for told in bench.engine.notices.of(person, 50) if told.transaction == run.transaction
        ]
        failed = "The scheduled run failed: no ink"
        well = "The scheduled run completed."
        assert messages == ([failed] if person == bob else [well] if on_success else [])


@pytest.mark.parametrize("missed", ["skip", "once", "all"])
async def test_what_was_due_while_the_app_was_away(table: Timetable, ann: Person, missed: Missed) -> None:
    name = f"ticks#away-{missed}"
    not_soon = (datetime.now(UTC) + timedelta(minutes=30)).minute  # no run comes while this looks
    hourly = Timing(cron=f"{not_soon} * * * *", zone="UTC")
    await table.put(name, hourly, ann, missed)
    state = (await table.schedules.states())[name]
    assert state.planned is not None
    # the timer of three hours ago, as Restate delivers it when the app is back
    earlier = state.planned - timedelta(hours=3)
    timer = TickPayload(generation=state.generation, planned=earlier)
    await table.schedules._call(name, "tick", timer)
    state = await table.until(name, lambda state: state.planned is not None and state.planned > datetime.now(UTC))
    started = [run.planned for run in state.runs if run.transaction]
    due = [earlier + timedelta(hours=n) for n in range(3)]
    assert started == {"skip": [], "once": [due[2]], "all": due}[missed]
    assert [run.skipped for run in state.runs] == ([0, 0, 0] if missed == "all" else [2])
    await table.schedules._call(name, "tick", timer)  # a stale one
    assert (await table.schedules.states())[name] == state


async def test_two_timers_for_one_time_start_it_once(table: Timetable, bench: Bench, ann: Person) -> None:
    await table.put("ticks#twice", YEARLY, ann)
    state = (await table.schedules.states())["ticks#twice"]
    assert state.planned is not None
    early = state.planned
    await table.schedules._call("ticks#twice", "tick", TickPayload(generation=state.generation, planned=early))
    [run] = (await table.schedules.states())["ticks#twice"].runs
    assert run.transaction is not None
    await bench.ended(run.transaction)
    generation = (await table.schedules.states())["ticks#twice"].generation
    await table.schedules._call("ticks#twice", "tick", TickPayload(generation=generation, planned=early))
    runs = (await table.schedules.states())["ticks#twice"].runs
    assert Counter(run.transaction for run in runs) == {run.transaction: 2}
    rows = await bench.engine._server.admin.query(
        f"SELECT id FROM sys_invocation WHERE target_service_key = '{run.transaction.partition('.')[2]}'"
    )
    assert len(rows) == 1


async def ticking(bench: Bench, schedule: str) -> str:
    """The call that waits for the next time."""
    for _ in range(100):
        rows = await bench.engine._server.admin.query(
            f"SELECT id FROM sys_invocation WHERE target_service_key = '{schedule}' AND target_handler_name = 'tick'"
        )
        if rows:
            return str(rows[-1]["id"])
        await asyncio.sleep(0.05)
    raise AssertionError("nothing waits")


async def test_a_file_that_is_broken_for_a_while_loses_no_run(table: Timetable, ann: Person) -> None:
    await table.put("ticks#broken", SECONDLY, ann)
    await table.until("ticks#broken", lambda state: len(state.runs) >= 1)
    plan, table.whole = table.plans.pop("ticks#broken"), False
    await asyncio.sleep(1.5)
    await table.schedules.settle()
    before = (await table.schedules.states())["ticks#broken"]
    await asyncio.sleep(1)
    assert (await table.schedules.states())["ticks#broken"] == before
    table.plans["ticks#broken"], table.whole = plan, True
    await table.schedules.settle()
    runs = (await table.until("ticks#broken", lambda state: len(state.runs) > len(before.runs) + 1)).runs
    assert planned(runs) == [runs[0].planned + timedelta(seconds=n) for n in range(len(runs))]


async def test_a_call_that_somebody_has_killed_is_sent_again(table: Timetable, bench: Bench, ann: Person) -> None:
    every = Timing(cron="*/3 * * * * *", zone="UTC")
    await table.put("ticks#killed", every, ann)
    await bench.engine._server.admin.kill(await ticking(bench, "ticks#killed"))
    state = (await table.schedules.states())["ticks#killed"]
    assert state.planned is not None
    await asyncio.sleep(max(0.0, (state.planned - datetime.now(UTC)).total_seconds()) + 0.2)
    assert (await table.schedules.states())["ticks#killed"] == state
    await table.schedules.settle()
    after = await table.until("ticks#killed", lambda state: len(state.runs) >= 1)
    assert after.runs[0].planned == state.planned


async def test_a_call_that_restate_has_given_up_goes_on_with_the_app(
    table: Timetable, bench: Bench, ann: Person
) -> None:
    class Broken(dict[str, Plan]):
        def get(self, *_: object) -> Plan:  # type: ignore[override]
            raise RuntimeError("the app is broken")

    await table.put("ticks#given-up", SECONDLY, ann)
    whole, table.plans = table.plans, Broken(table.plans)
    admin, invocation = bench.engine._server.admin, await ticking(bench, "ticks#given-up")
    for _ in range(100):
        status = await admin.invocation(invocation)
        if status is None:  # it was done just before
            invocation = await ticking(bench, "ticks#given-up")
        elif status.status == "backing-off":
            await admin.pause(invocation)
        elif status.status == "paused":
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError(status)
    table.plans = whole
    before = (await table.schedules.states()).get("ticks#given-up", ScheduleState())
    await asyncio.sleep(1)
    assert (await table.schedules.states())["ticks#given-up"] == before
    await bench.serve(ticks)
    runs = (await table.until("ticks#given-up", lambda state: len(state.runs) > len(before.runs) + 1)).runs
    assert planned(runs) == [runs[0].planned + timedelta(seconds=n) for n in range(len(runs))]


async def ticked(table: Timetable, body: bytes) -> None:
    await table.schedules._ingress.call("_restival.schedules", "ticks%23forged", "tick", body)


async def test_only_the_time_that_it_waits_for_has_it_run(
    table: Timetable, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table.schedules._seals, "_required", True)  # as with a Restate that others reach
    await table.put("ticks#forged", YEARLY, ann)
    state = (await table.schedules.states())["ticks#forged"]
    for before in (timedelta(seconds=1), timedelta(days=400)):
        forged = TickPayload(generation=state.generation, planned=datetime.now(UTC) - before)
        await ticked(table, forged.model_dump_json().encode())
    await asyncio.wait_for(ticked(table, b'{"generation": []}'), 10)  # it doesn't hold up what comes next
    assert (await table.schedules.states())["ticks#forged"] == state

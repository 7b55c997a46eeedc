"""What becomes of a time that has come: late or not, by each policy."""

from datetime import UTC, datetime, timedelta

import pytest

from restival.access.person import Person
from restival.actions.schedule import Missed
from restival.engine.client.client import split_id
from restival.engine.schedules.state import (
    KEPT_RUNS,
    Change,
    Run,
    ScheduleState,
    Timing,
    is_missed,
    key_of,
    resolve_due,
)

DAILY = Timing(cron="0 9 * * *", zone="Europe/Berlin")
HOURLY = Timing(cron="0 * * * *", zone="UTC")
NINE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize("missed", ["skip", "once", "all"])
def test_in_time_it_runs_whatever_the_policy(missed: Missed) -> None:
    run, following = resolve_due(DAILY, missed, NINE, NINE + timedelta(seconds=30))
    assert (run.planned, run.skipped, is_missed(missed, run)) == (NINE, 0, False)
    assert following == NINE + DAY


@pytest.mark.parametrize(("missed", "left_out"), [("skip", True), ("once", False), ("all", False)])
def test_late_it_depends(missed: Missed, left_out: bool) -> None:
    run, following = resolve_due(DAILY, missed, NINE, NINE + 5 * MINUTE)
    assert (run.planned, is_missed(missed, run), following) == (NINE, left_out, NINE + DAY)


def test_of_several_that_were_missed_the_last_is_made_up_for_or_each() -> None:
    now = NINE + 3 * DAY + 5 * MINUTE
    run, following = resolve_due(DAILY, "once", NINE, now)
    assert (run.planned, run.skipped, following) == (NINE + 3 * DAY, 3, NINE + 4 * DAY)
    run, following = resolve_due(DAILY, "all", NINE, now)
    assert (run.planned, run.skipped, following) == (NINE, 0, NINE + DAY)  # which has come too, and so on
    run, following = resolve_due(DAILY, "skip", NINE, NINE + 3 * DAY)
    assert (run.planned, run.skipped, is_missed("skip", run)) == (NINE + 3 * DAY, 3, False)


def test_another_timing_counts_from_now_and_the_same_one_makes_up() -> None:
    now = NINE + 90 * MINUTE
    state = ScheduleState(timing=DAILY, planned=NINE, generation=4)
    assert not state.is_up_to_date(DAILY, now)
    caught_up = state.rescheduled(DAILY, now)
    assert (caught_up.planned, caught_up.generation) == (NINE, 5)
    changed = state.rescheduled(HOURLY, now)
    assert (changed.planned, changed.generation) == (datetime(2026, 11, 25, 10, tzinfo=UTC), 5)
    assert changed.is_up_to_date(HOURLY, now)


def test_a_paused_one_waits_for_nothing(ann: Person) -> None:
    paused = ScheduleState(timing=DAILY, planned=NINE, paused=Change(by=ann, at=NINE))
    assert paused.rescheduled(HOURLY, NINE).planned is None
    assert paused.rescheduled(HOURLY, NINE).is_up_to_date(HOURLY, NINE)


def test_a_time_has_one_key_that_can_be_a_transaction() -> None:
    assert key_of("a#1", NINE) == key_of("a#1", NINE)
    assert len({key_of("a#1", NINE), key_of("a#1", NINE + DAY), key_of("a#2", NINE)}) == 3
    assert split_id(f"shop.refund.{key_of('a#1', NINE)}")[0] == "shop.refund"


def test_the_last_runs_are_kept() -> None:
    runs = [Run(planned=NINE + n * DAY, at=NINE) for n in range(KEPT_RUNS + 7)]
    assert ScheduleState().with_runs(*runs).runs == runs[7:]

"""When cron expressions are due, also when the clocks are changed."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restival.actions.cron import check_cron, check_zone, latest, times

BERLIN = "Europe/Berlin"


def due(expression: str, zone: str, after: str, count: int) -> list[str]:
    found = islice(times(expression, zone, datetime.fromisoformat(after)), count)
    return [f"{each:%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("0 9 * * 1-5", "2026-03-27T10:00+01:00", ["30 07:00", "31 07:00"]),  # over a weekend, and into summer
        ("0 9 * * *", "2026-10-24T08:00+02:00", ["24 07:00", "25 08:00"]),  # and into winter
        ("30 2 * * *", "2026-03-28T12:00+01:00", ["29 01:00", "30 00:30"]),  # 02:30 isn't there: at once after it
        ("30 2 * * *", "2026-10-24T12:00+02:00", ["25 00:30", "26 01:30"]),  # 02:30 is there twice: once
        ("30 2 * * *", "2026-10-25T02:20+01:00", ["26 01:30"]),  # between the two of them
        ("*/30 * * * *", "2026-10-25T02:40+02:00", ["25 01:00", "25 01:30", "25 02:00"]),  # each half hour goes on
        ("0 * * * *", "2026-03-29T01:30+01:00", ["29 01:00", "29 02:00"]),
    ],
)
def test_changes_of_the_clocks(expression: str, after: str, expected: list[str]) -> None:
    assert due(expression, BERLIN, after, len(expected)) == expected


@given(
    st.sampled_from(["30 2 * * *", "*/20 * * * *", "0 0-4 * * 0", "15 1,2,3 * * *", "*/30 * * * * *"]),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_times_only_go_forward(expression: str, zone: str, after: datetime) -> None:
    found = [after, *islice(times(expression, zone, after), 20)]
    assert all(first < second for first, second in pairwise(found))


def test_the_last_one_of_many_is_found_and_what_was_before_is_counted() -> None:
    first = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)
    assert latest("30 2 * * *", BERLIN, first, first) == (first, 0)
    assert latest("30 2 * * *", BERLIN, first, first + timedelta(days=3, hours=1)) == (
        datetime(2026, 10, 27, 1, 30, tzinfo=UTC),
        3,
    )
    newest, count = latest("* * * * * *", "UTC", first, first + timedelta(days=10, milliseconds=500))
    assert (newest, count) == (first + timedelta(days=10), 1000)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("61 * * * *", r"invalid minute.*write five fields"),
        ("0 9 * * FUN", "invalid day-of-week"),
        ("every day", "wrong number of fields"),
        ("", "wrong number of fields"),
        ("0 0 * 2 30#5", "day-of-week"),
        ("0 0 30 2 *", "day-of-month"),
        ("* * */20 * 1L", "is never due"),
    ],
)
def test_mistakes_are_told(expression: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        check_cron(expression)


@pytest.mark.parametrize("name", ["Europe/Berlim", "", "..", "/etc/passwd", "CETT"])
def test_time_zones_that_there_are_not(name: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        check_zone(name)

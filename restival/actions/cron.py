"""When a cron expression is due. Around a change of the clocks it is as Debian's cron does it: a time that is left out
is made up for at once, one that comes twice counts once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

EXAMPLE = 'five fields (minute, hour, day of month, month, day of week), such as "0 9 * * 1-5"'
COUNTED = 1_000
"""More times than that aren't counted one by one."""


def check_cron(expression: str) -> None:
    """Raises ValueError where it isn't a cron expression, or is never due."""
    try:
        next(CronSim(expression, datetime.now(UTC)))
    except CronSimError as error:
        wrong = str(error).removeprefix("Bad ").lower()
        what = wrong if wrong.startswith("wrong") else f"invalid {wrong}"
        raise ValueError(f"{expression!r} isn't a cron expression ({what}): write {EXAMPLE}") from None
    except StopIteration:
        raise ValueError(f"{expression!r} is never due in the next 50 years") from None


def parsed(expression: str) -> CronSim:
    """The expression taken apart. Raises CronSimError."""
    return CronSim(expression, datetime.now(UTC))


def check_zone(name: str) -> None:
    """Raises ValueError where there is no such time zone."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError(f"unknown time zone {name!r}: write a name such as Europe/Berlin or UTC") from None


def times(expression: str, zone: str, after: datetime) -> Iterator[datetime]:
    """The times at which it is due after a moment, in UTC."""
    for due in CronSim(expression, after.astimezone(ZoneInfo(zone))):
        if due > after:  # of an hour that comes twice, the first may lie before
            yield due.astimezone(UTC)


def following(expression: str, zone: str, after: datetime) -> datetime | None:
    """The next time after a moment; None where there is none in 50 years."""
    return next(times(expression, zone, after), None)


def latest(expression: str, zone: str, first: datetime, until: datetime) -> tuple[datetime, int]:
    """The last time of those from `first`, which is one, up to `until`; and how many came before it, at most 1,000."""
    found = [first, *islice((due for due in _until(expression, zone, first, until)), COUNTED)]
    if len(found) <= COUNTED:
        return found[-1], len(found) - 1
    back = CronSim(expression, until.astimezone(ZoneInfo(zone)), reverse=True)
    newest = next((due for due in back if due <= until), first)
    return max(first, newest.astimezone(UTC)), COUNTED


def _until(expression: str, zone: str, after: datetime, until: datetime) -> Iterator[datetime]:
    for due in times(expression, zone, after):
        if due > until:
            return
        yield due

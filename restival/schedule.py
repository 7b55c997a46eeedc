"""When an action runs by itself, as its declaration says it."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from restival.cron import check_cron, check_zone

Missed = Literal["skip", "once", "all"]


@dataclass(frozen=True)
class Schedule:
    """When an action runs by itself: `@action(schedule=Schedule("0 9 * * 1-5", timezone="Europe/Berlin"))`.

    `cron` has five fields (minute, hour, day of month, month, day of week), or six with seconds in front. `timezone`
    is a name as Europe/Berlin; where none is given, that of the settings, else UTC. `run_as` is the mail of the person
    it runs as, by whose rights; where nobody signs in any name, or none. `params` are the action's parameters. `missed`
    says what becomes of runs that were due while the app was away: `skip` leaves them out, `once` makes up for them
    with one, `all` with each. `title` tells several schedules of an action apart. Whom it runs as is told of a run that
    failed, with `notify_on_success` of every one that has ended.

    Raises ValueError for a cron expression, a time zone or a policy that there isn't.
    """

    cron: str
    _: KW_ONLY
    timezone: str | None = None
    run_as: str | None = None
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    missed: Missed = "once"
    title: str | None = None
    notify_on_success: bool = False

    def __post_init__(self) -> None:
        check_cron(self.cron)
        if self.timezone is not None:
            check_zone(self.timezone)
        if self.missed not in get_args(Missed):
            raise ValueError(f"missed is skip, once or all, not {self.missed!r}")

    @property
    def zone(self) -> str:
        """The name of the time zone that its times are in."""
        return self.timezone or "UTC"


Scheduling = str | Schedule | Sequence[str | Schedule]
"""What `@action(schedule=…)` takes: a cron expression, a schedule, or several of these."""


def schedules_of(given: Scheduling | None, timezone: str | None, run_as: str | None) -> tuple[Schedule, ...]:
    """The schedules that a declaration gives; `timezone` and `run_as` hold for those that have none of their own.
    Raises ValueError."""
    if given is None:
        if timezone is not None or run_as is not None:
            raise ValueError("timezone and run_as belong to a schedule: give that too")
        return ()
    several = [given] if isinstance(given, str | Schedule) else given
    return tuple(_one(each, timezone, run_as) for each in several)


def _one(given: str | Schedule, timezone: str | None, run_as: str | None) -> Schedule:
    if isinstance(given, str):
        return Schedule(given, timezone=timezone, run_as=run_as)
    return replace(given, timezone=given.timezone or timezone, run_as=given.run_as or run_as)

"""When an action runs by itself, as its declaration says it."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from restival.actions.cron import check_cron, check_zone

Missed = Literal["skip", "once", "all"]
Overlap = Literal["skip", "queue", "all"]


@dataclass(frozen=True)
class Schedule:
    """When an action runs by itself: `@action(schedule=Schedule("0 9 * * 1-5", timezone="Europe/Berlin"))`.

    `cron` has five fields (minute, hour, day of month, month, day of week), or six with seconds in front. `timezone`
    is a name such as Europe/Berlin; the default is that of the settings, or UTC. `run_as` is the email of the person
    the action runs as, with their permissions. Without sign-in it can be any name. `params` are the action's
    parameters. `missed` is for runs that were due while the app was away: `skip` drops them, `once` makes up for them
    with one run, `all` with each. `overlap` is for a run that is due while the previous one hasn't ended: `skip` drops
    it, `queue` starts it when the previous one has ended (at most one run waits), `all` starts it anyway. The default
    is `skip`, or `all` with `missed="all"`. `title` distinguishes several schedules of an action. The person in
    `run_as` is notified of failed runs, and with `notify_on_success` of every run that ends.

    Raises ValueError for an invalid cron expression, time zone, or policy.
    """

    cron: str
    _: KW_ONLY
    timezone: str | None = None
    run_as: str | None = None
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    missed: Missed = "once"
    overlap: Overlap | None = None
    title: str | None = None
    notify_on_success: bool = False

    def __post_init__(self) -> None:
        check_cron(self.cron)
        if self.timezone is not None:
            check_zone(self.timezone)
        if self.missed not in get_args(Missed):
            raise ValueError(f"missed must be skip, once, or all, not {self.missed!r}")
        if self.overlap is not None and self.overlap not in get_args(Overlap):
            raise ValueError(f"overlap must be skip, queue, or all, not {self.overlap!r}")

    @property
    def zone(self) -> str:
        """The name of the time zone that its times are in."""
        return self.timezone or "UTC"

    @property
    def overlaps(self) -> Overlap:
        """The overlap policy in force: without one of its own, a schedule that makes up for every missed run wants
        every run."""
        return self.overlap or ("all" if self.missed == "all" else "skip")


Scheduling = str | Schedule | Sequence[str | Schedule]
"""What `@action(schedule=…)` takes: a cron expression, a schedule, or several of these."""


def schedules_of(
    given: Scheduling | None, timezone: str | None, run_as: str | None, overlap: Overlap | None
) -> tuple[Schedule, ...]:
    """Returns the schedules of a declaration; `timezone`, `run_as` and `overlap` apply to those without their own.
    Raises ValueError."""
    if given is None:
        if (timezone, run_as, overlap) != (None, None, None):
            raise ValueError("timezone, run_as, and overlap need a schedule")
        return ()
    several = [given] if isinstance(given, str | Schedule) else given
    made = [Schedule(each) if isinstance(each, str) else each for each in several]
    return tuple(
        replace(
            each,
            timezone=each.timezone or timezone,
            run_as=each.run_as or run_as,
            overlap=each.overlap or overlap,
        )
        for each in made
    )

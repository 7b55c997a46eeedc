"""Schedules of actions that stand in the settings, beside those in the code."""

from typing import Any

from pydantic import Field, PrivateAttr, field_validator

from restival.actions.cron import check_cron
from restival.actions.schedule import Missed, Overlap, Schedule
from restival.settings.base import Section, Zone


class ScheduleEntry(Section):
    """When an action runs by itself."""

    action: str = Field(description="the address of the action, as shop/refund")
    cron: str = Field(description="minute, hour, day of month, month, day of week, as 0 9 * * 1-5")
    timezone: Zone | None = Field(None, description="as Europe/Berlin; the app's where none is given, else UTC")
    run_as: str | None = Field(None, description="the mail of the person that it runs as, by their rights")
    params: dict[str, Any] = Field({}, description="the action's parameters")
    missed: Missed = Field("once", description="what becomes of runs that were due while the app was away")
    overlap: Overlap | None = Field(
        None, description="what happens if a run is due while the former one hasn't ended; skip, unless missed is all"
    )
    title: str | None = Field(None, min_length=1, description="tells several schedules of an action apart")
    notify_on_success: bool = Field(False, description="tell whom it runs as of runs that went well too")
    _line: int = PrivateAttr(0)

    @field_validator("cron")
    @classmethod
    def _is_cron(cls, value: str) -> str:
        check_cron(value)
        return value

    @property
    def line(self) -> int:
        """Where it stands in the file."""
        return self._line

    def at(self, line: int) -> None:
        """Tell where it stands."""
        self._line = line

    @property
    def schedule(self) -> Schedule:
        """The same as a declaration gives it."""
        return Schedule(
            self.cron,
            timezone=self.timezone,
            run_as=self.run_as,
            params=self.params,
            missed=self.missed,
            overlap=self.overlap,
            title=self.title,
            notify_on_success=self.notify_on_success,
        )

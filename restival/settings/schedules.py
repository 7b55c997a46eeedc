"""Schedules of actions that stand in the settings, beside those in the code."""

from typing import Any

from pydantic import Field, PrivateAttr, field_validator

from restival.actions.cron import check_cron
from restival.actions.schedule import Missed, Overlap, Schedule
from restival.settings.base import Section, Zone


class ScheduleEntry(Section):
    """When an action runs by itself."""

    action: str = Field(description="the address of the action, such as shop/refund")
    cron: str = Field(description="minute, hour, day of month, month, day of week, such as 0 9 * * 1-5")
    timezone: Zone | None = Field(None, description="such as Europe/Berlin; by default, the app's, else UTC")
    run_as: str | None = Field(None, description="the email of the person it runs as, with their permissions")
    params: dict[str, Any] = Field({}, description="the action's parameters")
    missed: Missed = Field("once", description="what happens to runs that were due while the app was down")
    overlap: Overlap | None = Field(
        None, description="if a run is due before the previous run has ended; by default, skip, or all if missed is all"
    )
    title: str | None = Field(None, min_length=1, description="distinguishes several schedules of an action")
    notify_on_success: bool = Field(False, description="also notify the person it runs as of completed runs")
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

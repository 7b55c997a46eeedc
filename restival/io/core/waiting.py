"""Under which terms a call waits: for whom, and until when."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from restival.access.assignment import Assignee
from restival.access.person import Person

RAISES = object()
"""Stands for: nobody in time is an error."""


@dataclass(frozen=True)
class Terms:
    """For whom a call waits, how long, and how often they are reminded."""

    assignee: Assignee | None = None
    handed_by: Person | None = None
    note: str = ""
    about: str = ""
    """What is asked, where no field says so."""
    timeout: timedelta | None = None
    on_timeout: Any = RAISES
    remind: timedelta | None = None

    @property
    def is_default(self) -> bool:
        """Whether nothing was said."""
        return self.assignee is None and self.timeout is None and self.remind is None


def positive(value: float | timedelta, what: str) -> timedelta:
    """Seconds or a timedelta as a timedelta. Raises ValueError where it isn't over 0."""
    duration = value if isinstance(value, timedelta) else timedelta(seconds=value)
    if duration <= timedelta(0):
        raise ValueError(f"{what}: pass seconds or a timedelta greater than 0, not {value!r}")
    return duration

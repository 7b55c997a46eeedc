"""The durable timers of a call that waits: until when, and when somebody is reminded."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Literal

from restival.engine.worker.journal import Journal
from restival.io.core.waiting import Terms

Rang = Literal["answer", "late", "remind"]


class Timers:
    """Waits for an answer, the end of the time, or the next reminder, whichever is there first."""

    def __init__(self, journal: Journal, terms: Terms) -> None:
        self._journal = journal
        self._every = terms.remind
        self._late = None if terms.timeout is None else journal.timer(terms.timeout)
        self._remind = None if terms.remind is None else journal.timer(terms.remind)

    async def first(self, answered: Awaitable[bytes]) -> Rang:
        """What is there first: an answer, where more is there at once."""
        timers = [timer for timer in (self._late, self._remind) if timer is not None]
        if not timers:
            return "answer"
        rang = await self._journal.first(answered, *timers)
        if rang is answered:
            return "answer"
        if rang is self._late:
            return "late"
        assert self._every is not None
        self._remind = self._journal.timer(self._every)
        return "remind"


def due(asked_at: datetime, timeout: timedelta | None) -> datetime | None:
    """Until when an answer is waited for."""
    return None if timeout is None else asked_at + timeout

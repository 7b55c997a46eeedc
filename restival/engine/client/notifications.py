"""What actions have told people, in memory: the header of each page asks for it.

Restate has the notices, each with its transaction; here are the newest of all.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from pydantic import BaseModel

from restival.access.person import Person
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.state.feed import Feed
from restival.engine.state.records import Notification
from restival.isolation.listeners import Listeners

MOST = 5_000
"""So many are kept in memory."""
RETRY_SECONDS = 1.0


class NotificationRecord(NamedTuple):
    """A notice and the transaction it comes from."""

    transaction: str
    notice: Notification


class Notifications:
    """The notices of all transactions."""

    def __init__(self, admin: Admin, feed: Feed) -> None:
        self._admin = admin
        self._told: dict[tuple[str, int], NotificationRecord] = {}
        self._listeners = Listeners[[NotificationRecord]]()
        feed.follow_all(self._heard)

    def of(self, person: Person, most: int) -> list[NotificationRecord]:
        """The newest that are for a person, the newest first."""
        theirs = [each for each in self._told.values() if each.notice.reaches(person)]
        return sorted(theirs, key=lambda told: told.notice.at, reverse=True)[:most]

    def subscribe(self, listener: Callable[[NotificationRecord], None]) -> Callable[[], None]:
        """Call `listener` with each that comes from now on; the returned function ends that."""
        return self._listeners.subscribe(listener)

    async def load(self) -> None:
        """Read those from before, as soon as Restate can be asked."""
        while True:
            try:
                rows = await self._admin.query(
                    "SELECT service_name, service_key, value_utf8 FROM state WHERE key LIKE 'notice/%'"
                )
            except (EngineUnavailable, EngineRefused):
                await asyncio.sleep(RETRY_SECONDS)
            else:
                break
        for row in rows:
            told = NotificationRecord(
                f"{row['service_name']}.{row['service_key']}", Notification.model_validate_json(row["value_utf8"])
            )
            self._told.setdefault((told.transaction, told.notice.n), told)
        self._drop_oldest()

    def _heard(self, transaction: str, key: str, value: BaseModel | None) -> None:
        if not isinstance(value, Notification):
            return
        told = self._told[transaction, value.n] = NotificationRecord(transaction, value)
        self._drop_oldest()
        self._listeners.notify(told)

    def _drop_oldest(self) -> None:
        over = len(self._told) - MOST
        if over > 0:
            for key, _ in sorted(self._told.items(), key=lambda item: item[1].notice.at)[:over]:
                del self._told[key]

"""Who has confirmed lately who they are, in this run of the app."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

TO_ANSWER = timedelta(minutes=5)
"""How long somebody who has signed in again for a question has to answer it."""


class Confirmations:
    """When people have confirmed last who they are, by session. `lasts` is how long a session lasts."""

    def __init__(self, lasts: Callable[[], timedelta]) -> None:
        self._lasts = lasts
        self._confirmed: dict[str, datetime] = {}
        self._confirmed_for: dict[str, tuple[str, datetime]] = {}

    def confirm(self, session: str) -> None:
        """Note that the person of a session has just shown who they are."""
        now = datetime.now(UTC)
        over = [each for each, at in self._confirmed.items() if now - at > self._lasts()]
        for each in over:
            del self._confirmed[each]
            self._confirmed_for.pop(each, None)
        self._confirmed[session] = now

    def confirm_for(self, session: str, question: str) -> None:
        """Note that the person of a session has just shown who they are, so that they can answer that question."""
        self.confirm(session)
        self._confirmed_for[session] = question, self._confirmed[session]

    def confirmed_for(self, session: str, question: str) -> bool:
        """Whether the person of a session has shown, a short while ago, who they are for that question."""
        known, at = self._confirmed_for.get(session, ("", datetime.min.replace(tzinfo=UTC)))
        return known == question and datetime.now(UTC) - at <= TO_ANSWER

    def confirmed_within(self, session: str, grace: timedelta) -> bool:
        """Whether the person of a session has shown who they are, not longer ago than that."""
        at = self._confirmed.get(session)
        return at is not None and datetime.now(UTC) - at <= grace

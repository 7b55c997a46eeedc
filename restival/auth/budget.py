"""How many attempts an address has, whomever they are for."""

import time
from dataclasses import dataclass

from restival.auth.refusals import TooBusy

AT_ONCE = 30
"""Failed attempts that an address has at once. Behind a proxy that hides addresses all people have one together."""
SECONDS_EACH = 2.0
"""An address gets one more attempt at this interval."""
ADDRESSES = 10_000


@dataclass
class Left:
    """What an address has left, and since when."""

    attempts: float
    at: float


class Budget:
    """What each address has left; attempts that succeed are given back. A restart forgets it: the counts of each mail
    are stored."""

    def __init__(self) -> None:
        self._left: dict[str, Left] = {}

    def take(self, who: str) -> None:
        """Use an attempt. Raises TooBusy if none is left."""
        left = self._now(who)
        if left.attempts < 1:
            raise TooBusy(round((1 - left.attempts) * SECONDS_EACH) or 1)
        left.attempts -= 1

    def give_back(self, who: str) -> None:
        """An attempt wasn't one."""
        left = self._now(who)
        left.attempts = min(AT_ONCE, left.attempts + 1)

    def _now(self, who: str) -> Left:
        now = time.monotonic()
        left = self._left.pop(who, None) or Left(AT_ONCE, now)
        left.attempts = min(AT_ONCE, left.attempts + (now - left.at) / SECONDS_EACH)
        left.at = now
        self._left[who] = left  # the one that was asked for longest ago is forgotten first
        if len(self._left) > ADDRESSES:
            del self._left[next(iter(self._left))]
        return left

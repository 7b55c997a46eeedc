"""Bounds what somebody can write to the audit as often as they like."""

from collections import Counter
from collections.abc import Callable

SECONDS = 60
LINES, ALL_LINES = 10, 60
"""Lines in a minute, from one address and from all; what comes beyond them is counted."""
OF_PEOPLE, OF_ALL_PEOPLE = 60, 600
"""Lines of refusals in a minute, of one person and of all."""
ADDRESSES = 50
"""Addresses, or people, that are counted one by one: each count is a line too."""
OTHERS = "others"


class LineLimit:
    """Lines by whom they come from, an address or a person, in this minute; of `each` and of `all` so many at most.
    `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float], each: int = LINES, all: int = ALL_LINES) -> None:
        self._clock = clock
        self._each, self._all = each, all
        self._minute = 0
        self._lines: Counter[str] = Counter()
        self._more: Counter[str] = Counter()

    def may_write(self, who: str) -> bool:
        """Whether a line of theirs is written; if not, it is counted."""
        if self._lines[who] < self._each and self._lines.total() < self._all:
            self._lines[who] += 1
            return True
        self._more[who if who in self._more or len(self._more) < ADDRESSES else OTHERS] += 1
        return False

    def counted(self) -> dict[str, int]:
        """Returns how many lines weren't written in the last minute, by sender; once for each minute."""
        if (minute := int(self._clock() // SECONDS)) == self._minute:
            return {}
        return self.end(minute)

    def end(self, minute: int = 0) -> dict[str, int]:
        """How many lines weren't written so far."""
        more, self._more, self._lines, self._minute = self._more, Counter(), Counter(), minute
        return dict(more)

"""Where the bars of a timeline stand: work in proportion, long waits shortened."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from restival.engine.client.timeline import Span

WAITS = ("question", "sleep")
"""Kinds during which nothing is done."""
THINNEST = 0.4
"""Per cent of the width that anything has at least."""


class Axis:
    """Maps times to per cent of the width.

    What the action works for keeps its proportions. All waits together get about as much room as all work: one that is
    longer than its share is shortened to it, so that three days until somebody answers don't make a step invisible.
    """

    def __init__(self, spans: Sequence[Span], now: datetime) -> None:
        works, waits = _times(spans, now)
        self._times = sorted({moment for pair in (*works, *waits) for moment in pair})
        lengths = [(b - a).total_seconds() for a, b in zip(self._times, self._times[1:], strict=False)]
        busy = self._busy(works)
        idle = [length for length, works_then in zip(lengths, busy, strict=True) if not works_then and length > 0]
        work = sum(length for length, works_then in zip(lengths, busy, strict=True) if works_then)
        share = max(work, min(idle, default=0.0)) / max(1, len(idle)) or 1.0
        self._at = [0.0]
        self.shortened: list[tuple[datetime, datetime]] = []
        """The waits that aren't in proportion."""
        for index, length in enumerate(lengths):
            if not busy[index] and length > share:
                self.shortened.append((self._times[index], self._times[index + 1]))
                length = share
            self._at.append(self._at[-1] + length)

    def bar(self, begin: datetime, end: datetime) -> tuple[float, float]:
        """Where a bar begins and how wide it is."""
        left = min(self._place(begin), 100 - THINNEST)
        return round(left, 2), round(max(THINNEST, self._place(end) - left), 2)

    def _busy(self, works: Sequence[tuple[datetime, datetime]]) -> list[bool]:
        """Of each length between two times, whether something was done in it."""
        index = {moment: number for number, moment in enumerate(self._times)}
        steps = [0] * (len(self._times) + 1)
        for begin, end in works:
            steps[index[begin]] += 1
            steps[index[end]] -= 1
        busy, depth = [], 0
        for step in steps[: max(0, len(self._times) - 1)]:
            depth += step
            busy.append(depth > 0)
        return busy

    def _place(self, moment: datetime) -> float:
        whole = self._at[-1]
        if not whole or not self._times:
            return 0.0
        index = min(max(bisect_right(self._times, moment) - 1, 0), len(self._times) - 2)
        begin, end = self._times[index], self._times[index + 1]
        part = min(1.0, max(0.0, (moment - begin) / (end - begin)))
        return (self._at[index] + part * (self._at[index + 1] - self._at[index])) / whole * 100


Times = list[tuple[datetime, datetime]]


def _times(spans: Sequence[Span], now: datetime) -> tuple[Times, Times]:
    """When something was done, and when all else was, each from and to."""
    works = [(each.at, each.until or now) for span in spans if span.kind not in WAITS for each in span.tries]
    return works, [(span.at, span.until or now) for span in spans]

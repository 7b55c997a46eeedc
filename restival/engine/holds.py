"""Which transactions hold up the loop that they run in, and where in their code."""

from pathlib import Path

from restival.engine.feed import Feed
from restival.engine.view import Trouble
from restival.guests.loop import GuestLoop
from restival.guests.watch import Hold
from restival.words import t

KEY = "."
"""What an id of a transaction has before its key, and the address of a page has nowhere."""


class Holds:
    """Notifies the pages of a transaction that is held up, and answers those that open meanwhile."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._holds: dict[GuestLoop, Hold] = {}

    def changed(self, loop: GuestLoop, hold: Hold | None) -> Hold | None:
        """Take what the watcher has seen; gives what it had seen before in that loop."""
        before = self._holds.pop(loop, None)
        if hold is not None:
            self._holds[loop] = hold
        told = hold or before
        if told is None or KEY not in told.holder:  # it isn't a transaction's, but a page's
            return before
        if before is None or hold is None or int(before.seconds) != int(hold.seconds):
            self._feed.publish(told.holder, "trouble", None if hold is None else _trouble(hold))
        return before

    def trouble(self, transaction: str) -> Trouble | None:
        """What to say of a transaction; None if it holds up nothing."""
        return next((_trouble(hold) for hold in self._holds.values() if hold.holder == transaction), None)


def _trouble(hold: Hold) -> Trouble:
    where = {"file": "/".join(Path(hold.file).parts[-2:]), "line": hold.line, "code": hold.code}
    if hold.again:
        message = t(
            "The code blocks its thread again and again: {file}, line {line}: {code}. "
            "Other transactions aren't affected. Put slow or blocking work in ctx.step.",
            **where,
        )
    else:
        message = t(
            "The code has kept its thread busy for {seconds} s without an await: {file}, line {line}: {code}. "
            "Other transactions aren't affected. Put slow or blocking work in ctx.step.",
            seconds=max(1, round(hold.seconds)),
            **where,
        )
    return Trouble(kind="held_up", message=message)

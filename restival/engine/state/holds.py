"""Which transactions hold up the loop that they run in, and where in their code."""

import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from restival.engine.state.feed import Feed
from restival.engine.state.records import StuckReason
from restival.i18n import t
from restival.isolation.loop import GuestLoop
from restival.isolation.watchdog import Hold

KEY = "."
"""What an id of a transaction has before its key, and the address of a page has nowhere."""


TOLD_SECONDS = 2.0
"""What pages heard in this time before a hold was noticed may not be stored: the code that sends it is held up too."""


class Holds:
    """Notifies the pages of a transaction that is held up, and answers those that open meanwhile."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._holds: dict[GuestLoop, Hold] = {}
        self._lately: deque[tuple[float, str, str, BaseModel | None]] = deque()
        self._told: dict[str, dict[str, Any]] = {}
        """What pages have heard of each that is held up, which Restate may not have."""
        feed.follow_all(self._heard)

    def changed(self, loop: GuestLoop, hold: Hold | None) -> Hold | None:
        """Take what the watcher has seen; gives what it had seen before in that loop."""
        before = self._holds.pop(loop, None)
        if hold is not None:
            self._holds[loop] = hold
        told = hold or before
        if told is None or KEY not in told.holder:  # it isn't a transaction's, but a page's
            return before
        if hold is None:
            self._told.pop(told.holder, None)
        elif hold.holder not in self._told:
            self._told[hold.holder] = {key: value for _, of, key, value in self._lately if of == hold.holder}
        if before is None or hold is None or int(before.seconds) != int(hold.seconds):
            self._feed.publish(told.holder, "trouble", None if hold is None else _trouble(hold))
        return before

    def told(self, transaction: str) -> Mapping[str, Any]:
        """Returns what only the app knows of a transaction that is held up."""
        return self._told.get(transaction, {})

    def reason(self, transaction: str) -> StuckReason | None:
        """Returns why a transaction is held up; None if it isn't."""
        return next((_trouble(hold) for hold in self._holds.values() if hold.holder == transaction), None)

    def _heard(self, transaction: str, key: str, value: BaseModel | None) -> None:
        if key == "trouble":
            return
        now = time.monotonic()
        self._lately.append((now, transaction, key, value))
        while self._lately[0][0] < now - TOLD_SECONDS:
            self._lately.popleft()
        if transaction in self._told:
            self._told[transaction][key] = value


def _trouble(hold: Hold) -> StuckReason:
    where = {"file": "/".join(Path(hold.file).parts[-2:]), "line": hold.line, "code": hold.code}
    if hold.again:
        message = t(
            "The code repeatedly blocks its thread: {file}, line {line}: {code}. Other transactions aren't "
            "affected. Put slow or blocking work in ctx.step.",
            **where,
        )
    else:
        message = t(
            "The code has blocked its thread for {seconds} s without an await: {file}, line {line}: {code}. "
            "Other transactions aren't affected. Put slow or blocking work in ctx.step.",
            seconds=max(1, round(hold.seconds)),
            **where,
        )
    return StuckReason(kind="held_up", message=message)

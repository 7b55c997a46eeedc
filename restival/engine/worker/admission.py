"""Which of the attempts that come at the same time begin first."""

import asyncio
from collections import deque
from collections.abc import Callable

MOST = 32
"""Attempts of a loop that may be on the way to their first wait."""
OLDEST_OF = 4
"""Of so many attempts that begin, one is the oldest. The others are the newest: somebody who has just opened a form
doesn't wait behind thousands that a program has started."""
BEGIN_SECONDS = 0.5
"""An attempt that takes longer until its first wait doesn't hold back others."""


class Admission:
    """The attempts of one loop that begin, and those that wait for that."""

    def __init__(self) -> None:
        self._beginning = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._begun = 0

    async def enter(self) -> Callable[[], None]:
        """Wait until an attempt may begin; call what is returned when it has come to its first wait, or ended."""
        if self._beginning < MOST:
            self._beginning += 1
        else:
            turn = asyncio.get_running_loop().create_future()
            self._queue.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._give_up(turn)
                raise
        return self._once(self._leave)

    def _once(self, leave: Callable[[], None]) -> Callable[[], None]:
        left = False

        def once() -> None:
            nonlocal left
            timer.cancel()
            if not left:
                left = True
                leave()

        timer = asyncio.get_running_loop().call_later(BEGIN_SECONDS, once)
        return once

    def _leave(self) -> None:
        while self._queue:
            self._begun += 1
            turn = self._queue.pop() if self._begun % OLDEST_OF else self._queue.popleft()
            if not turn.done():
                turn.set_result(None)  # the place passes to it
                return
        self._beginning -= 1

    def _give_up(self, turn: "asyncio.Future[None]") -> None:
        if turn.done() and not turn.cancelled():  # it had got a place already
            self._leave()
        else:
            self._queue.remove(turn)

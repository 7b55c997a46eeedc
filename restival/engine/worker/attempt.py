"""One request of Restate to run a transaction, as seen from the HTTP side: the app can end it, or suspend it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from restate.exceptions import SdkInternalBaseException
from starlette.types import Message, Receive

INPUT_ENDS: Message = {"type": "http.request", "body": b"", "more_body": False}
"""After this the SDK suspends an attempt that waits."""
DISCONNECT: Message = {"type": "http.disconnect"}


class AttemptOver(SdkInternalBaseException):
    """This attempt has ended: it is suspended, disconnected, or stopped by a mismatch.

    It derives from the SDK's own so that the SDK ends the attempt quietly. The action's code never sees it: its await
    ends by CancelledError.
    """

    def __init__(self) -> None:
        super().__init__("This attempt of the transaction has ended.")


class Attempt:
    """Wraps a request's `receive`. The app decides itself when an attempt leaves memory, not Restate by its own clock:
    Restate would close the request during a long step too, and no cancel would get through to it any more."""

    def __init__(self, receive: Receive, inactivity: float) -> None:
        self._receive = receive
        self._inactivity = inactivity
        self._reader: asyncio.Task[object] | None = None
        self._instead: Message | None = None
        self._working = 0
        self._waits_since: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        """Whether Restate has closed the request in good order: it has taken all that was sent."""
        self.transaction = ""
        self.is_left = False
        """Whether it was given up in favor of another attempt; written in another thread."""
        self.on_first_wait: Callable[[], object] | None = None
        self._when_closed: list[Callable[[], None]] = []

    async def receive(self) -> Message:
        """The request's next message, or the one that ends the attempt."""
        self._reader = asyncio.current_task()
        try:
            message = await self._receive()
        except asyncio.CancelledError:
            if self._instead is None:
                raise
            message, self._instead = self._instead, None
            return message
        self._closed = self._closed or (message["type"] == "http.request" and not message.get("more_body", False))
        return message

    @contextmanager
    def working(self) -> Iterator[None]:
        """While a step is done the attempt is neither dropped nor suspended."""
        self._working += 1
        self._waits_first()
        try:
            yield
        finally:
            self._working -= 1

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While it waits for something that is recorded, it is suspended after the time of inactivity (s)."""
        self._waits_first()
        loop = asyncio.get_running_loop()
        self._waits_since = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(self._inactivity, self._look)
        try:
            yield
        finally:
            self._waits_since = None

    def _waits_first(self) -> None:
        then, self.on_first_wait = self.on_first_wait, None
        if then is not None:
            then()

    def _look(self) -> None:
        """Suspend it if it has waited for long enough, else look again when it will have."""
        self._timer = None
        if self._waits_since is None:
            return
        loop = asyncio.get_running_loop()
        left = self._inactivity if self._working else self._waits_since + self._inactivity - loop.time()
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        else:
            self._end_with(INPUT_ENDS)

    def drop(self) -> None:
        """End the attempt as if the connection were lost, unless it works on a step. Restate then begins it again, with
        the code that is loaded at that time."""
        if not self._working:
            self._end_with(DISCONNECT)

    def when_closed(self, then: Callable[[], None]) -> None:
        """Call this at the end if Restate has taken all that was sent."""
        self._when_closed.append(then)

    def leave(self) -> None:
        """The request has ended."""
        if self._timer is not None:
            self._timer.cancel()
        for then in self._when_closed if self._closed else ():
            then()

    def _end_with(self, message: Message) -> None:
        if self._instead is None and self._reader is not None:
            self._instead = message
            self._reader.cancel()


current_attempt: ContextVar[Attempt] = ContextVar("restival_attempt")

"""One request of Restate to run a transaction, as seen from the HTTP side: it can be let go, to begin again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.types import Message, Receive


class Attempt:
    """Wraps a request's `receive`, so that the app can end the request as if the connection were lost. Restate then
    begins the attempt again, with the code that is loaded by then."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._reader: asyncio.Task[object] | None = None
        self._dropped = False
        self._working = 0

    async def receive(self) -> Message:
        """The request's next message, or a disconnect once the attempt was dropped."""
        self._reader = asyncio.current_task()
        try:
            return await self._receive()
        except asyncio.CancelledError:
            if not self._dropped:
                raise
            return {"type": "http.disconnect"}

    @contextmanager
    def working(self) -> Iterator[None]:
        """While a step is done the attempt isn't dropped: the step would be done again."""
        self._working += 1
        try:
            yield
        finally:
            self._working -= 1

    def drop(self) -> None:
        """End the attempt unless it works on a step."""
        if not self._working and not self._dropped and self._reader is not None:
            self._dropped = True
            self._reader.cancel()


current_attempt: ContextVar[Attempt] = ContextVar("restival_attempt")

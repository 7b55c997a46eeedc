"""A request of Restate to run an action: in the loop that reads it, or relayed to a guest's loop."""

import asyncio
from concurrent.futures import Future
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from restival.engine.worker.attempt import Attempt, current_attempt
from restival.isolation.loop import GuestLoop


class Direct:
    """A request that is served in the guest's loop that reads it."""

    def __init__(self, guest: GuestLoop, receive: Receive, inactivity: float) -> None:
        self.guest = guest
        self.attempt = Attempt(receive, inactivity)

    async def serve(self, app: ASGIApp, scope: Scope, send: Send) -> None:
        """Serve the request to its end."""
        current_attempt.set(self.attempt)
        try:
            await app(scope, self.attempt.receive, send)
        finally:
            self.attempt.leave()

    def drop(self) -> None:
        """End the attempt unless it works on a step, so that it begins again with the code that is loaded now."""
        self.guest.call(self.attempt.drop)

    def rehome(self) -> None:
        """The loop is held up, and its connections are broken off: what runs here is given up."""
        self.attempt.is_left = True


class Relay:
    """A request that is served in another loop than the one that reads it, where this is made."""

    def __init__(self, guest: GuestLoop, receive: Receive, inactivity: float) -> None:
        self.guest = guest
        self._receive = receive
        self._home = asyncio.get_running_loop()
        self._inactivity = inactivity
        self._outbox: asyncio.Queue[Message | None] = asyncio.Queue()
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.attempt = Attempt(self._inbox.get, inactivity)
        self._rehomed = self._responds = False

    async def serve(self, app: ASGIApp, scope: Scope, send: Send) -> None:
        """Serve the request to its end."""
        reader = asyncio.create_task(self._read())
        done = self.guest.submit(self._serve(app, scope))
        done.add_done_callback(lambda _: self._to_home(None))
        try:
            while (message := await self._outbox.get()) is not None:
                self._responds = True
                await send(message)
        finally:
            reader.cancel()
            self.guest.call(self._inbox.put_nowait, {"type": "http.disconnect"})
        if self._rehomed:
            await self._break_off(send)
        else:
            _raise_what(done)

    async def _break_off(self, send: Send) -> None:
        """End the response in the middle, which Restate takes for a lost connection."""
        if not self._responds:
            await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def drop(self) -> None:
        """End the attempt unless it works on a step, so that it begins again with the code that is loaded now."""
        self.guest.call(self.attempt.drop)

    def rehome(self) -> None:
        """End the request: the guest's loop is held up by somebody else."""
        self.attempt.is_left = self._rehomed = True
        self._outbox.put_nowait(None)

    async def _serve(self, app: ASGIApp, scope: Scope) -> None:
        current_attempt.set(self.attempt)
        try:
            await app(scope, self.attempt.receive, self._send)
        finally:
            self.attempt.leave()

    async def _send(self, message: Message) -> None:
        self._to_home(message)

    def _to_home(self, message: Message | None) -> None:
        with suppress(RuntimeError):  # the app has ended
            self._home.call_soon_threadsafe(self._outbox.put_nowait, message)

    async def _read(self) -> None:
        while True:
            message = await self._receive()
            self.guest.call(self._inbox.put_nowait, message)
            if message["type"] == "http.disconnect":
                return


def _raise_what(done: "Future[None]") -> None:
    if done.done() and not done.cancelled() and (error := done.exception()) is not None:
        raise error

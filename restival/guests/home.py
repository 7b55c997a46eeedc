"""The app's own loop, as threads of authors' code reach it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

TURNS = 10
"""Turns of the loop until whoever was notified has sent what comes of it."""
FIRST_SECONDS = 0.05
"""How long a guest lets it go first: it may be held up."""


class Home:
    """Has things of the app done in the loop that it is made in."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._calls: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._is_woken = False

    def call(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call a function soon, in the order of the calls. Those that come close together wake the loop once."""
        self._calls.append((function, arguments))
        if not self._is_woken:
            self._wake()

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something, and give what it comes to."""

        async def done() -> T:
            return await work()

        if asyncio.get_running_loop() is self._loop:
            return await work()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(done(), self._loop))

    async def go_first(self) -> None:
        """Returns when the calls so far are made, and what comes of them at once is done too."""
        guest = asyncio.get_running_loop()
        gone: asyncio.Future[None] = guest.create_future()

        def go_on() -> None:
            if not gone.done():
                gone.set_result(None)

        def turn(left: int) -> None:
            if left:
                self._loop.call_soon(turn, left - 1)
            else:
                with suppress(RuntimeError):  # the guest's loop is closed
                    guest.call_soon_threadsafe(go_on)

        self.call(turn, TURNS)
        late = guest.call_later(FIRST_SECONDS, go_on)
        try:
            await gone
        finally:
            late.cancel()

    def _wake(self) -> None:
        self._is_woken = True
        with suppress(RuntimeError):  # the app has ended
            self._loop.call_soon_threadsafe(self._make_calls, context=self._context)

    def _make_calls(self) -> None:
        self._is_woken = False  # before any is taken: what is added from now on may be left behind
        try:
            for _ in range(len(self._calls)):
                function, arguments = self._calls.popleft()
                function(*arguments)
        finally:
            if self._calls:
                self._wake()

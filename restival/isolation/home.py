"""The app's own loop, as threads of authors' code reach it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")


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

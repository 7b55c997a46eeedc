"""Listeners and waiting, as everything that reports changes in the app's own loop needs them."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Listeners(Generic[P]):
    """Functions to call when something has changed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[P, None]] = []

    def subscribe(self, listener: Callable[P, None]) -> Callable[[], None]:
        """Calls `listener` at each change from now on; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def notify(self, *arguments: P.args, **keywords: P.kwargs) -> None:
        """Calls all of them soon, each by itself: one that fails doesn't keep the change from the others."""
        for listener in self._listeners:
            asyncio.get_running_loop().call_soon(partial(listener, *arguments, **keywords))


async def wait_within(event: asyncio.Event, seconds: float) -> bool:
    """Returns whether the event is set in time; afterwards it is set in any case."""
    loop = asyncio.get_running_loop()
    end = loop.call_later(seconds, event.set)
    try:
        await event.wait()
    finally:
        end.cancel()
    return loop.time() < end.when()

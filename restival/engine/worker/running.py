"""The recorded work that runs in this process. It outlives the attempt that has begun it: the next one, which comes
after Restate was away or the attempt was let go, takes over what runs or has ended instead of doing it again."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from restival.engine.restate.recorded_result import recorded_error

UNCLAIMED_SECONDS = 3_600.0
"""How long the result of a piece of work is there for an attempt that may come for it."""

Place = tuple[str, int]
"""An invocation, and which of its pieces of work: the first is 1."""


class Work:
    """A piece of work that runs, or has ended."""

    def __init__(self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, bytes], name: str) -> None:
        self.name = name
        self._loop = loop
        self._task = loop.create_task(self._run(work))
        self.stopped = False

    async def _run(self, work: Coroutine[Any, Any, bytes]) -> bytes:
        try:
            data = await work
        except GeneratorExit as error:  # one that comes out of a future closes the coroutines on its way to the task
            return recorded_error(error)
        await passed_cancel()
        return data

    @property
    def is_running(self) -> bool:
        """Whether it hasn't ended."""
        return not self._task.done()

    def on_end(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the loop of the work when it has ended, or soon if it has."""
        self._task.add_done_callback(lambda _: listener())

    async def result(self) -> bytes:
        """The bytes that it comes to. Whoever stops waiting leaves it running."""
        if asyncio.get_running_loop() is self._loop:
            return await asyncio.shield(self._task)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.result(), self._loop))

    async def stop(self) -> None:
        """Cancel it, and wait until it has ended; work in a thread runs to its end. Another attempt may have begun
        that: a second cancel would break off what the work does to clean up."""
        if not self.stopped:
            self.stopped = True
            self._loop.call_soon_threadsafe(self._task.cancel)
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await self.result()


async def passed_cancel() -> None:
    """Take a cancel of this task that came too late for the code that it has run: code that cancels its own task, and
    ends before its next await. The task would end as if it had come to nothing."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0)


class Running:
    """All work of this process."""

    def __init__(self) -> None:
        self._works: dict[Place, Work] = {}

    def get(self, place: Place) -> Work | None:
        """The work that runs or has ended at that place."""
        return self._works.get(place)

    def started(self, place: Place, name: str, begin: Callable[[], Coroutine[Any, Any, bytes]]) -> Work:
        """The work at that place, begun now unless it was before; code that has changed meanwhile may do another."""
        work = self._works.get(place)
        if work is None or work.name != name:
            work = self._works[place] = Work(asyncio.get_running_loop(), begin(), name)
        return work

    def taken(self, place: Place) -> None:
        """Forget work whose result was recorded."""
        self._works.pop(place, None)

    def leave(self, invocation: str) -> None:
        """An attempt has left this process: keep what its work comes to for the next one, for an hour."""
        for place in [place for place in self._works if place[0] == invocation]:
            self._works[place].on_end(lambda place=place: self._forget_later(place))  # type: ignore[misc]

    def _forget_later(self, place: Place) -> None:
        asyncio.get_running_loop().call_later(UNCLAIMED_SECONDS, self.taken, place)

    @property
    def names(self) -> list[str]:
        """The names of the steps that run now."""
        return [work.name for work in self._works.values() if work.is_running]

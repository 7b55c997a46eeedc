"""What a step does: its function is called, in a thread if it is sync, within the time that it may take."""

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from contextlib import suppress
from contextvars import copy_context
from typing import Any

from restival.engine.restate.recorded_result import raised

Place = tuple[str, str]
"""An invocation, and the name of its step."""


class Threads:
    """The threads in which sync steps run. One whose time is up runs to its end all the same, which is waited for
    before the same step begins again."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._late: dict[Place, asyncio.Future[Any]] = {}

    def begin(self, call: Callable[[], Any]) -> tuple[asyncio.Future[None], asyncio.Future[Any]]:
        """What is there when the call has begun, and when it has ended. It raises Raised for any error."""
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[None] = loop.create_future()

        def begins() -> None:
            if not begun.done():
                begun.set_result(None)

        def work() -> Any:
            with suppress(RuntimeError):  # the loop has been closed
                loop.call_soon_threadsafe(begins)
            try:
                return call()
            except BaseException as error:
                raise raised(error) from None

        return begun, loop.run_in_executor(self._executor, copy_context().run, work)

    def is_late(self, place: Place, ended: asyncio.Future[Any]) -> None:
        """The time of a call is up."""
        self._late[place] = ended

    async def free(self, place: Place) -> None:
        """Wait for the end of a call of that step whose time was up."""
        late = self._late.pop(place, None)
        if late is not None:
            await _end_of(late)


class StepWork:
    """One try of a step."""

    def __init__(self, threads: Threads, place: Place, call: functools.partial[Any], timeout: float | None) -> None:
        self._threads = threads
        self._place = place
        self._call = call
        self._timeout = timeout

    async def __call__(self) -> Any:
        """What the function returns. Raises what it raises, or TimeoutError; SystemExit and its like as Raised."""
        if inspect.iscoroutinefunction(self._call.func):
            return await self._bounded(_quiet(self._call()))
        await self._threads.free(self._place)
        begun, ended = self._threads.begin(self._call)
        try:
            await asyncio.wait({begun, ended}, return_when=asyncio.FIRST_COMPLETED)
            return await self._bounded(_awaited(ended))
        except asyncio.CancelledError:
            await _end_of(ended)
            raise
        except TimeoutError:
            if not ended.done():
                self._threads.is_late(self._place, ended)
            raise

    async def _bounded(self, work: Awaitable[Any]) -> Any:
        """The work's result; its time counts from now on."""
        if self._timeout is None:
            return await work
        task = asyncio.ensure_future(work)
        try:
            ended, _ = await asyncio.wait({task}, timeout=self._timeout)
            if ended:
                return task.result()
        finally:
            task.cancel()
            await asyncio.wait({task})
        raise TimeoutError(f"it took longer than {self._timeout:g} s")


async def _awaited(ended: asyncio.Future[Any]) -> Any:
    """What a sync function returns; what it returns to be awaited is."""
    value = await asyncio.shield(ended)
    return await _quiet(value) if inspect.isawaitable(value) else value


async def _quiet(work: Awaitable[Any]) -> Any:
    """The work, without the exceptions that a loop lets through to the whole app."""
    try:
        return await work
    except (SystemExit, KeyboardInterrupt) as error:
        raise raised(error) from None


async def _end_of(future: asyncio.Future[Any]) -> None:
    """Wait until it has ended, whoever cancels that."""
    while not future.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({future})
    if not future.cancelled():
        future.exception()  # nobody else asks for it

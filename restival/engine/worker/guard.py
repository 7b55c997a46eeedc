"""What an attempt may still record: nothing once it has ended, and one thing at a time, in its own thread."""

import asyncio
import threading
from types import TracebackType
from typing import Any, NoReturn

from restate._internal import VMException  # type: ignore[import-not-found]  # a compiled module

from restival.engine.worker.attempt import AttemptOver, current_attempt
from restival.engine.worker.misuse import AT_ONCE, ELSEWHERE, WHILE_WAITING, MisusedAsyncio

LEAVE_SECONDS = 0.2
"""How long a task of the action has to hear that its waiting has ended."""


class Guard:
    """Keeps an attempt from recording what doesn't count any more."""

    def __init__(self) -> None:
        self._attempt = current_attempt.get()
        self._thread = threading.get_ident()
        self.ended: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
        """Why the attempt has ended before the action: AttemptOver, or what the action has done wrong."""
        self._waiter: asyncio.Task[Any] | None = None
        self.waiting = False
        """Whether the action waits for something that is recorded."""
        self.commands = 0
        """How many entries of the journal this attempt has passed."""
        self.interrupt_at: int | None = None
        """After how many entries a cancel came then while the action waited for something that isn't recorded."""
        self._counted, self._uncounted = Passing(self, 1), Passing(self, 0)

    @property
    def over(self) -> bool:
        """Whether the attempt has ended, or what the action does from now on doesn't count."""
        return self.ended.done()

    async def reopen(self) -> None:
        """Let the outcome of an action be recorded whose attempt was ended by its own error."""
        if self._waiter is not None:
            self._waiter.cancel()
            await asyncio.wait({self._waiter}, timeout=LEAVE_SECONDS)
        self.waiting = False
        self.ended = asyncio.get_running_loop().create_future()

    def end(self, why: BaseException) -> None:
        """Nothing is recorded from now on."""
        if not self.ended.done():
            self.ended.set_result(why)

    async def ready(self) -> None:
        """Returns if the attempt is still there, and no cancel interrupts it at this point; each call of an action
        begins with it."""
        if self.over or self.interrupt_at == self.commands:
            await self.gone()

    async def alone(self) -> None:
        """Returns if the attempt is still there and waits for nothing else."""
        await self.ready()
        if self.waiting:
            self.misused(AT_ONCE)

    def check(self) -> None:
        """Raises MisusedAsyncio, or AttemptOver where nothing can be awaited."""
        if threading.get_ident() != self._thread:
            self.misused(ELSEWHERE)
        if self._attempt.is_left:
            self.end(AttemptOver())
        if self.over:
            raise AttemptOver
        if self.waiting:
            self.misused(WHILE_WAITING)

    def misused(self, how: str) -> NoReturn:
        """End the attempt by an error of the action, which counts even if the action catches it."""
        error = MisusedAsyncio(how)
        if threading.get_ident() == self._thread:
            self.end(error)
        else:
            self.ended.get_loop().call_soon_threadsafe(self.end, error)
        raise error

    async def gone(self) -> NoReturn:
        """Wait for the end of the action's task, however often it comes back: raising at once could let a loop that
        catches everything spin for ever."""
        await asyncio.get_running_loop().create_future()
        raise AssertionError("unreachable")

    def passing(self, *, counts: bool = True) -> "Passing":
        """Around what is given to Restate: raises AttemptOver or MisusedAsyncio before it, or AttemptOver if Restate
        doesn't take it. `counts` says whether it is an entry of the journal."""
        return self._counted if counts else self._uncounted


class Passing:
    """The context of `Guard.passing`; a class, since each step enters it several times."""

    def __init__(self, guard: Guard, counts: int) -> None:
        self._guard = guard
        self._counts = counts

    def __enter__(self) -> None:
        self._guard.check()
        self._guard.commands += self._counts

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, VMException):
            self._guard.end(AttemptOver())
            raise AttemptOver from error

"""The action's own code, in a task of its own: it can be interrupted, and what it swallows harms nobody else."""

import asyncio
import ctypes
import logging
from collections.abc import Callable, Coroutine, Generator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from restival.actions.context import Cancelled
from restival.engine.state.records import Cancelling
from restival.engine.worker.attempt import AttemptOver
from restival.engine.worker.guard import LEAVE_SECONDS
from restival.engine.worker.journal import Journal

T = TypeVar("T")

LEAVE_TRIES = 5
"""How often a body that doesn't end with its attempt is cancelled."""
LOOK_SECONDS = 0.01
"""How often is looked whether code that a cancel interrupts has come to where it can be."""

log = logging.getLogger(__name__)


class Body(Generic[T]):
    """Runs the code of an action until it ends, or its attempt does."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[T] | None = None
        self._interrupt = False
        self._interruption: asyncio.Task[None] | None = None

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the code comes to. Raises AttemptOver, MisusedAsyncio."""
        self._task = asyncio.get_running_loop().create_task(work)
        try:
            either: set[asyncio.Future[Any]] = {self._task, self._journal.ended}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._journal.end(AttemptOver())
            raise
        finally:
            if self._interruption is not None:
                self._interruption.cancel()
            if self._journal.over:
                await self._leave(self._task)
        if self._journal.over:
            raise self._journal.ended.result()
        return self._task.result()

    async def _leave(self, task: asyncio.Task[T]) -> None:
        """Cancel the task; a body that catches even that is left where it is."""
        for _ in range(LEAVE_TRIES):
            task.cancel()
            ended, _pending = await asyncio.wait({task}, timeout=LEAVE_SECONDS)
            if ended:
                if not task.cancelled():
                    task.exception()  # nobody else asks for it
                return
        log.warning("The code of %s doesn't end with its attempt.", self._journal.invocation)
        _keep_for_ever(task)

    def guarded(self, code: Coroutine[Any, Any, Any]) -> "Interruptible":
        """The author's code, which gets `Cancelled` at its await when it is interrupted."""
        return Interruptible(code, self._interrupting)

    def _interrupting(self) -> bool:
        interrupt, self._interrupt = self._interrupt, False
        if interrupt and self._task is not None:
            self._task.uncancel()
        return interrupt

    def cancel_soon(self) -> None:
        """Cancel the code from another thread."""
        self._journal.cancel_asked = True
        self._loop.call_soon_threadsafe(self.cancel)

    def cancel(self) -> None:
        """Somebody cancels the transaction: code that waits for something recorded hears of it through Restate, other
        code is interrupted at its await."""
        self._journal.cancel_asked = True
        self._journal.tell("cancelling", Cancelling())
        if self._interruption is None or self._interruption.done():
            self._interruption = asyncio.get_running_loop().create_task(self._interrupt_when_new())

    def cancel_as_before(self, interrupts: Sequence[int]) -> None:
        """Cancels have interrupted the code in an earlier attempt, each after so many entries: so they do again."""

        async def again() -> None:
            for after in interrupts:
                self._journal.interrupt_at = after
                while not self._stands_at(after) and not self._ended:
                    await asyncio.sleep(LOOK_SECONDS)
                await self._interrupt_outside()

        self._interruption = asyncio.get_running_loop().create_task(again())

    def _stands_at(self, entry: int) -> bool:
        return self._journal.commands == entry and not self._journal.waiting

    async def _interrupt_when_new(self) -> None:
        """Interrupt the code once it does what isn't recorded, unless it sees the cancel before."""
        journal = self._journal
        while journal.cancel_asked and not self._ended:
            if not journal.replaying and not journal.waiting:
                await self._interrupt_outside()
            await asyncio.sleep(LOOK_SECONDS)

    async def _interrupt_outside(self) -> None:
        journal = self._journal
        if journal.waiting or self._ended:
            return
        journal.interrupted = asyncio.get_running_loop().create_future()
        try:
            await journal.take_cancel()
        finally:
            taken, journal.interrupted = journal.interrupted, None
            taken.set_result(None)
        if not journal.waiting and not self._ended:
            self.interrupt()
            await journal.send_cancelled()

    def interrupt(self) -> None:
        """Raise `Cancelled` in the code, which waits for something that isn't recorded."""
        assert self._task is not None
        self._journal.record()
        self._journal.interrupt_at = None
        self._journal.cancelled(self._journal.commands)
        self._interrupt = True
        self._task.cancel()

    @property
    def is_left(self) -> bool:
        """Whether the attempt leaves the code: an exception that ends it now isn't the author's."""
        return self._journal.over or asyncio.current_task() is not self._task

    @property
    def _ended(self) -> bool:
        return self._journal.over or self._task is None or self._task.done()


def _keep_for_ever(task: asyncio.Task[Any]) -> None:
    """Python closes what is no longer used, which code that catches everything would answer by an endless loop, at the
    end of the process too."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))


class Interruptible:
    """Awaits a coroutine, and raises Cancelled in it in place of CancelledError when `interrupting` says so."""

    def __init__(self, code: Coroutine[Any, Any, Any], interrupting: Callable[[], bool]) -> None:
        self._code = code
        self._interrupting = interrupting

    def __await__(self) -> Generator[Any, Any, Any]:
        """What the coroutine returns."""
        proceed: Callable[[], Any] = partial(self._code.send, None)
        while True:
            try:
                waits_for = proceed()
            except StopIteration as end:
                return end.value
            try:
                got = yield waits_for
            except asyncio.CancelledError as error:
                proceed = partial(self._code.throw, Cancelled("cancelled") if self._interrupting() else error)
            except BaseException as error:  # the loop raises anything that the future holds
                proceed = partial(self._code.throw, error)
            else:
                proceed = partial(self._code.send, got)

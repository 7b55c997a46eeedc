"""A thread with an event loop for authors' code."""

import asyncio
import contextlib
import gc
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from contextvars import Context, ContextVar
from dataclasses import dataclass
from functools import lru_cache
from types import FrameType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from restival.isolation.boundary import HeldUp
from restival.isolation.callbacks import Callback
from restival.isolation.code_location import is_library
from restival.isolation.owner import transaction
from restival.isolation.timeouts import TimedLoop

T = TypeVar("T")

CLOSE_SECONDS = 1.0
"""How long tasks have to end when the loop is closed."""


in_step: ContextVar[bool] = ContextVar("restival_in_step", default=False)
"""Whether what runs here is the work of a step, or was begun by one."""


@dataclass(frozen=True)
class Owner:
    """Whose code a task runs: a transaction or page, and whether a step has begun it. Its name doesn't say that:
    authors and libraries name tasks as they like."""

    name: str
    in_step: bool


NOBODY = Owner("", in_step=False)


@lru_cache(1_000)
def _owner(name: str, in_step: bool) -> Owner:
    """Tasks come by the thousand, and few owners at a time."""
    return Owner(name, in_step)


class WatchedLoop:
    """An event loop and its thread, as another thread can look at them."""

    def __init__(self, loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
        self.loop = loop
        self.thread = thread
        self._beat = time.monotonic()
        self._asked = False

    def call(self, function: Callable[..., object], *arguments: Any, context: Context | None = None) -> None:
        """Call a function in the loop's thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(function, *arguments, context=context)

    @property
    def is_here(self) -> bool:
        """Whether this is called in its thread."""
        return threading.get_ident() == self.thread.ident

    def held_for(self) -> float:
        """How long (s) the loop hasn't been given back; asks it for the next time."""
        if self._asked:
            return time.monotonic() - self._beat
        self._asked, self._beat = True, time.monotonic()
        self.call(self._answer)
        return 0.0

    def _answer(self) -> None:
        self._asked, self._beat = False, time.monotonic()

    @property
    def running(self) -> "asyncio.Task[Any] | Callback | None":
        """The task or callback that runs now."""
        with contextlib.suppress(Exception):  # it may end at this moment
            return asyncio.current_task(self.loop) or getattr(self.loop, "callback", None)
        return None

    def owner_of(self, running: "asyncio.Task[Any] | Callback | None") -> Owner:
        """Whose code a task or callback runs."""
        return NOBODY

    @property
    def frame(self) -> FrameType | None:
        """What the thread does now."""
        # Python holds a lock meanwhile that other threads wait for with the GIL: garbage that is collected here, and
        # whose finalizers need the GIL, would stop the process for good (github.com/python/cpython/issues/106883).
        collects = gc.isenabled()
        gc.disable()
        try:
            return sys._current_frames().get(self.thread.ident or 0)
        finally:
            if collects:
                gc.enable()


class GuestLoop(WatchedLoop):
    """Runs in its own thread until it is closed. SystemExit and KeyboardInterrupt of a task stay in that task."""

    def __init__(self, name: str) -> None:
        super().__init__(TimedLoop(), threading.Thread(target=self._run, name=name, daemon=True))
        self.loop.set_task_factory(self._task)
        self._tasks: WeakKeyDictionary[asyncio.Task[Any], Owner] = WeakKeyDictionary()
        self._closing = False
        self.thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        while not self._closing:  # the code that runs here can stop the loop as well
            with contextlib.suppress(SystemExit, KeyboardInterrupt, HeldUp):  # the task has it already
                self.loop.run_forever()
        self._end_tasks()

    def _end_tasks(self) -> None:
        with contextlib.suppress(BaseException):
            tasks = {task for task in self._tasks if not task.done()}
            for task in tasks:
                task.cancel()
            if tasks:
                self.loop.run_until_complete(asyncio.wait(tasks, timeout=CLOSE_SECONDS))
            self.loop.close()

    def _task(self, loop: asyncio.AbstractEventLoop, work: Any, **options: Any) -> "asyncio.Task[Any]":
        """A task whose owner another thread can read. What the app and libraries do isn't in `asyncio.all_tasks`: code
        that cancels all of them would end other transactions' work."""
        task = asyncio.Task(work, loop=loop, **options)
        self._tasks[task] = _owner(transaction.get(""), in_step.get())
        if is_library(getattr(getattr(work, "cr_code", None), "co_filename", "")):
            asyncio._unregister_task(task)
        return task

    def begin(self, work: Coroutine[Any, Any, T], owner: str) -> "asyncio.Task[T]":
        """Run a coroutine that belongs to no transaction, in the loop's thread."""
        task: asyncio.Task[T] = self.loop.create_task(work)
        self._tasks[task] = Owner(owner, in_step=False)
        return task

    def close(self) -> None:
        """End the loop and its tasks; a thread that is held up is left to its end."""
        end_all([self])

    def tell_to_end(self) -> None:
        """Have the loop end as soon as it is free."""
        self._closing = True
        self.call(self.loop.stop)

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine here. A context variable of the caller is the coroutine's too."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def owner_of(self, running: "asyncio.Task[Any] | Callback | None") -> Owner:
        """Whose code a task or callback runs."""
        if isinstance(running, Callback):
            context = running.context
            return NOBODY if context is None else Owner(context.get(transaction, ""), context.get(in_step, False))
        return self._tasks.get(running, NOBODY) if running is not None else NOBODY


def end_all(loops: Sequence[GuestLoop]) -> None:
    """End loops and their tasks. All of them have the same time: with many that are held up, a stop would take long."""
    for loop in loops:
        loop.tell_to_end()
    end = time.monotonic() + CLOSE_SECONDS
    for loop in loops:
        loop.thread.join(max(0, end - time.monotonic()))

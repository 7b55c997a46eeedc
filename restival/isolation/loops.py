"""The loops of authors' code: one for all, and another for those that would wait behind one that is held up."""

import asyncio
import sys
import threading
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, TypeVar

from restival.isolation.boundary import GuestError
from restival.isolation.loop import GuestLoop, WatchedLoop, end_all
from restival.isolation.watchdog import Hold, Watch

T = TypeVar("T")

MOST_LOOPS = 64
"""Loops at once; with all of them held up, what comes next waits."""
MOST_FREE = 16
"""Loops between which that is shared which begins while others are held up."""
SWITCH_SECONDS, HELD_SWITCH_SECONDS, PYTHONS_SWITCH_SECONDS = 0.0005, 0.0002, sys.getswitchinterval()
"""How long a thread that computes runs while others wait: Python's 5 ms would hold back pages at each of their steps
while many transactions start. While loops are held up, each step of an answer waits so long for each of them."""

OnHold = Callable[[GuestLoop, Hold | None], None]


class Guests:
    """Runs coroutines where they hold up nobody else's."""

    def __init__(self, on_hold: OnHold) -> None:
        self._home: WatchedLoop | None = None
        self._on_hold = on_hold
        self._loops: list[GuestLoop] = []
        self._held: set[GuestLoop] = set()
        self._lent: Counter[GuestLoop] = Counter()
        """How much runs in each."""
        self._watch: Watch | None = None
        self._making = threading.Lock()

    def open(self) -> None:
        """Begin to watch, and tell of what is seen in the loop that this is called in."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._home = WatchedLoop(asyncio.get_running_loop(), threading.current_thread())
        self._watch = Watch(self._home, lambda: list(self._loops), self._heard)

    @contextmanager
    def lent(self) -> Iterator[GuestLoop]:
        """A loop for what begins now, until that ends."""
        with self._making:
            loop = self._chosen()
            self._lent[loop] += 1
        try:
            yield loop
        finally:
            with self._making:
                self._lent[loop] -= 1

    @property
    def loop(self) -> GuestLoop:
        """The loop for what stays."""
        with self._making:
            return self._chosen()

    def _chosen(self) -> GuestLoop:
        """The first loop, which code whose connections belong to a loop finds again. While any loop is held up, that
        with the least to do: what begins at the same time may hold it up as well."""
        free = [loop for loop in self._loops if loop not in self._held]
        if free and (free[0].is_here or not self._held):
            return free[0]
        least = min(free, key=self._lent.__getitem__, default=None)
        full = len(free) >= MOST_FREE or len(self._loops) >= MOST_LOOPS
        if least is not None and (full or not self._lent[least]):
            return least
        if len(self._loops) >= MOST_LOOPS:
            return min(self._loops, key=self._lent.__getitem__)
        made = GuestLoop(f"guest {len(self._loops) + 1}")
        self._loops.append(made)
        return made

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]], holder: str) -> T:
        """What a coroutine of an author comes to; it is made and runs in a loop of theirs. `holder` is whose it is.
        Raises what it raises, or GuestError: one that was stopped is no end of the app's code."""
        with self.lent() as loop:
            return await self._run(loop, work, holder)

    async def _run(self, loop: GuestLoop, work: Callable[[], Coroutine[Any, Any, T]], holder: str) -> T:
        future, context = asyncio.get_running_loop().create_future(), copy_context()

        def ended(task: "asyncio.Task[T]") -> None:
            home.call_soon_threadsafe(_copy, task, future)

        def begin() -> None:
            task = loop.begin(work(), holder)
            task.add_done_callback(ended)
            tasks.append(task)

        home, tasks = asyncio.get_running_loop(), list["asyncio.Task[T]"]()
        loop.call(begin, context=context)
        try:
            return await future  # type: ignore[no-any-return]
        except asyncio.CancelledError:
            loop.call(lambda: tasks and tasks[0].cancel())
            raise

    def close(self) -> None:
        """End all loops."""
        if self._watch is not None:
            self._watch.close()
        sys.setswitchinterval(PYTHONS_SWITCH_SECONDS)
        end_all(self._loops)
        self._loops.clear()

    def _heard(self, loop: WatchedLoop, hold: Hold | None) -> None:
        """In the watcher's thread."""
        if self._home is not None and isinstance(loop, GuestLoop):
            self._home.call(self._changed, loop, hold)

    def _changed(self, loop: GuestLoop, hold: Hold | None) -> None:
        (self._held.discard if hold is None else self._held.add)(loop)
        sys.setswitchinterval(HELD_SWITCH_SECONDS if self._held else SWITCH_SECONDS)
        self._on_hold(loop, hold)


def _copy(task: "asyncio.Task[T]", future: "asyncio.Future[T]") -> None:
    if future.done():
        if not task.cancelled():
            task.exception()
    elif task.cancelled():
        future.cancel()
    elif (error := task.exception()) is not None:
        future.set_exception(error if isinstance(error, Exception) else GuestError(error))
    else:
        future.set_result(task.result())

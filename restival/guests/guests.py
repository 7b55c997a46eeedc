"""The loops of authors' code: one for all, and another for those that would wait behind one that is held up."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextvars import copy_context
from typing import Any, TypeVar

from restival.guest import GuestError
from restival.guests.loop import GuestLoop, WatchedLoop, end_all
from restival.guests.watch import Hold, Watch

T = TypeVar("T")

MOST_LOOPS = 64
"""Loops at once; with all of them held up, what comes next waits."""

OnHold = Callable[[GuestLoop, Hold | None], None]


class Guests:
    """Runs coroutines where they hold up nobody else's."""

    def __init__(self, on_hold: OnHold) -> None:
        self._home: WatchedLoop | None = None
        self._on_hold = on_hold
        self._loops: list[GuestLoop] = []
        self._held: set[GuestLoop] = set()
        self._watch: Watch | None = None
        self._making = threading.Lock()

    def open(self) -> None:
        """Begin to watch, and tell of what is seen in the loop that this is called in."""
        self._home = WatchedLoop(asyncio.get_running_loop(), threading.current_thread())
        self._watch = Watch(self._home, lambda: list(self._loops), self._heard)

    @property
    def loop(self) -> GuestLoop:
        """The loop for what begins now: the first that isn't held up. The first of all is what code whose connections
        belong to a loop finds again."""
        with self._making:
            free = next((loop for loop in self._loops if loop not in self._held), None)
            if free is None and len(self._loops) < MOST_LOOPS:
                free = GuestLoop(f"guest {len(self._loops) + 1}")
                self._loops.append(free)
            return free or self._loops[-1]

    async def run(self, work: Callable[[], Coroutine[Any, Any, T]], holder: str) -> T:
        """What a coroutine of an author comes to; it is made and runs in a loop of theirs. `holder` is whose it is.
        Raises what it raises, or GuestError: one that was stopped is no end of the app's code."""
        loop, future = self.loop, asyncio.get_running_loop().create_future()
        context = copy_context()

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
        end_all(self._loops)
        self._loops.clear()

    def _heard(self, loop: WatchedLoop, hold: Hold | None) -> None:
        """In the watcher's thread."""
        if self._home is not None and isinstance(loop, GuestLoop):
            self._home.call(self._changed, loop, hold)

    def _changed(self, loop: GuestLoop, hold: Hold | None) -> None:
        (self._held.discard if hold is None else self._held.add)(loop)
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

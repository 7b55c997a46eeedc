"""Which tasks are within `asyncio.timeout`: what waits there is cut short, which a replay can't repeat."""

import asyncio
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from restival.isolation.callbacks import Callbacks
from restival.isolation.event_loop import Loop


class Timeouts:
    """Mixed into an event loop: notes the timers that `asyncio.timeout` sets."""

    def __init__(self) -> None:
        super().__init__()
        self._timeouts: WeakKeyDictionary[asyncio.Task[Any], list[asyncio.TimerHandle]] = WeakKeyDictionary()

    def call_at(self, when: float, callback: Callable[..., object], *arguments: Any, context: Any = None) -> Any:
        """As of any loop."""
        handle = super().call_at(when, callback, *arguments, context=context)  # type: ignore[misc]
        task = asyncio.current_task()
        if task is not None and isinstance(getattr(callback, "__self__", None), asyncio.Timeout):
            active = [each for each in self._timeouts.get(task, []) if not each.cancelled()]
            self._timeouts[task] = [*active, handle]
        return handle

    def is_timed(self, task: "asyncio.Task[Any]") -> bool:
        """Whether the task is within a timeout that hasn't come."""
        now = self.time()  # type: ignore[attr-defined]
        return any(not each.cancelled() and each.when() > now for each in self._timeouts.get(task, []))


class TimedLoop(Timeouts, Callbacks, Loop):  # type: ignore[misc]  # which class that is depends on the machine
    """An event loop for authors' code."""


def in_timeout() -> bool:
    """Whether the code that runs now is within `asyncio.timeout`."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    return isinstance(loop, Timeouts) and task is not None and loop.is_timed(task)

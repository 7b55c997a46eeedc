"""Callbacks of an event loop, as another thread can look at them: no task runs them, and a function written in C has no
line of its own."""

import asyncio
import sys
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any

from restival.isolation.code_location import is_library, line_above


class Callback:
    """A callback, and where it was scheduled unless an author wrote it."""

    __slots__ = ("_function", "_loop", "context", "scheduled")

    def __init__(self, function: Callable[..., object], loop: "Callbacks") -> None:
        self._function = function
        self._loop = loop
        self.context: Context | None = None
        """What it runs in, while it does."""
        file = getattr(getattr(function, "__code__", None), "co_filename", "<>")
        self.scheduled = line_above(sys._getframe(2)) if is_library(file) else None

    def __call__(self, *arguments: Any) -> None:
        """Call it."""
        self.context = copy_context()
        self._loop.callback = self
        try:
            self._function(*arguments)
        finally:
            self._loop.callback = None

    def __repr__(self) -> str:
        return repr(self._function)


class Callbacks:
    """Mixed into an event loop: notes which callback runs. What tasks do, which is most of it, passes by."""

    callback: Callback | None = None
    """The one that runs now."""

    def call_soon(self, callback: Any, *arguments: Any, context: Context | None = None) -> Any:
        """As of any loop."""
        if type(getattr(callback, "__self__", None)) is not asyncio.Task:
            callback = self._noted(callback)
        return super().call_soon(callback, *arguments, context=context)  # type: ignore[misc]

    def call_soon_threadsafe(self, callback: Any, *arguments: Any, context: Context | None = None) -> Any:
        """As of any loop."""
        return super().call_soon_threadsafe(self._noted(callback), *arguments, context=context)  # type: ignore[misc]

    def call_later(self, delay: float, callback: Any, *arguments: Any, context: Context | None = None) -> Any:
        """As of any loop."""
        return super().call_later(delay, self._noted(callback), *arguments, context=context)  # type: ignore[misc]

    def call_at(self, when: float, callback: Any, *arguments: Any, context: Context | None = None) -> Any:
        """As of any loop."""
        return super().call_at(when, self._noted(callback), *arguments, context=context)  # type: ignore[misc]

    def add_reader(self, fd: Any, callback: Any, *arguments: Any) -> Any:
        """As of any loop."""
        return super().add_reader(fd, self._noted(callback), *arguments)  # type: ignore[misc]

    def add_writer(self, fd: Any, callback: Any, *arguments: Any) -> Any:
        """As of any loop."""
        return super().add_writer(fd, self._noted(callback), *arguments)  # type: ignore[misc]

    def _noted(self, callback: Any) -> Callback:
        return callback if isinstance(callback, Callback) else Callback(callback, self)

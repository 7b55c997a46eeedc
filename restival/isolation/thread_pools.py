"""Threads for work that blocks, a pool for each purpose: what waits in one doesn't hold up another.

`asyncio.to_thread` has one pool for everything, and is forbidden in the app.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Pool:
    """At most `threads` threads, which begin when they are first needed."""

    def __init__(self, name: str, threads: int) -> None:
        self.threads = threads
        self._executor = ThreadPoolExecutor(threads, name)

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Returns what the function returns in a thread, which has the caller's context variables. Raises what it
        raises."""
        work = partial(copy_context().run, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


CODE = Pool("code", 32)
"""Plain functions of the project: they may wait for a database or another service, and for as long as they like."""
FILES = Pool("files", 4)
"""What is read of the disk, and kept tables."""
SHEETS = Pool("sheets", 2)
"""Files of spreadsheets, each read by a process."""
CHECKS = Pool("checks", 2)
"""Checks of large answers."""
TEXT = Pool("text", 2)
"""People's text that becomes HTML, in a process for each thread."""
IMPORTS = Pool("imports", 1)
"""The project's files when they have changed: an import may take as long as it likes."""

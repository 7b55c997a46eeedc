"""Hashes passwords in threads of its own: however many attempts there are, nothing else waits for them."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from restival.auth.refusals import TooBusy

Result = TypeVar("Result")

WAITING = 16
"""Hashes that wait in a lane, or are being made. One takes about 0.1 s, and 64 MiB while it is made."""
WAITING_OF_ONE = 8
"""So many of them at most are of one address, so that others get a place."""
GUESS_SECONDS = 0.2


class Lane:
    """One thread, and a queue before it that has an end."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"hashing for {name}")
        self._waiting: Counter[str] = Counter()
        self._takes = GUESS_SECONDS

    async def run(self, work: Callable[[], Result], who: str) -> Result:
        """Do the work when it is its turn. Raises TooBusy if too much waits."""
        if self._waiting.total() >= WAITING or self._waiting[who] >= WAITING_OF_ONE:
            raise TooBusy(math.ceil(self._waiting.total() * self._takes))
        self._waiting[who] += 1
        loop = asyncio.get_running_loop()
        begun = self._thread.submit(self._timed, work)
        # also after nobody waits for it any more it takes its place until it is done
        begun.add_done_callback(lambda _: _call_in(loop, partial(self._leave, who)))
        return await asyncio.shield(asyncio.wrap_future(begun))

    def _timed(self, work: Callable[[], Result]) -> Result:
        began = time.monotonic()
        try:
            return work()
        finally:
            self._takes = (self._takes * 3 + time.monotonic() - began) / 4

    def _leave(self, who: str) -> None:
        self._waiting[who] -= 1
        if not self._waiting[who]:
            del self._waiting[who]


def _call_in(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the app has ended meanwhile
        loop.call_soon_threadsafe(work)


class Hashing:
    """Two lanes: strangers keep strangers waiting, and nobody else."""

    def __init__(self) -> None:
        self._strangers = Lane("strangers")
        self._known = Lane("people")

    async def run(self, work: Callable[[], Result], who: str, *, stranger: bool) -> Result:
        """Hash or check a password. Raises TooBusy if too much waits already, by `who` or by all."""
        return await (self._strangers if stranger else self._known).run(work, who)

"""The app's end of the processes that work on people's text and files."""

import asyncio
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from restival.isolation.thread_pools import Pool

CHILD = Path(__file__).with_name("child.py")
PASSED_ON = ("PATH", "LANG", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""Of the environment, with what is Python's: keys and passwords in it are nothing for who reads foreign files."""


class Undone(Exception):
    """The work has failed, or has taken too long or too much memory."""


class Overloaded(Undone):
    """There is too much work at once."""


class Workers:
    """Processes that do work of one kind, as many as a pool has threads, begun when they are first needed.

    A piece of work has `seconds`, and its process `memory` bytes besides what it begins with. `waiting` pieces may wait
    for a process. With `fresh` each has a process of its own.
    """

    def __init__(self, pool: Pool, *, seconds: float, memory: int, waiting: int, fresh: bool = False) -> None:
        self._pool = pool
        self._seconds = seconds
        self._memory = memory
        self._most = pool.threads + waiting
        self._fresh = fresh
        self._under_way = 0
        self._idle: list[_Process] = []
        self._lock = threading.Lock()

    async def run(self, module: str, function: str, *arguments: Any) -> list[Any]:
        """What `restival.isolation.sandbox.<module>`'s function yields. Raises Undone, Overloaded."""
        if self._under_way >= self._most:
            raise Overloaded("too many jobs are running")
        self._under_way += 1
        begun: list[_Process] = []
        try:
            return await self._pool.run(
                self._done, (f"restival.isolation.sandbox.{module}", function, arguments), begun
            )
        except asyncio.CancelledError:  # as when the app stops: its thread would hold that up
            for process in begun:
                process.kill()
            raise
        finally:
            self._under_way -= 1

    def _done(self, request: Any, begun: "list[_Process]") -> list[Any]:
        process = self._taken()
        begun.append(process)
        try:
            done = process.do(request, self._seconds)
        except Undone:
            process.end()
            raise
        if self._fresh:
            process.end()
        else:
            self._give_back(process)
        return done

    def _taken(self) -> "_Process":
        with self._lock:
            while self._idle:
                if (process := self._idle.pop()).lives:
                    return process
        return _Process(self._memory)

    def _give_back(self, process: "_Process") -> None:
        """Keep a process for the next piece of work. Once there is any, as many are begun as can work at once: what
        comes at the same time needn't wait then until one has begun."""
        with self._lock:
            spare = not self._idle and self._under_way < self._pool.threads
            self._idle.append(process)
        if spare:
            self._idle.insert(0, _Process(self._memory))


class _Process:
    """One process. It has no file of the app's but the two ends of its pipes."""

    def __init__(self, memory: int) -> None:
        passed_on = {
            name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PYTHON")
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(CHILD), str(os.getpid()), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**passed_on, "OPENPYXL_LXML": "False"},
            start_new_session=True,  # Ctrl-C is for the app, which ends it then
        )

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def do(self, request: Any, seconds: float) -> list[Any]:
        deadline = threading.Timer(seconds, self.kill)
        deadline.daemon = True
        deadline.start()
        try:
            assert self._process.stdin is not None
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
            return list(self._parts())
        except OSError as error:
            raise Undone(str(error)) from None
        finally:
            deadline.cancel()

    def _parts(self) -> Iterator[Any]:
        assert self._process.stdout is not None
        while (line := self._process.stdout.readline()) != b"\n":
            if not line.endswith(b"\n"):
                raise Undone("it took too long or too much memory")
            answer = json.loads(line)
            if "error" in answer:
                raise Undone(answer["error"])
            yield answer["part"]

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self.kill()
        for end in (self._process.stdin, self._process.stdout):
            assert end is not None
            with suppress(OSError):
                end.close()
        self._process.wait()

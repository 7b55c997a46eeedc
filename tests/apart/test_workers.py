"""Processes that do the work: their limits, and what becomes of the app when they fail."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from restival.isolation.sandbox.workers import Overloaded, Undone, Workers
from restival.isolation.thread_pools import Pool
from tests.process import alive

SLOW = "\n" * 20_000


def workers(seconds: float = 10, memory: int = 300_000_000, waiting: int = 10, fresh: bool = False) -> Workers:
    return Workers(Pool("tests", 1), seconds=seconds, memory=memory, waiting=waiting, fresh=fresh)


def pids() -> set[int]:
    """The processes that work for this one."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            ours = f"\nPPid:\t{os.getpid()}\n" in status.read_text()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if ours and b"sandbox/child.py" in command:
            found.add(int(status.parent.name))
    return found


async def until(ready: Callable[[], Any], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_a_process_does_one_piece_after_another() -> None:
    lasting = workers()
    before = pids()
    assert await lasting.run("prose", "markdown", "*a*") == ["<p><em>a</em></p>\n"]
    [pid] = pids() - before
    assert await lasting.run("prose", "code", "a", "python")
    assert pids() - before == {pid}
    fresh = workers(fresh=True)
    assert await fresh.run("prose", "html", "<b>a</b>") == ["<b>a</b>"]
    assert pids() - before == {pid}


async def test_what_takes_too_long_is_ended_and_the_next_is_done() -> None:
    some = workers(seconds=0.7)
    began = time.monotonic()
    with pytest.raises(Undone):
        await some.run("prose", "code", SLOW, "java")
    assert time.monotonic() - began < 5
    some._seconds = 10
    assert await some.run("prose", "markdown", "a") == ["<p>a</p>\n"]


async def test_what_takes_too_much_memory_fails() -> None:
    some = workers(memory=50_000_000)
    with pytest.raises(Undone):
        await some.run("sheet", "rows", b"a,b\n" * 20_000_000, 50_000, "yes", "no")
    assert await some.run("prose", "markdown", "a") == ["<p>a</p>\n"]


async def test_an_error_is_told_and_the_next_is_done() -> None:
    some = workers()
    with pytest.raises(Undone, match="UnicodeEncodeError"):
        await some.run("prose", "markdown", "half \ud800")
    assert await some.run("prose", "markdown", "a") == ["<p>a</p>\n"]


async def test_a_process_that_was_killed_is_replaced() -> None:
    some, before = workers(), pids()
    await some.run("prose", "markdown", "a")
    [pid] = pids() - before
    os.kill(pid, signal.SIGKILL)
    await until(lambda: not alive(pid))
    assert await some.run("prose", "markdown", "b") == ["<p>b</p>\n"]


async def test_no_more_wait_than_may() -> None:
    some = workers(waiting=1)
    first, second = [asyncio.create_task(some.run("prose", "markdown", each)) for each in "ab"]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await some.run("prose", "markdown", "c")
    assert await first and await second
    assert await some.run("prose", "markdown", "d")


async def test_work_that_nobody_waits_for_ends() -> None:
    """So that an app that stops doesn't wait for it."""
    some, before = workers(seconds=60), pids()
    task = asyncio.create_task(some.run("prose", "code", SLOW, "java"))
    await until(lambda: pids() - before)
    [pid] = pids() - before
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: not alive(pid), 5)


async def test_there_are_as_many_processes_as_can_work_at_once() -> None:
    """All of them once the first is needed: what comes at the same time doesn't wait until one has begun."""
    before = pids()
    some = Workers(Pool("tests", 2), seconds=10, memory=300_000_000, waiting=10)
    for count in (1, 2, 6):
        pieces = [f"{count} {number}" for number in range(count)]
        done = await asyncio.gather(*[some.run("prose", "markdown", piece) for piece in pieces])
        assert done == [[f"<p>{piece}</p>\n"] for piece in pieces]
        await until(lambda: len(pids() - before) == 2)

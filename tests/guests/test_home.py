"""What threads of authors' code have the app's own loop do."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from restival.isolation.home import Home

whose: ContextVar[str] = ContextVar("whose", default="the app's")


async def done_after(*, count: int, threads: int = 1) -> tuple[list[tuple[int, int]], int]:
    """What `threads` threads have had called, `count` times each, and how often the loop was woken."""
    home, heard, woken = Home(), list[tuple[int, int]](), 0
    wake = home._wake

    def counted() -> None:
        nonlocal woken
        woken += 1
        wake()

    home._wake = counted  # type: ignore[method-assign]

    def calls(thread: int) -> None:
        for number in range(count):
            home.call(lambda number=number: heard.append((thread, number)))

    running = [threading.Thread(target=calls, args=(number,)) for number in range(threads)]
    for each in running:
        each.start()
    for each in running:  # the loop is held up until all have called
        each.join()
    await asyncio.sleep(0.05)
    return heard, woken


async def test_calls_that_come_close_together_wake_the_loop_once() -> None:
    heard, woken = await done_after(count=500)
    assert heard == [(0, number) for number in range(500)]
    assert woken == 1


async def test_no_call_of_many_threads_is_lost_or_out_of_order() -> None:
    heard, _ = await done_after(count=2_000, threads=8)
    for thread in range(8):
        assert [number for each, number in heard if each == thread] == list(range(2_000))


async def test_calls_that_come_while_others_are_made_are_made_too() -> None:
    home, heard = Home(), list[int]()

    def calls() -> None:
        for number in range(20_000):
            home.call(heard.append, number)

    thread = threading.Thread(target=calls)
    thread.start()
    while thread.is_alive():
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    assert heard == list(range(20_000))


async def test_a_call_that_fails_leaves_the_others_to_be_made(caplog: pytest.LogCaptureFixture) -> None:
    home, heard = Home(), list[int]()
    home.call(heard.append, 1)
    home.call(lambda: 1 / 0)
    home.call(heard.append, 2)
    await asyncio.sleep(0.05)
    assert heard == [1, 2]
    assert "ZeroDivisionError" in caplog.text


async def test_calls_have_the_apps_own_context() -> None:
    home, heard = Home(), list[str]()

    def calls() -> None:
        whose.set("a transaction's")
        home.call(lambda: heard.append(whose.get()))

    thread = threading.Thread(target=calls)
    thread.start()
    thread.join()
    await asyncio.sleep(0.05)
    assert heard == ["the app's"]

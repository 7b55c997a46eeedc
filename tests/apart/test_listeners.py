"""Listeners hear of each change by themselves, and waiting for an event has an end."""

import asyncio

import pytest

from restival.isolation.listeners import Listeners, wait_within


async def test_one_that_fails_does_not_keep_a_change_from_the_others() -> None:
    listeners, heard, failed = Listeners[[str]](), list[str](), list[str]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(str(context["exception"])))

    def fails(change: str) -> None:
        raise ValueError(change)

    listeners.subscribe(fails)
    listeners.subscribe(heard.append)
    try:
        listeners.notify("new")
        assert heard == []  # whoever makes the change goes on first
        await asyncio.sleep(0)
        assert (heard, failed) == (["new"], ["new"])
    finally:
        asyncio.get_running_loop().set_exception_handler(None)


async def test_who_has_left_hears_nothing_more_and_may_leave_twice() -> None:
    listeners, heard = Listeners[[]](), list[int]()
    leave = listeners.subscribe(lambda: heard.append(1))
    listeners.subscribe(lambda: heard.append(2))
    leave()
    leave()
    listeners.notify()
    await asyncio.sleep(0)
    assert heard == [2]


@pytest.mark.parametrize("in_time", [True, False])
async def test_waiting_says_whether_it_was_set_in_time(in_time: bool) -> None:
    event = asyncio.Event()
    if in_time:
        asyncio.get_running_loop().call_later(0.01, event.set)
    assert await wait_within(event, 60 if in_time else 0.01) is in_time
    assert event.is_set()

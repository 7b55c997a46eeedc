"""Whatever holds up a loop is named, with the line, and stopped where Python can: also what no task runs."""

import asyncio
import gc
import os
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import Context
from functools import partial

import pytest

from restival.isolation import watchdog as watch
from restival.isolation.loops import Guests
from restival.isolation.owner import transaction
from restival.isolation.watchdog import Hold

HOLDER = "some-action.0123"


def sleep() -> None:
    time.sleep(1.5)


def soon() -> None:
    asyncio.get_running_loop().call_soon(time.sleep, 1.5)


def soon_a_partial() -> None:
    asyncio.get_running_loop().call_soon(partial(time.sleep, 1.5))


def later() -> None:
    asyncio.get_running_loop().call_later(0.01, time.sleep, 1.5)


def at() -> None:
    loop = asyncio.get_running_loop()
    loop.call_at(loop.time() + 0.01, lambda: time.sleep(1.5))


def from_a_thread() -> None:
    asyncio.get_running_loop().call_soon_threadsafe(sleep)


def when_done() -> None:
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda _: time.sleep(1.5))
    future.set_result(None)


def task_done() -> None:
    asyncio.ensure_future(asyncio.sleep(0)).add_done_callback(lambda _: sleep())


def when_readable() -> None:
    reads, writes = os.pipe()
    loop = asyncio.get_running_loop()

    def read() -> None:
        loop.remove_reader(reads)
        os.read(reads, 1)
        time.sleep(1.5)

    loop.add_reader(reads, read)
    os.write(writes, b"x")
    os.close(writes)


class Thing:
    """Something that isn't used any more."""


def finalized() -> None:
    weakref.finalize(Thing(), time.sleep, 1.5)


class Slow:
    """Takes its time to go."""

    def __del__(self) -> None:
        time.sleep(1.5)


def deleted() -> None:
    Slow()


def deleted_by_the_collector() -> None:
    thing = Slow()
    thing.itself = thing  # type: ignore[attr-defined]
    del thing
    gc.collect()


def generator_closed() -> None:
    def generate() -> Iterator[int]:
        try:
            yield 1
        finally:
            time.sleep(1.5)

    next(generate())


def in_a_generator_of_asyncio() -> None:
    async def generate() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            sleep()

    async def first() -> None:
        await anext(generate())

    asyncio.ensure_future(first()).add_done_callback(lambda task: task.result())


BLOCKS = [
    soon,
    soon_a_partial,
    later,
    at,
    from_a_thread,
    when_done,
    task_done,
    when_readable,
    finalized,
    deleted,
    deleted_by_the_collector,
    generator_closed,
    in_a_generator_of_asyncio,
]


Held = tuple[Guests, list[Hold]]


@pytest.fixture
async def held() -> AsyncIterator[Held]:
    """Loops of authors' code, and what was noticed of them."""
    holds: list[Hold] = []
    guests = Guests(lambda _, hold: holds.append(hold) if hold is not None else None)
    guests.open()
    yield guests, holds
    guests.close()


async def run(guests: Guests, block: Callable[[], None], seconds: float = 0.3) -> None:
    """Have code of a transaction block a loop, and do nothing itself meanwhile."""

    async def work() -> None:
        block()
        await asyncio.sleep(seconds)

    token = transaction.set(HOLDER)
    try:
        await guests.run(work, HOLDER)
    finally:
        transaction.reset(token)


@pytest.mark.parametrize("block", BLOCKS)
async def test_it_is_named_with_file_and_line(held: Held, block: Callable[[], None]) -> None:
    guests, holds = held
    await run(guests, block)
    assert holds
    assert {hold.holder for hold in holds} == {HOLDER}
    assert holds[0].file == __file__
    assert any(word in holds[0].code for word in ("sleep", "Slow()", "collect"))


async def test_a_callback_of_nobody_is_noticed(held: Held) -> None:
    guests, holds = held
    await run(guests, lambda: asyncio.get_running_loop().call_soon(sleep, context=Context()) and None)
    assert {hold.holder for hold in holds} == {""}
    assert holds[0].file == __file__


async def test_a_protocol_is_noticed(held: Held) -> None:
    class Slowly(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            sleep()

    guests, holds = held

    async def work() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Slowly, "127.0.0.1", 0)
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        await asyncio.sleep(0.3)
        writer.close()
        server.close()

    await guests.run(work, HOLDER)
    assert holds
    assert holds[0].file == __file__


def spin() -> None:
    while True:
        pass


class Endless:
    """Never goes."""

    def __del__(self) -> None:
        spin()


@pytest.mark.parametrize(
    "block",
    [
        lambda: asyncio.get_running_loop().call_soon(spin) and None,
        lambda: asyncio.get_running_loop().call_soon(spin, context=Context()) and None,
        lambda: Endless() and None,
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_it_is_stopped(held: Held, block: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1)
    guests, holds = held
    async with asyncio.timeout(5):
        await run(guests, block)
    assert max(hold.stops for hold in holds) == 1


async def test_each_of_two_is_named_that_follow_each_other(held: Held) -> None:
    guests, holds = held

    async def blocks() -> None:
        sleep()

    await asyncio.gather(guests.run(blocks, "first"), guests.run(blocks, "second"))
    assert {hold.holder for hold in holds} == {"first", "second"}
    assert max(hold.seconds for hold in holds) < 2.5

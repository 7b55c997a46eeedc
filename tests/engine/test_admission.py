"""Which attempts begin first when many come at the same time."""

import asyncio

import pytest

from restival.engine.worker import admission
from restival.engine.worker.admission import MOST, OLDEST_OF, Admission


async def fill(door: Admission) -> list[object]:
    return [await door.enter() for _ in range(MOST)]


async def test_the_newest_begin_first_and_the_oldest_begin_too() -> None:
    door, order = Admission(), list[int]()

    async def attempt(n: int) -> None:
        begun = await door.enter()
        order.append(n)
        await asyncio.sleep(0)
        begun()

    first = await fill(door)
    tasks = [asyncio.create_task(attempt(n)) for n in range(20)]
    await asyncio.sleep(0)
    first[0]()  # type: ignore[operator]
    await asyncio.gather(*tasks)
    assert sorted(order) == list(range(20))
    assert order[0] == 19
    assert order.index(0) <= OLDEST_OF


async def test_one_that_takes_long_holds_back_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "BEGIN_SECONDS", 0.05)
    door = Admission()
    await fill(door)
    async with asyncio.timeout(2):
        await door.enter()


async def test_one_that_is_gone_takes_no_place() -> None:
    door = Admission()
    [first, *_] = await fill(door)
    gone, next_one = (asyncio.create_task(door.enter()) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    first()  # type: ignore[operator]
    first()  # type: ignore[operator]
    async with asyncio.timeout(0.3):
        await next_one


async def test_one_that_goes_as_its_turn_comes_passes_it_on() -> None:
    door = Admission()
    [first, *_] = await fill(door)
    older, newer = (asyncio.create_task(door.enter()) for _ in range(2))
    await asyncio.sleep(0)
    first()  # type: ignore[operator]
    newer.cancel()  # its place has just come
    async with asyncio.timeout(0.3):
        await older

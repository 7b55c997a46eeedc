"""Many actions that block their loop at the same time hold up nobody else."""

import asyncio
import time
from typing import Any

import pytest

from restival import IO, Person, action
from restival.actions.action import Action
from tests.conftest import Bench

BLOCKERS = 12


@action(slug="greet-beside-many")
async def greet(io: IO) -> str:
    return f"Hello, {await io.input.text('Name')}!"


def blocker(number: int) -> Any:
    @action(slug=f"blocks-with-others-{number}")
    async def blocks() -> str:
        time.sleep(3)  # noqa: ASYNC251
        return "free"

    return blocks


async def greeted(bench: Bench, greeting: Action, ann: Person) -> float:
    began = time.monotonic()
    transaction = await bench.client.start(greeting, greeting.params(), ann)
    await bench.answer(transaction, 1, ann, value="Ada")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "Hello, Ada!"
    return time.monotonic() - began


@pytest.mark.parametrize("actions", [1, BLOCKERS])
async def test_forms_come_within_a_second(bench: Bench, ann: Person, actions: int) -> None:
    [greeting, *blocking] = await bench.serve(greet, *(blocker(number) for number in range(actions)))
    waiting = [await bench.client.start(greeting, greeting.params(), ann) for _ in range(8)]
    for each in waiting:
        await bench.asked(each, 1)
    blocked = await asyncio.gather(
        *(bench.client.start(each, each.params(), ann) for each in blocking * (BLOCKERS // actions))
    )
    times, end = [], time.monotonic() + 5
    while time.monotonic() < end:
        times.append(await greeted(bench, greeting, ann))
    assert max(times) < 1.5
    assert sorted(times)[len(times) // 2] < 0.5
    for each in waiting:
        await bench.answer(each, 1, ann, value="Bob")
    for each in blocked:
        view = await bench.until(each, lambda view: view.outcome is not None, 12)  # not one after the other
        assert view.outcome and view.outcome.value == "free"


async def test_forms_come_soon_while_many_compute(bench: Bench, ann: Person) -> None:
    @action(slug="computes-with-others")
    async def computes() -> None:
        end = time.monotonic() + 6
        while time.monotonic() < end:
            pass

    greeting, computing = await bench.serve(greet, computes)
    blocked = await asyncio.gather(*(bench.client.start(computing, computing.params(), ann) for _ in range(BLOCKERS)))
    times = [await greeted(bench, greeting, ann) for _ in range(5)]
    assert sorted(times)[2] < 2  # it was 7 s and more for each
    for each in blocked:
        await bench.until(each, lambda view: view.outcome is not None, 30)

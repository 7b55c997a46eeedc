"""A body that keeps its thread to itself is named, stopped where it can be, and holds up nobody else."""

import asyncio
import time
from typing import Any

import pytest

from restival import IO, Context, Person, action
from restival.engine.view import State
from restival.guests import watch
from tests.conftest import Bench


@action(slug="greet-meanwhile")
async def greet(io: IO) -> str:
    return f"Hello, {await io.input.text('Name')}!"


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@pytest.mark.parametrize("block", [time.sleep, busy])
async def test_others_are_answered_within_a_second_and_its_page_names_the_line(
    bench: Bench, ann: Person, block: Any
) -> None:
    @action(slug="blocks-itself")
    async def blocks() -> str:
        block(4)
        return "free"

    blocking, greeting = await bench.serve(blocks, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None, 3)
    assert view.trouble and view.trouble.kind == "held_up"
    assert "test_held_up.py, line" in view.trouble.message
    assert view.state is State.RUNNING
    for each in (waiting, await bench.client.start(greeting, greeting.params(), ann)):
        began = time.monotonic()
        await bench.answer(each, 1, ann, value="Ada")
        ended = await bench.ended(each)
        assert ended.outcome and ended.outcome.value == "Hello, Ada!"
        assert time.monotonic() - began < 1.5
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "free"
    assert view.trouble is None


async def test_a_loop_that_never_awaits_is_stopped(bench: Bench, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1.5)

    @action(slug="never-awaits")
    async def endless() -> None:
        while True:
            pass

    [declared, greeting] = await bench.serve(endless, greet)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.state is State.FAILED
    assert view.outcome and view.outcome.error and "test_held_up.py" in view.outcome.error
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.answer(waiting, 1, ann, value="Ada")
    assert (await bench.ended(waiting)).state is State.DONE


async def test_a_step_of_somebody_else_is_not_done_twice_when_its_loop_is_held_up(bench: Bench, ann: Person) -> None:
    done: list[str] = []

    async def charge() -> str:
        done.append("charge")
        await asyncio.sleep(1)
        return "receipt"

    @action(slug="pays-once")
    async def pays(ctx: Context) -> str:
        return await ctx.step(charge)

    @action(slug="blocks-others")
    async def blocks() -> None:
        time.sleep(2.5)  # noqa: ASYNC251

    paying, blocking = await bench.serve(pays, blocks)
    payment = await bench.client.start(paying, paying.params(), ann)
    while not done:
        await asyncio.sleep(0.02)
    await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.ended(payment)
    assert view.outcome and view.outcome.value == "receipt"
    assert done == ["charge"]

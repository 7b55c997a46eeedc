"""A callback that keeps its loop to itself is named on its transaction's page, and others are answered meanwhile."""

import asyncio
import time
from typing import Any

import pytest

from restival import IO, Person, action
from tests.conftest import Bench


@action(slug="greet-beside-callbacks")
async def greet(io: IO) -> str:
    return f"Hello, {await io.input.text('Name')}!"


def soon() -> None:
    asyncio.get_running_loop().call_soon(time.sleep, 3)


def when_done() -> None:
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda _: time.sleep(3))
    future.set_result(None)


@pytest.mark.parametrize("block", [soon, when_done])
async def test_a_callback_is_named_and_holds_up_nobody_else(bench: Bench, ann: Person, block: Any) -> None:
    @action(slug=f"blocks-by-callback-{block.__name__}")
    async def blocks() -> str:
        block()
        await asyncio.sleep(0.1)
        return "free"

    blocking, greeting = await bench.serve(blocks, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None, 3)
    assert view.trouble and view.trouble.kind == "held_up"
    assert "test_callbacks_that_hold_up.py, line" in view.trouble.message
    assert "time.sleep" in view.trouble.message
    began = time.monotonic()
    await bench.answer(waiting, 1, ann, value="Ada")
    assert (await bench.ended(waiting)).trouble is None
    assert time.monotonic() - began < 1.5
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "free"

"""Actions that wait for their code to be mended instead of failing."""

import asyncio

from restival import IO, Context, action
from restival.access.person import Person
from restival.engine.state.transaction import State
from tests.conftest import Bench


async def test_an_error_parks_it_and_mended_code_goes_on(bench: Bench, ann: Person) -> None:
    done: list[str] = []

    async def step() -> int:
        done.append("step")
        return 2

    @action(on_error="pause")
    async def parks(io: IO, ctx: Context) -> float:
        number = await io.input.number("Number")
        return number / (await ctx.step(step) - 2)

    [declared] = await bench.serve(parks)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value=8)
    view = await bench.until(transaction, lambda view: view.trouble is not None)
    assert view.trouble
    assert view.trouble.kind == "parked"
    assert "ZeroDivisionError: division by zero." in view.trouble.message
    assert (view.state, view.outcome) == (State.PAUSED, None)
    assert view.meta
    for _ in range(100):
        status = await bench.engine._server.admin.invocation(view.meta.invocation)
        if status is not None and status.status == "paused":
            break
        await asyncio.sleep(0.1)
    assert status is not None
    assert status.status == "paused"

    @action(slug="parks", on_error="pause")
    async def mended(io: IO, ctx: Context) -> float:
        number = await io.input.number("Number")
        return number / await ctx.step(step)

    await bench.serve(mended)
    view = await bench.ended(transaction)
    assert view.outcome
    assert view.outcome.value == 4
    assert done == ["step"]


async def test_one_that_waits_so_can_be_ended(bench: Bench, ann: Person) -> None:
    @action(on_error="pause")
    async def never(io: IO) -> None:
        raise ValueError("never")

    [declared] = await bench.serve(never)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None and view.meta is not None)
    await bench.client.cancel(view, ann)
    ended = await bench.ended(transaction)
    assert ended.state is State.CANCELLED
    assert ended.outcome
    assert ended.outcome.by == ann

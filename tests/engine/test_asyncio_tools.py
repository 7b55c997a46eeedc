"""asyncio's own tools around io and ctx end in an error that says what to write, and repeat nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from restival import IO, Context, Person, action
from restival.engine.state.transaction import State
from tests.conftest import Bench

done: list[str] = []


async def work(name: str) -> str:
    done.append(name)
    await asyncio.sleep(0.5)
    return name


async def in_timeout(io: IO, ctx: Context) -> Any:
    async with asyncio.timeout(0.3):
        return await io.input.text("Quick!")


async def in_long_timeout(io: IO, ctx: Context) -> Any:
    async with asyncio.timeout(3_600):  # longer than it stays in memory
        return await io.input.text("Name")


async def in_timeout_swallowed(io: IO, ctx: Context) -> Any:
    while True:
        try:
            async with asyncio.timeout(0.3):
                return await io.input.text("Quick!")
        except Exception:
            continue


async def in_wait_for(io: IO, ctx: Context) -> Any:
    return await asyncio.wait_for(ctx.step(work, "a"), 0.2)


async def in_group(io: IO, ctx: Context) -> Any:
    async with asyncio.TaskGroup() as group:
        group.create_task(ctx.step(work, "a"))
        group.create_task(ctx.step(work, "b"))


async def in_gather(io: IO, ctx: Context) -> Any:
    return await asyncio.gather(ctx.step(work, "a"), io.input.text("Beside"))


async def in_thread(io: IO, ctx: Context) -> Any:
    return await asyncio.to_thread(lambda: asyncio.run(ctx.step(work, "a")))


async def cancelled_task(io: IO, ctx: Context) -> Any:
    task = asyncio.create_task(ctx.step(work, "a"))
    await asyncio.sleep(0.2)
    task.cancel()
    await task


async def logging_task(io: IO, ctx: Context) -> Any:
    async def talk() -> None:
        for _ in range(20):
            await asyncio.sleep(0.05)
            await ctx.log("still here")

    talking = asyncio.create_task(talk())
    await io.input.text("Name")
    await talking


async def log_in_a_step(io: IO, ctx: Context) -> Any:
    async def talkative() -> None:
        await ctx.log("inside")

    await ctx.step(talkative)


async def left_behind(io: IO, ctx: Context) -> Any:
    task = asyncio.create_task(ctx.step(work, "a"))
    await asyncio.sleep(0.1)
    return task.done()


WRONG: dict[str, tuple[Callable[[IO, Context], Awaitable[Any]], str]] = {
    "asyncio.timeout": (in_timeout, ".timeout("),
    "asyncio.timeout, long": (in_long_timeout, ".timeout("),
    "asyncio.timeout, swallowed": (in_timeout_swallowed, ".timeout("),
    "wait_for": (in_wait_for, "timeout=…"),
    "TaskGroup": (in_group, "one by one"),
    "gather": (in_gather, "one by one"),
    "thread": (in_thread, "in another thread"),
    "task.cancel": (cancelled_task, "Don't interrupt"),
    "log from a task": (logging_task, "while the action waits"),
    "a task that is left": (left_behind, "before it returns"),
    "log in a step": (log_in_a_step, "To report from a step, return a value"),
}


@pytest.mark.parametrize("written", WRONG)
async def test_it_ends_in_an_error_that_says_what_to_write(bench: Bench, ann: Person, written: str) -> None:
    code, told = WRONG[written]
    done.clear()

    @action(slug="tools")
    async def tools(io: IO, ctx: Context) -> Any:
        return await code(io, ctx)

    [declared] = await bench.serve(tools)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.state is State.FAILED
    assert view.outcome and view.outcome.error and told in view.outcome.error
    assert len(done) == len(set(done)), "a step was begun twice"


async def test_what_works_goes_on_working(bench: Bench, ann: Person) -> None:
    @action(slug="tools")
    async def tools(io: IO, ctx: Context) -> list[Any]:
        shielded = await asyncio.shield(asyncio.ensure_future(ctx.step(work, "a")))
        in_a_task = await asyncio.create_task(ctx.step(work, "b"))
        async with asyncio.timeout(30):
            await asyncio.sleep(0)
        try:
            name = await io.input.text("Name")
        finally:
            last = await io.input.text("Last")
        return [shielded, in_a_task, name, last]

    [declared] = await bench.serve(tools)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="x")
    await bench.answer(transaction, 2, ann, value="y")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == ["a", "b", "x", "y"]

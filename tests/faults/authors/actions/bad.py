"""Actions of authors who do what they shouldn't, all of which run beside those of others."""

import asyncio
import sys
import time
from typing import Any

from restival import IO, Context, action


class Odd(Exception):
    """An error that can't be printed."""

    def __str__(self) -> str:
        raise ValueError("no text")


def unprintable() -> None:
    raise Odd


def first_free() -> int:
    return next(x for x in [1, 2, 3] if x > 5)


async def in_tasks() -> None:
    async def leave() -> None:
        sys.exit(3)

    await asyncio.gather(leave(), asyncio.sleep(0.1))


@action
async def exits(ctx: Context) -> None:
    await ctx.step(sys.exit, 2)


@action
async def exits_in_the_body() -> None:
    sys.exit("nothing to do")


@action
async def exits_in_a_task(ctx: Context) -> None:
    await ctx.step(in_tasks)


@action
async def interrupts() -> None:
    raise KeyboardInterrupt


@action
async def stops(ctx: Context) -> None:
    await ctx.step(first_free)


@action
async def cancels_itself() -> None:
    raise asyncio.CancelledError


@action
async def odd(ctx: Context) -> None:
    await ctx.step(unprintable)


@action
async def half_a_character() -> str:
    return "caf\udce9.txt"


@action
async def unrecordable(ctx: Context) -> Any:
    return await ctx.step(object)


@action
async def large(ctx: Context) -> int:
    return len(await ctx.step(lambda: "x" * 40_000_000))


@action
async def swallows(io: IO) -> int:
    while True:
        try:
            return int(await io.input.text("Age"))
        except:  # noqa: E722
            pass


@action
async def sleeps() -> str:
    time.sleep(3)  # noqa: ASYNC251
    return "slept"


@action
async def spins() -> str:
    end = time.monotonic() + 3
    while time.monotonic() < end:
        pass
    return "span"


@action
async def in_a_callback() -> str:
    asyncio.get_running_loop().call_soon(time.sleep, 3)
    await asyncio.sleep(0.1)
    return "slept"


@action
async def in_a_timeout(io: IO) -> str:
    async with asyncio.timeout(0.5):
        return await io.input.text("Quick!")


@action
async def in_a_group(ctx: Context) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(ctx.step(time.sleep, 0.1))
        group.create_task(ctx.step(time.sleep, 0.1))

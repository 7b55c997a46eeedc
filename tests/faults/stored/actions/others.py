"""Actions that wait for something other than an answer, or fail."""

import os
from typing import Any

from restival import IO, Context, Schedule, StepFailed, action

BROKEN = "STORED_BROKEN"
CRON = "STORED_CRON"


def charge() -> str:
    if os.environ.get(BROKEN):
        raise TimeoutError("the bank doesn't answer")
    return "charged"


def refuse() -> None:
    raise ValueError("no <b>money</b>")


@action
async def sleeping(io: IO, ctx: Context) -> str:
    await ctx.sleep(60)
    return "slept"


@action
async def retried(io: IO, ctx: Context) -> str:
    return await ctx.step(charge, retries=3, backoff=60)


@action(on_error="pause")
async def parked(io: IO, ctx: Context) -> str:
    name = await io.input.text("Name")
    if os.environ.get(BROKEN):
        raise ZeroDivisionError("mend me")
    return f"mended {name}"


@action
async def kept(io: IO, ctx: Context) -> dict[str, Any]:
    """Records values of Restival's own classes, then waits."""
    answers = await io.group(file=io.input.file("File"), note=io.input.text("Note"))
    decision = await io.approve("Pay?", roles=["finance"])
    file, votes, user, here = await ctx.step(
        lambda: (answers.file, decision, ctx.user, (ctx.action, ctx.transaction)), name="own values"
    )
    told = await ctx.step(lambda: answers, name="record")
    failed = ""
    try:
        await ctx.step(refuse)
    except StepFailed as error:
        failed = f"{error.error_type}: {error.message}"
    await ctx.log("a line", 1)
    await ctx.notify("a word", title="Hear")
    await ctx.loading.start("Loading", items_in_queue=2)
    await ctx.loading.complete_one()
    await io.display.table("Shown", data=[{"a": 1}])
    child = await ctx.queue("ask", {"kind": "text"}, assignee="ada@example.com", note="for you")
    moment, chance = await ctx.now(), ctx.random().random()
    last = await io.input.text("Last")
    return {
        "file": (await file.text(), type(file).__name__),
        "by": [vote.by.name for vote in votes.by],
        "user": user.name,
        "here": here[0].slug,
        "note": told["note"],
        "failed": failed,
        "child": child,
        "moment": moment.isoformat(),
        "chance": chance,
        "last": last,
    }


@action
async def failing(io: IO, ctx: Context) -> None:
    await ctx.step(refuse)


@action(schedule=Schedule(os.environ.get(CRON, "0 0 1 1 *"), title="ticks", run_as="ada@example.com"))
async def tick(io: IO, ctx: Context) -> str:
    return "ticked"

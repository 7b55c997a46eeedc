"""What other people do meanwhile."""

from restival import IO, Context, action


def work(name: str) -> str:
    return f"Hello, {name}!"


@action
async def greet(io: IO, ctx: Context) -> str:
    name = await io.input.text("Name")
    last = await io.input.text("Last name")
    return await ctx.step(work, f"{name} {last}")

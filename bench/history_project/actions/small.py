from restival import IO, Context, action


@action
async def small(io: IO, ctx: Context, number: int = 0) -> int:
    """Ends at once, or waits for an answer."""
    if number % 1_000 == 0:
        await io.input.text("Why?")
    if number % 10 == 1:
        raise ValueError(f"{number} can't be done")
    return number

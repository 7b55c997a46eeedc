from restival import IO, action


@action
async def waiting(io: IO) -> str:
    """Waits for an answer."""
    return await io.input.text("Why?")

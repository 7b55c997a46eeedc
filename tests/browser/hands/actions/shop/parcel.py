from restival import IO, action


@action(title="Send a parcel")
async def parcel(io: IO) -> str:
    """Asks where to."""
    return await io.input.text("Where to?")

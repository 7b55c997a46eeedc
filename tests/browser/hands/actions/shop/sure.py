from restival import IO, action


@action
async def sure(io: IO) -> str:
    """Asks for a yes, which hides the page."""
    return "sent" if await io.confirm("Send the parcel?", help_text="It can't be called back.") else "kept"

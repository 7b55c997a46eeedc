from restival import IO, action


@action(title="Pay salaries")
async def salaries(io: IO) -> str:
    """Pays everybody."""
    month = await io.input.text("Month")
    if month == "wrong":
        raise ValueError("there is no such month")
    return month

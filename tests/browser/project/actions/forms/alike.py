from restival import IO, action


@action
async def alike(io: IO) -> list[str]:
    """Questions that look alike, so that each takes the place of the one before."""
    first = await io.input.text("First", help_text="In short", max_length=5, placeholder="one")
    second = await io.input.text("Second", max_length=9, default_value="two")
    third = await io.input.text("Third", min_length=2).validate(lambda value: "Not this." if value == "no" else None)
    await io.display.markdown("Half of it.")
    fourth = await io.input.text("Fourth", min_length=2)
    return [first, second, third, fourth]

from restival import IO, action


@action
async def forms(io: IO) -> str:
    for number in range(1, 22):
        await io.input.text(f"Value {number}")
    return "done"

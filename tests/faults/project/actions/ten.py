import os
import time
import uuid
from pathlib import Path

from restival import IO, Context, action

ASKS = (1, 4, 7, 10)


def write(number: int) -> str:
    token = uuid.uuid4().hex
    time.sleep(0.06)
    with Path(os.environ["TEN_STEPS_FILE"]).open("a") as file:
        file.write(f"{number} {token}\n")
    time.sleep(0.06)
    return token


@action
async def ten(io: IO, ctx: Context) -> dict[str, object]:
    """Ten steps that each write a line, and four forms between them."""
    tokens, answers = [], []
    await ctx.loading.start("Ten steps", items_in_queue=10)
    for number in range(1, 11):
        if number in ASKS:
            answers.append(await io.input.text(f"Value {number}"))
        tokens.append(await ctx.step(write, number))
        await ctx.log(f"step {number}")
        await ctx.loading.complete_one()
    return {"answers": answers, "tokens": tokens}

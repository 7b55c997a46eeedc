import asyncio
import os
from pathlib import Path
from typing import Any

from restival import IO, action

TRIES = Path(os.environ["SHOP_DATABASE"]).with_name("tries")


async def quick() -> str:
    return "here at once"


async def late() -> str:
    await asyncio.sleep(1.5)
    return "here at last"


def broken() -> str:
    with TRIES.open("a") as file:
        file.write("x")
    if len(TRIES.read_text()) % 2:
        raise RuntimeError("no <b>connection</b>")
    return "mended"


def data() -> Any:
    return [
        {"label": "Name", "value": "Ada"},
        {"label": "Quick", "value": quick},
        {"label": "Broken", "value": broken},
        {"label": "Late", "value": late, "url": "https://example.com"},
    ]


@action(title="Slow values")
async def values(io: IO) -> str:
    """Values that are got while they are looked at."""
    answer = await io.group(about=io.display.metadata("In a form", data=data()), note=io.input.text("Note"))
    await io.display.metadata("Alone", data=data())
    return str(answer.note)

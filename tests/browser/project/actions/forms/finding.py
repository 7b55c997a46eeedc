import asyncio
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from restival import IO, action

NAMES = ["Ada Lovelace", "Adam Smith", "Alan Turing", "Barbara Liskov", "Grace Hopper", "Edsger Dijkstra"]


class Customer(BaseModel):
    name: str
    mail: str


CUSTOMERS = [Customer(name=name, mail=f"{name.split()[0].lower()}@example.com") for name in NAMES]


async def look_up(query: str) -> list[Customer]:
    if query == "broken" and not Path(os.environ["SHOP_DATABASE"]).with_name("mended").exists():
        raise RuntimeError("The directory is down.")
    if query.startswith("slow"):
        await asyncio.sleep(0.4)
        return CUSTOMERS[3:4] if query == "slow" else CUSTOMERS[4:5]
    return [customer for customer in CUSTOMERS if query.lower() in customer.name.lower()]


def render(customer: Customer) -> dict[str, Any]:
    return {"label": customer.name, "description": customer.mail}


@action
async def finding(io: IO) -> dict[str, Any]:
    """Finds people by name."""
    answer = await io.group(
        customer=io.search("Customer", on_search=look_up, render_result=render, help_text="By name."),
        friends=io.search("Friends", on_search=look_up, render_result=render, initial_results=CUSTOMERS[:2])
        .multiple()
        .optional(),
        note=io.input.text("Note").optional(),
    )
    fixed = await io.group(
        [io.search("Fixed", on_search=look_up, render_result=render, default_value=CUSTOMERS[1], disabled=True)]
    )
    return {
        "customer": answer.customer.mail,
        "friends": ", ".join(friend.name for friend in answer.friends or []),
        "fixed": fixed[0].name,
    }

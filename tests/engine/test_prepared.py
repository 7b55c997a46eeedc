"""What is recorded before something is shown, on the real Restate server."""

import asyncio
from typing import Any

from restival import IO, Person, action
from tests.conftest import Bench

SUSPENDED = 2.5
CALLS: list[str] = []


async def slow() -> str:
    CALLS.append("slow")
    await asyncio.sleep(0.05)
    return f"loaded {CALLS.count('slow')} times"


def broken() -> str:
    raise RuntimeError("no connection")


@action
async def overview(io: IO) -> str:
    """Shows values that functions give."""
    data: Any = [
        {"label": "Name", "value": "Ada"},
        {"label": "Orders", "value": slow},
        {"label": "Debts", "value": broken},
    ]
    await io.display.metadata("Customer", data=data)
    return await io.input.text("Note")


async def test_values_of_functions_are_loaded_once_and_a_broken_one_is_told(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(overview)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 2)
    values = view.items[1].fields[0].props["data"]
    assert [item.get("value") for item in values] == ["Ada", "loaded 1 times", None]
    assert values[2]["error"] == "Loading failed: no connection"
    assert not any(item.get("loading") for item in values)
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 2, ann, value="x")
    view = await bench.ended(transaction)
    assert view.items[1].fields[0].props["data"][1]["value"] == "loaded 1 times" and CALLS == ["slow"]

import os
import sqlite3
from datetime import UTC, datetime
from typing import Any

from restival import IO, action


def charges() -> list[dict[str, Any]]:
    with sqlite3.connect(os.environ["FORGIVING_DATABASE"]) as database:
        return [{"id": row[0], "amount": row[1]} for row in database.execute("SELECT id, amount FROM charges")]


@action
async def forgiving(io: IO) -> dict[str, Any]:
    """Reads its database and the clock in its body, without a step."""
    await io.display.heading(f"Charges at {datetime.now(UTC)}")
    [charge] = await io.select.table("Charge", data=charges(), min_selections=1, max_selections=1)
    reason = await io.input.text(f"Why, at {datetime.now(UTC)}?")
    return {"charge": charge, "reason": reason}

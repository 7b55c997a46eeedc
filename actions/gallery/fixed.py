"""Fields that show a value and can't be changed."""

import datetime as dt
from typing import Any

from restival import IO, action

OWNERS = ["Ada Lovelace", "Grace Hopper", "Radia Perlman"]
LINES = [
    {"article": "Tea", "amount": 2, "sent": "yes"},
    {"article": "Cup", "amount": 1, "sent": "yes"},
    {"article": "Pot", "amount": 1, "sent": "no"},
]
LIMITS = {"retries": 3, "timeout": 30}


@action(title="Read-only fields", icon="lock")
async def fixed(io: IO) -> dict[str, Any]:
    """What `disabled` makes of each field: its default is shown, and is its value."""
    await io.display.heading("An order that was sent", description="Only the remark can still be written.")
    order = await io.group(
        mail=io.input.email("Mail address", default_value="ada@example.com", disabled=True),
        site=io.input.url("Tracked at", default_value="https://example.com/parcels/1042", disabled=True),
        owner=io.search("Handled by", on_search=find, default_value=OWNERS[1], disabled=True),
        topics=io.input.tags("Topics", default_value=["fragile", "insured"], disabled=True),
        paid=io.input.boolean("Paid", default_value=True, disabled=True),
        discount=io.input.slider("Discount in percent", min=0, max=50, default_value=15, disabled=True),
        lines=io.select.table("Sent", data=LINES, initially_selected=lambda line: line["sent"] == "yes", disabled=True),
        remark=io.input.text("Remark").optional(),
    )
    await io.group(
        phone=io.input.phone("Phone", default_value="+4915112345678", disabled=True),
        day=io.input.date("Sent on", default_value=dt.date(2026, 5, 4), disabled=True),
        hour=io.input.time("Fetched at", default_value=dt.time(9, 30), disabled=True),
        moment=io.input.datetime("Due", default_value=dt.datetime(2026, 5, 6, 12), disabled=True),
        colour=io.input.color("Colour of the label", default_value="#0f766e", disabled=True),
        letter=io.input.rich_text("Letter", default_value="<p>Dear <b>Ada</b>, it is on its way.</p>", disabled=True),
        query=io.input.code("Found by", language="SQL", default_value="SELECT * FROM orders", lines=2, disabled=True),
        receipt=io.input.file("Signed receipt", help_text="It was handed in on paper.", disabled=True).optional(),
        limits=io.input.json("Limits", default_value=LIMITS, lines=4, disabled=True),
    )
    return {"remark": order.remark}


def find(query: str) -> list[str]:
    return [owner for owner in OWNERS if query.lower() in owner.lower()]

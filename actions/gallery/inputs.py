"""Every way to ask for a value."""

import datetime as dt
from typing import Any

from restival import IO, action


@action(title="Inputs", icon="edit_note")
async def inputs(io: IO) -> dict[str, Any]:
    """Every field to fill in, with its keywords."""
    words = await io.group(
        about=io.display.heading("Words", description="One line, several lines, and formatted text."),
        name=io.input.text("Name", placeholder="Ada Lovelace", help_text="As in the passport.", max_length=40),
        notes=io.input.text("Notes", multiline=True, lines=3).optional(),
        mail=io.input.email("Mail address", default_value="ada@example.com"),
        site=io.input.url("Website", placeholder="https://example.com", allowed_protocols=["https"]).optional(),
        letter=io.input.rich_text("Letter", default_value="<p>Dear <b>Ada</b>,</p>", help_text="Sent as it looks."),
        topics=io.input.tags("Topics", suggestions=["billing", "delivery", "returns"], max_tags=4).optional(),
        fixed=io.input.text("Customer number", default_value="K-1042", disabled=True),
    )
    numbers = await io.group(
        about=io.display.heading("Numbers", description="Typed, or dragged on a scale."),
        guests=io.input.number("Guests", min=1, max=12, default_value=2),
        price=io.input.number("Price", currency="EUR", help_text="What the customer pays."),
        weight=io.input.number("Weight", prepend="kg", decimals=3).optional(),
        discount=io.input.slider("Discount in percent", min=0, max=50, step=5, default_value=10),
        share=io.input.slider("Share", min=0, max=1, step=0.05, help_text="Between none and all.").optional(),
        member=io.input.boolean("Is a member", help_text="Members pay no shipping."),
    )
    times = await io.group(
        about=io.display.heading("Times and colours"),
        day=io.input.date("Day", min=dt.date(2020, 1, 1), default_value=dt.date(2026, 5, 1)),
        hour=io.input.time("Hour", min=dt.time(8), max=dt.time(18)).optional(),
        moment=io.input.datetime("Moment").optional(),
        colour=io.input.color("Colour", default_value="#4f46e5", help_text="Of the label."),
    )
    texts = await io.group(
        about=io.display.heading("For engineers", description="Kept as they are typed; JSON is checked."),
        query=io.input.code("Query", language="SQL", lines=4, default_value="SELECT name\nFROM customers\nLIMIT 10"),
        settings=io.input.json(
            "Settings",
            lines=5,
            default_value={"retries": 3},
            schema={"type": "object", "properties": {"retries": {"type": "integer", "maximum": 10}}},
        ),
        key=io.input.password("API key", min_length=8, help_text="Encrypted, and shown to nobody."),
    )
    return {**words, **numbers, **times, **texts}

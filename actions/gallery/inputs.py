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
        mail=io.input.email(
            "Mail address",
            default_value="ada@example.com",
            placeholder="name@example.com",
            help_text="Checked for its form.",
        ),
        phone=io.input.phone(
            "Phone",
            country="DE",
            default_value="+4915112345678",
            help_text="For questions about the delivery.",
        ).optional(),
        site=io.input.url(
            "Website",
            default_value="https://example.com",
            placeholder="https://",
            allowed_protocols=["https"],
            help_text="Only https.",
        ).optional(),
        letter=io.input.rich_text(
            "Letter",
            default_value="<p>Dear <b>Ada</b>,</p>",
            placeholder="Write a letter",
            help_text="Sent as it looks.",
        ),
        topics=io.input.tags(
            "Topics",
            default_value=["billing"],
            suggestions=["billing", "delivery", "returns"],
            max_tags=4,
            placeholder="Type and press Enter",
            help_text="Up to four.",
        ).optional(),
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
        day=io.input.date(
            "Day",
            min=dt.date(2020, 1, 1),
            max=dt.date(2029, 12, 31),
            default_value=dt.date(2026, 5, 1),
            help_text="In this decade.",
        ),
        hour=io.input.time(
            "Hour",
            min=dt.time(8),
            max=dt.time(18),
            default_value=dt.time(9, 30),
            help_text="While the shop is open.",
        ).optional(),
        moment=io.input.datetime(
            "Moment",
            min=dt.datetime(2026, 1, 1),
            max=dt.datetime(2026, 12, 31, 23, 59),
            default_value=dt.datetime(2026, 5, 1, 9, 30),
            help_text="Some time in 2026.",
        ).optional(),
        colour=io.input.color("Colour", default_value="#4f46e5", help_text="Of the label."),
    )
    texts = await io.group(
        about=io.display.heading("For engineers", description="Kept as they are typed; JSON is checked."),
        query=io.input.code(
            "Query",
            language="SQL",
            lines=4,
            max_length=2_000,
            placeholder="SELECT …",
            default_value="SELECT name\nFROM customers\nLIMIT 10",
            help_text="It isn't run here.",
        ),
        settings=io.input.json(
            "Settings",
            help_text="At most 10 retries.",
            lines=5,
            default_value={"retries": 3},
            schema={"type": "object", "properties": {"retries": {"type": "integer", "maximum": 10}}},
        ),
        key=io.input.password(
            "API key",
            placeholder="8 characters or more",
            min_length=8,
            max_length=80,
            help_text="Encrypted, and shown to nobody.",
        ),
    )
    return {**words, **numbers, **times, **texts}

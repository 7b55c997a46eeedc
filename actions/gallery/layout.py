from typing import Any

from restival import IO, action


@action(title="Layouts", icon="dashboard")
async def layouts(io: IO) -> dict[str, Any]:
    """Fields beside each other, in cards, behind tabs: the value stays flat."""
    event = await io.group(
        name=io.input.text("Name of the event", placeholder="Summer party"),
        when=io.layout.row(
            day=io.input.date("Day"),
            start=io.input.time("From"),
            end=io.input.time("To").optional(),
        ),
        rule=io.layout.divider(),
        place=io.layout.card(
            "Place",
            help_text="Where guests come to.",
            where=io.layout.columns(
                building=io.input.text("Building"),
                room=io.input.text("Room").optional(),
                seats=io.input.number("Seats", min=1, max=500, default_value=40),
                access=io.input.boolean("Step-free access", default_value=True),
            ),
        ),
        more=io.layout.expansion(
            "Catering",
            help_text="Leave it folded if nobody eats.",
            open=False,
            food=io.input.text("Food").optional(),
            drinks=io.input.text("Drinks").optional(),
        ),
    )
    people = await io.group(
        about=io.layout.tabs(
            [
                io.layout.section(
                    "Host",
                    line=io.layout.row(first=io.input.text("First name"), last=io.input.text("Last name")),
                    email=io.input.email("Email"),
                ),
                io.layout.section(
                    "Guests",
                    help_text="Roughly is enough.",
                    adults=io.input.number("Adults", min=1),
                    children=io.input.number("Children", min=0).optional(),
                ),
                io.layout.section(
                    "Billing",
                    billing=io.layout.columns(
                        count=3,
                        centre=io.input.text("Cost centre"),
                        order=io.input.text("Order number").optional(),
                        budget=io.input.number("Budget", currency="EUR").optional(),
                    ),
                ),
            ]
        ),
        notes=io.layout.section("Anything else", note=io.input.text("Note", multiline=True, lines=3).optional()),
    )
    return {key: str(value) for key, value in (event | people).items() if value is not None}

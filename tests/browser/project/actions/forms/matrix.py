"""Every field of one line or of options, in each of its states: what tests/browser/test_matrix.py walks through."""

import datetime as dt
from typing import Any

from restival import IO, action

CITIES = [f"City {n}" for n in range(12)]
KINDS: dict[str, tuple[Any, dict[str, Any], Any]] = {
    "Text": (IO.input.text, {}, "Ada"),
    "Paragraph": (IO.input.text, {"multiline": True}, "Two\nlines"),
    "Mail": (IO.input.email, {}, "ada@example.com"),
    "Count": (IO.input.number, {"min": 1, "max": 9}, 5),
    "Price": (IO.input.number, {"decimals": 2, "currency": "EUR"}, 12.5),
    "Site": (IO.input.url, {}, "https://example.com/a"),
    "Day": (IO.input.date, {"min": dt.date(2020, 1, 1)}, dt.date(2026, 5, 4)),
    "Hour": (IO.input.time, {"min": dt.time(8)}, dt.time(9, 30)),
    "Moment": (IO.input.datetime, {"min": dt.datetime(2020, 1, 1)}, dt.datetime(2026, 5, 4, 9, 30)),
    "Colour": (IO.input.color, {}, "#0f766e"),
    "Query": (IO.input.code, {}, "SELECT 1"),
    "Limits": (IO.input.json, {}, {"retries": 3}),
    "Topics": (IO.input.tags, {}, ["late"]),
    "Letter": (IO.input.rich_text, {}, "<p>Dear Ada</p>"),
    "Plan": (IO.select.single, {"options": ["Free", "Team"]}, "Team"),
    "City": (IO.select.single, {"options": CITIES, "searchable": True}, "City 7"),
    "Days": (IO.select.multiple, {"options": ["Mon", "Tue"], "min_selections": 1}, ["Tue"]),
}


async def asked(io: IO, *, default: bool = False, disabled: bool = False, optional: bool = False) -> dict[str, Any]:
    fields = {}
    for label, (make, own, value) in KINDS.items():
        given = {"default_value": value} if default else {}
        if disabled:
            given["disabled"] = True
        if optional and label == "Days":
            own = {"options": own["options"]}
        field = make(label, help_text=f"About {label}.", **own, **given)
        fields[label.lower()] = field.optional() if optional else field
    return dict(await io.group(**fields))


@action
async def matrix_required(io: IO) -> dict[str, Any]:
    """Required and empty."""
    return await asked(io)


@action
async def matrix_default(io: IO) -> dict[str, Any]:
    """Required, with defaults."""
    return await asked(io, default=True)


@action
async def matrix_disabled(io: IO) -> dict[str, Any]:
    """Read-only, with defaults."""
    return await asked(io, default=True, disabled=True)


@action
async def matrix_optional(io: IO) -> dict[str, Any]:
    """Optional and empty."""
    return await asked(io, optional=True)


@action
async def matrix_zoned(io: IO) -> str:
    """A moment that has a time zone."""
    return (
        await io.input.datetime("Meeting", default_value=dt.datetime(2026, 5, 4, 9, 30, 0, 5, tzinfo=dt.UTC))
    ).isoformat()

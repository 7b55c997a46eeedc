from typing import Any

from restival import IO, action

PLANS = [
    {"label": "Free", "value": "free", "description": "One project"},
    {"label": "Team", "value": "team", "description": "Ten <b>projects</b>", "image": "/favicon.ico"},
]
CITIES = [f"City {n:02}" for n in range(1, 31)]


@action
async def selects(io: IO) -> dict[str, Any]:
    """All selects in one form."""
    answered = await io.group(
        plan=io.select.single("Plan", options=PLANS, help_text="It can be changed.", default_value="free"),
        reach=io.select.single("Reach", options=["Mail", "Phone"]).optional(),
        city=io.select.single("City", options=CITIES, searchable=True, placeholder="Type a city"),
        region=io.select.single("Region", options=["North", "South"], default_value="South", disabled=True),
        days=io.select.multiple("Days", options=["Mon", "Tue", "Wed"], help_text="When?"),
        pair=io.select.multiple("Pair", options=["a", "b", "c"], min_selections=2, max_selections=2),
        seen=io.select.multiple("Seen", options=CITIES, default_value=["City 03"], max_selections=3),
        offices=io.select.single("Offices", options=CITIES).multiple(),
        fixed=io.select.multiple("Fixed", options=CITIES, default_value=["City 07", "City 08"], disabled=True),
    )
    answered["plan"] = answered.plan["value"]
    return {key: str(value) for key, value in answered.items()}


@action
async def numbers(io: IO) -> dict[str, Any]:
    """Numbers and texts with limits."""
    answered = await io.group(
        price=io.input.number("Price", currency="EUR", min=-5000, max=2_000_000, default_value=1250000.5),
        yen=io.input.number("Yen", currency="JPY", help_text="Without decimals.").optional(),
        year=io.input.number("Year", default_value=2026, disabled=True),
        code=io.input.text("Code", min_length=3, max_length=6),
        letter=io.input.text("Letter", multiline=True, max_length=10, help_text="Short.").optional(),
    )
    return {key: str(value) for key, value in answered.items()}


@action
async def sheet(io: IO) -> list[dict[str, Any]]:
    """A spreadsheet in a group."""
    answered = await io.group(
        note=io.input.text("Note").optional(),
        people=io.input.spreadsheet(
            "People",
            columns={"name": "string", "age": "number?", "member": "boolean"},
            help_text="Everybody who comes.",
        ),
        rates=io.input.spreadsheet("Rates", columns={"rate": "number"}, default_value=[{"rate": 2.5}], disabled=True),
        extra=io.input.spreadsheet("Extra", columns={"thing": "string"}).optional(),
    )
    assert answered.rates == [{"rate": 2.5}]
    assert answered.extra is None
    return answered.people


@action
async def many_rows(io: IO) -> str:
    """A spreadsheet for a long import."""
    rows = await io.input.spreadsheet("People", columns={"name": "string", "age": "number", "member": "boolean?"})
    return f"{len(rows)} rows, {sum(row['age'] for row in rows)} years, {rows[-1]}"

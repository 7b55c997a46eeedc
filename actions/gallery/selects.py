from enum import Enum
from typing import Any

from restival import IO, action

PLANS = [
    {"label": "Free", "value": "free", "description": "One project, community support"},
    {"label": "Team", "value": "team", "description": "Ten projects, answers within a day"},
    {"label": "Company", "value": "company", "description": "No limits, a person you know by name"},
]
TILE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><rect width='8' height='8' "
    "fill='%23{colour}'/><circle cx='4' cy='4' r='2' fill='white' fill-opacity='.8'/></svg>"
)
FINISHES = [
    {"label": label, "value": label.lower(), "description": about, "image": TILE.format(colour=colour)}
    for label, about, colour in (
        ("Moss", "Matt green, for outdoors", "4d7c0f"),
        ("Brick", "Warm red with a grain", "b45309"),
        ("Slate", "Dark and smooth", "334155"),
        ("Sky", "Light blue, glossy", "0ea5e9"),
        ("Straw", "Light and woven", "ca8a04"),
        ("Plum", "Deep violet, like velvet", "86198f"),
    )
]
COUNTRIES = [
    *("Argentina", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Chile", "Denmark", "Finland", "France"),
    *("Germany", "Greece", "India", "Ireland", "Italy", "Japan", "Mexico", "Netherlands", "Norway", "Poland"),
    *("Portugal", "Singapore", "Spain", "Sweden", "Switzerland", "Uruguay", "Vietnam"),
]


class Channel(Enum):
    MAIL = "Mail"
    PHONE = "Phone"
    CHAT = "Chat"


@action(title="Selects, numbers and text", icon="checklist")
async def selects(io: IO) -> dict[str, Any]:
    """Choose one or several of few or many options, with descriptions and pictures; numbers, money and text."""
    one = await io.group(
        intro=io.display.heading("One of several", description="Few options are shown at once, many are a menu."),
        plan=io.select.single("Plan", options=PLANS, default_value="team", help_text="It can be changed every month."),
        channel=io.select.single("How may we reach you?", options=list(Channel)).optional(),
        country=io.select.single("Country", options=COUNTRIES, searchable=True, placeholder="Type to find one"),
        finish=io.select.single("Finish", options=FINISHES),
        region=io.select.single("Region", options=["Europe", "Asia"], default_value="Europe", disabled=True),
    )
    several = await io.group(
        intro=io.display.heading("Several of several", description="Limits are told before and after."),
        days=io.select.multiple("Days", options=["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
        finishes=io.select.multiple(
            "Samples", options=FINISHES[:4], min_selections=1, max_selections=2, help_text="Free of charge."
        ),
        visited=io.select.multiple(
            "Countries",
            options=COUNTRIES,
            searchable=True,
            default_value=["Italy", "Japan"],
            placeholder="Type to find some",
        ),
        offices=io.select.single("Offices", options=COUNTRIES[:14], searchable=True).multiple(default_value=["Brazil"]),
        fixed=io.select.multiple("Languages", options=["English", "Spanish"], default_value=["English"], disabled=True),
    )
    numbers = await io.group(
        intro=io.display.heading("Numbers", description="Groups of digits show while a number isn't edited."),
        people=io.input.number("People", min=1, max=500, default_value=12, help_text="Between 1 and 500."),
        change=io.input.number("Change in degrees", min=-40, max=60, decimals=1, placeholder="-3.5"),
        budget=io.input.number("Budget", currency="EUR", min=0, default_value=1250000.5),
        deposit=io.input.number("Deposit", currency="JPY").optional(),
        weight=io.input.number("Weight", prepend="kg", decimals=3).optional(),
        year=io.input.number("Year", default_value=2026, disabled=True),
    )
    words = await io.group(
        intro=io.display.heading("Text", description="Lengths are told while you type."),
        code=io.input.text("Code word", min_length=4, max_length=12, placeholder="4 to 12 characters"),
        letter=io.input.text(
            "Letter", multiline=True, lines=5, max_length=400, help_text="It is printed on a card."
        ).optional(),
        sender=io.input.text("Sender", default_value="The Restival demo", disabled=True),
    )
    one["plan"], one["finish"] = one.plan["label"], one.finish["label"]
    several["finishes"] = [finish["label"] for finish in several.finishes]
    answered = {**one, **several, **numbers, **words}
    return {key: value for key, value in answered.items() if key != "intro"}

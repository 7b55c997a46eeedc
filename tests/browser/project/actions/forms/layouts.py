from typing import Any

from restival import IO, action


@action
async def laid_out(io: IO) -> dict[str, Any]:
    """Fields in layouts."""
    record = await io.group(
        name=io.input.text("Name"),
        tabs=io.layout.tabs(
            [
                io.layout.section(
                    "Person", line=io.layout.row(first=io.input.text("First"), last=io.input.text("Last"))
                ),
                io.layout.section("Work", team=io.input.text("Team")),
                io.layout.section("Notes", note=io.input.text("Note").optional()),
            ]
        ),
        more=io.layout.expansion(
            "More", box=io.layout.card("Shoes", help_text="In EU sizes", size=io.input.number("Size"))
        ),
        rule=io.layout.divider(),
        grid=io.layout.columns(count=3, a=io.input.text("A").optional(), b=io.input.text("B").optional()),
    )
    return {key: str(value) for key, value in record.items()}


@action
async def shown_in_columns(io: IO) -> str:
    """Displays beside each other."""
    await io.group(
        [io.layout.columns([io.display.heading("On the left"), io.layout.card("Card", [io.display.heading("Within")])])]
    )
    return "shown"

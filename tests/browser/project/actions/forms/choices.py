from typing import Any

from restival import IO, action


@action
async def choices(io: IO) -> dict[str, Any]:
    """Forms with buttons of their own."""
    choice, name = await io.input.text("Name").with_choices(
        [
            "Save",
            {"label": "Save as draft", "theme": "secondary"},
            {"label": "Delete", "value": "gone", "theme": "danger"},
        ]
    )
    seen, _ = await io.display.heading("Please look").with_choices(["Seen"])
    return {"choice": choice, "name": name, "seen": seen}

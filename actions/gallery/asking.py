from typing import Any

from restival import IO, action


@action(title="Questions before something happens", icon="help")
async def questions(io: IO) -> dict[str, Any]:
    """A yes or no, and a yes that only the person themselves can give."""
    sure = await io.confirm("Archive 12 orders?", help_text="They can be brought back for 30 days.")
    shown = await io.confirm_identity("Delete them for good?", help_text="This can't be undone.", grace_period=60)
    return {"archive": sure, "delete": shown}

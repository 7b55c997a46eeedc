from typing import Any

from restival import IO, Context, action


@action(title="Refund a charge")
async def refund(io: IO, ctx: Context) -> dict[str, Any]:
    """Gives money back."""
    amount = await io.input.number("Amount")
    sure = await io.confirm_identity("Really pay?", help_text="This can't be undone.", grace_period=2)
    return {"amount": amount, "sure": sure}


@action(title="Quick check")
async def check(io: IO) -> bool:
    """Confirms who somebody is, within the grace period."""
    return await io.confirm_identity("Is it you?")


@action(title="Only for support", roles=["support"])
async def only_support(io: IO) -> str:
    """Support's own."""
    return await io.input.text("Note")

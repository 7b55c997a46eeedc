from typing import Any

from restival import IO, Context, action


@action(title="Pay an invoice")
async def pay(io: IO, ctx: Context, amount: int) -> dict[str, Any]:
    """Two people of finance agree, and one of them pays."""
    decision = await io.approve(f"Pay {amount}?", help_text="Invoice 7", roles=["finance"], quorum=2)
    if not decision.approved:
        return {"paid": False, "why": decision.by[-1].comment}
    reference = await io.input.text("Reference").assign("finance").remind(1)
    return {"reference": reference, "by": ctx.user.name}

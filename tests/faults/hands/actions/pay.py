from typing import Any

from restival import IO, Context, TimedOut, action


@action
async def pay(io: IO, ctx: Context, amount: int) -> dict[str, Any]:
    decision = await io.approve(f"Pay {amount}?", roles=["finance"], quorum=2).remind(600).timeout(3600)
    reference = await io.input.text("Reference").assign("finance").timeout(3600)
    given = await io.input.text("Nobody?").timeout(1, on_timeout="nothing")
    try:
        await io.confirm("Really?").assign("ada@example.com").remind(0.4).timeout(2)
    except TimedOut as late:
        return {
            "votes": [vote.by.name for vote in decision.by],
            "reference": reference,
            "given": given,
            "late": late.label,
            "user": ctx.user.name,
        }
    return {}

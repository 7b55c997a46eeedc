"""An expense: somebody submits it, others approve it, and then it is paid."""

from datetime import timedelta
from typing import Any

from restival import IO, Context, action

MANY_EYES_FROM = 1_000
"""Euros from which on two people have to agree."""


@action(title="Claim an expense", icon="receipt_long")
async def expense(io: IO, ctx: Context) -> dict[str, Any]:
    """Asks for an expense, has finance approve it (two people from 1,000 € on), and pays it."""
    claim = await io.group(
        what=io.input.text("What was it for?", placeholder="Train to Vienna"),
        amount=io.input.number("Amount", min=1, currency="EUR"),
        receipt=io.input.file("Receipt", allowed_extensions=[".pdf", ".png", ".jpg"]).optional(),
    )
    await io.display.metadata(
        "Expense",
        data=[
            {"label": "For", "value": claim.what},
            {"label": "Amount", "value": f"{claim.amount:,.2f} €"},
            {"label": "By", "value": ctx.user.name},
        ],
    )
    decision = await (
        io.approve(
            f"Pay {claim.amount:,.2f} € to {ctx.user.name}?",
            help_text=claim.what,
            roles=["finance"],
            quorum=2 if claim.amount >= MANY_EYES_FROM else 1,
        )
        .remind(timedelta(days=2))
        .timeout(timedelta(days=14), on_timeout=None)
    )
    if decision is None or not decision.approved:
        return {"paid": False, "why": decision.by[-1].comment if decision else "Nobody has decided within two weeks."}
    reference = await io.input.text("Reference of the payment").assign("finance").optional()
    receipt = await ctx.step(pay, ctx.user.name, claim.amount, reference)
    return {"paid": True, **receipt, "approved by": ", ".join(vote.by.name for vote in decision.by)}


def pay(name: str, amount: float, reference: str | None) -> dict[str, Any]:
    """Where a real one would call the bank."""
    return {"to": name, "amount": amount, "reference": reference or f"EXP-{round(amount * 100)}"}

from typing import Any

from restival import IO, Context, action

TRIES: list[str] = []


async def look_up(name: str) -> dict[str, Any]:
    return {"customer": name, "inner": "only for managers"}


async def charge(pin: str) -> str:
    TRIES.append(pin)
    if len(TRIES) % 2:
        raise ConnectionError("the bank is closed")
    return "receipt-17"


@action(title="Charge a card", unlisted=True)
async def charge_a_card(io: IO, ctx: Context) -> str:
    """Has a step that fails at first."""
    found = await ctx.step(look_up, "Grace")
    asked = await io.group(reason=io.input.text("Reason"), pin=io.input.password("PIN"))
    await ctx.log("for", asked.reason)
    receipt = await ctx.step(charge, "…", retries=2, backoff=300)
    return f"{found['customer']}: {receipt}"

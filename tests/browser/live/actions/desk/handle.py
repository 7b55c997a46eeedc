from actions._orders import handle

from restival import IO, Context, action


@action(title="Handle an order", slug="handle")
async def handle_order(io: IO, ctx: Context, number: int) -> str:
    """Marks an order as handled."""
    await ctx.step(handle, number)
    return f"Order {number} is handled"

import asyncio
from typing import Any

from actions._shop import rows, shop
from restival import IO, Context, action


@action(title="Sales by month", icon="insights", schedule="0 7 1 * *", timezone="Europe/Berlin")
async def sales(io: IO, ctx: Context, months: int = 6) -> list[dict[str, Any]]:
    """A long report: each month is a step of its own, so that it goes on where it was after a restart."""
    found = await ctx.step(months_with_sales, months)
    await ctx.loading.start("Adding up", description="month by month", items_in_queue=len(found))
    report = []
    for month in found:
        total = await ctx.step(add_up, month, name=f"Add up {month}")
        await ctx.log(f"{month}: {total['charges']} charges")
        await ctx.loading.complete_one()
        report.append({"month": month, **total})
    return report


def months_with_sales(most: int) -> list[str]:
    query = "SELECT DISTINCT substr(charged_at, 1, 7) AS month FROM charges ORDER BY month DESC LIMIT ?"
    with shop() as database:
        return [row["month"] for row in rows(database, query, most)]


async def add_up(month: str) -> dict[str, Any]:
    await asyncio.sleep(0.7)  # what a real warehouse would take
    query = (
        "SELECT count(*) AS charges, round(sum(amount) / 100.0, 2) AS euros, "
        "round(sum(refunded) / 100.0, 2) AS refunded FROM charges WHERE substr(charged_at, 1, 7) = ?"
    )
    with shop() as database:
        return rows(database, query, month)[0]

from typing import Any

from pydantic import EmailStr

from actions._shop import rows, shop
from restival import IO, Context, action


@action(title="Refund a charge", icon="payments")
async def refund(io: IO, ctx: Context, email: EmailStr | None = None) -> dict[str, Any] | str:
    """Find a customer's charge and give the money back.

    Leave the address empty to be shown the customers.
    """
    customer = await find_customer(io, ctx, email)
    charges = await ctx.step(open_charges, customer["id"])
    if not charges:
        return f"{customer['name']} has no charge that could be refunded."
    [charge] = await io.select.table(
        f"Which charge of {customer['name']}?",
        data=charges,
        columns=[
            {"label": "Item", "accessor_key": "item"},
            {"label": "Amount", "render_cell": lambda row: euros(row["amount"])},
            {"label": "Charged", "render_cell": lambda row: row["charged_at"].replace("T", " ")[:16]},
        ],
        min_selections=1,
        max_selections=1,
    )
    refund = await io.group(
        amount=io.input.number(
            "Amount", currency="EUR", min=0.01, max=charge["amount"] / 100, default_value=charge["amount"] / 100
        ),
        reason=io.select.single("Reason", options=["Damaged", "Late", "Wrong item", "Goodwill"]),
        note=io.input.text("Note to the customer", multiline=True, max_length=500).optional(),
    )
    cents = round(refund.amount * 100)
    if not await io.confirm(f"Refund {euros(cents)} to {customer['name']}?", help_text="This can't be undone."):
        return "Nothing was refunded."
    receipt = await ctx.step(give_back, charge["id"], cents, retries=3)
    await ctx.log(f"Refunded {euros(cents)} for {charge['item']}")
    return {"customer": customer["name"], "item": charge["item"], "refunded": euros(cents), "receipt": receipt}


async def find_customer(io: IO, ctx: Context, email: str | None) -> dict[str, Any]:
    customers = await ctx.step(all_customers)
    if email is None:
        [chosen] = await io.select.table(
            "Customer", data=customers, columns=["name", "email", "plan"], min_selections=1, max_selections=1
        )
        return chosen
    while (found := next((row for row in customers if row["email"] == email.lower()), None)) is None:
        email = await io.input.email(
            "Customer email", default_value=email, help_text=f"Nobody has {email}. Try {customers[0]['email']}."
        )
    return found


def all_customers() -> list[dict[str, Any]]:
    with shop() as database:
        return rows(database, "SELECT * FROM customers ORDER BY name")


def open_charges(customer: int) -> list[dict[str, Any]]:
    query = "SELECT * FROM charges WHERE customer = ? AND refunded < amount ORDER BY charged_at DESC"
    with shop() as database:
        return rows(database, query, customer)


def give_back(charge: int, cents: int) -> str:
    with shop() as database:
        database.execute("UPDATE charges SET refunded = min(amount, refunded + ?) WHERE id = ?", (cents, charge))
    return f"R-{charge:05d}-{cents}"


def euros(cents: int) -> str:
    return f"€{cents / 100:,.2f}"

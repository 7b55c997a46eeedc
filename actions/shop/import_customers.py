import csv
from typing import Any, Literal

from pydantic import BaseModel, EmailStr, ValidationError

from actions._shop import shop
from restival import IO, Context, action

EXAMPLE = """name,email,plan
Mara Vogel,mara.vogel@example.com,plus
Noah Weiss,noah.weiss@example,team
Olga Petrova,olga.petrova@example.com,gold
Pablo Cruz,pablo.cruz@example.com,free"""


class Customer(BaseModel):
    name: str
    email: EmailStr
    plan: Literal["free", "plus", "team"]


@action(title="Import customers", icon="group_add")
async def import_customers(io: IO, ctx: Context) -> list[dict[str, Any]] | str:
    """Paste a CSV file. Good rows are taken one by one; at each bad one the import waits for you."""
    text = await io.input.text(
        "CSV with the columns name, email and plan", multiline=True, lines=8, default_value=EXAMPLE
    ).validate(lambda value: None if "email" in value.split("\n")[0] else "The first line has to name the columns.")
    table = list(csv.DictReader(text.splitlines()))
    await ctx.loading.start("Importing customers", items_in_queue=len(table))
    outcome = []
    for number, row in enumerate(table, 1):
        customer, status = await checked(io, number, row)
        if customer is not None:
            status = await ctx.step(save, customer)
        await ctx.log(f"Row {number}: {row.get('email')}: {status}")
        await ctx.loading.complete_one()
        outcome.append({"row": number, **row, "outcome": status})
    return outcome or "The file has no rows."


async def checked(io: IO, number: int, row: dict[str, Any]) -> tuple[Customer | None, str]:
    """The row as a customer, mended by a person where it must be; None where it is left out."""
    try:
        return Customer.model_validate(row), "new"
    except ValidationError as error:
        wrong = ", ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
    mend = await io.group(
        about=io.display.markdown(f"**Row {number} can't be taken.** {wrong}"),
        take=io.select.single("What should happen?", options=["Mend it", "Leave it out"], default_value="Mend it"),
        name=io.input.text("Name", default_value=row.get("name")).optional(),
        email=io.input.text("Email", default_value=row.get("email")).optional(),
        plan=io.select.single("Plan", options=["free", "plus", "team"]).optional(),
    ).validate(complaint)
    if mend.take == "Leave it out":
        return None, "left out"
    return Customer(name=mend.name, email=mend.email, plan=mend.plan), "mended"


def complaint(mend: Any) -> str | None:
    if mend.take == "Leave it out":
        return None
    try:
        Customer.model_validate({key: mend[key] for key in ("name", "email", "plan")})
    except ValidationError as error:
        return "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
    return None


def save(customer: Customer) -> str:
    with shop() as database:
        known = database.execute("SELECT 1 FROM customers WHERE email = ?", (customer.email,)).fetchone()
        database.execute(
            "INSERT INTO customers (name, email, plan) VALUES (?, ?, ?) "
            "ON CONFLICT (email) DO UPDATE SET name = excluded.name, plan = excluded.plan",
            (customer.name, customer.email, customer.plan),
        )
    return "updated" if known else "added"

import datetime as dt
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, EmailStr, Field

from actions._shop import shop
from restival import IO, Context, action


class Team(Enum):
    SUPPORT = "Support"
    ENGINEERING = "Engineering"
    FINANCE = "Finance"


class Address(BaseModel):
    street: str
    postcode: str = Field(min_length=4, max_length=10)
    city: str


class Contact(BaseModel):
    name: str
    phone: str = Field(min_length=5, description="With the country's code, as in +49 …")


class Employee(BaseModel):
    name: str = Field(min_length=2)
    email: EmailStr
    team: Team
    first_day: dt.date = Field(description="A working day")
    hours: int = Field(40, ge=8, le=40, title="Hours a week")
    address: Address
    emergency_contacts: list[Contact] = Field([], max_length=3)


@action(title="Onboard an employee", icon="badge")
async def onboard(io: IO, ctx: Context) -> dict[str, Any]:
    """Collect what is needed, order the equipment, and make the accounts."""
    employee = await io.form(Employee, label="The new colleague")
    await io.display.heading(f"Equipment for {employee.name}", description=f"{employee.team.value} team")
    kit = await io.group(
        laptop=io.select.single(
            "Laptop",
            options=[
                {"label": "14 inch", "value": "14", "description": "light, for people on the move"},
                {"label": "16 inch", "value": "16", "description": "for engineers"},
            ],
            default_value="16" if employee.team is Team.ENGINEERING else "14",
        ),
        monitor=io.input.boolean("A second monitor", default_value=employee.team is Team.ENGINEERING),
        note=io.input.text("Note to the warehouse").optional(),
    )
    await ctx.loading.start("Making accounts", items_in_queue=3)
    for system in ("Mail", "Chat", "Payroll"):
        await ctx.step(make_account, system, employee.email, name=f"{system} account", retries=2)
        await ctx.log(f"{system} account for {employee.email}")
        await ctx.loading.complete_one()
    number = await ctx.step(keep_record, employee)
    return {
        "employee": employee.name,
        "number": number,
        "first_day": employee.first_day,
        "laptop": kit.laptop["label"],
        "second_monitor": kit.monitor,
    }


async def make_account(system: Literal["Mail", "Chat", "Payroll"], email: str) -> str:
    return f"{system.lower()}:{email}"


def keep_record(employee: Employee) -> int:
    with shop() as database:
        kept = database.execute(
            "INSERT INTO employees (name, email, record) VALUES (?, ?, ?) "
            "ON CONFLICT (email) DO UPDATE SET record = excluded.record RETURNING id",
            (employee.name, employee.email, employee.model_dump_json()),
        ).fetchone()
    return int(kept["id"])

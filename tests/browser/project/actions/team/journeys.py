import asyncio
import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, EmailStr, Field

from restival import IO, Cancelled, Context, action


class Colour(Enum):
    RED = "Red"
    BLUE = "Blue"


class Address(BaseModel):
    street: str
    postcode: str = Field(min_length=4)


@action(title="All parameters")
async def parameters(
    io: IO,
    ctx: Context,
    name: str,
    count: int,
    ratio: float,
    price: Decimal,
    active: bool,
    day: dt.date,
    moment: dt.datetime,
    colour: Colour,
    size: Literal["small", "large"],
    mail: EmailStr,
    address: Address,
    nickname: str | None = None,
    tags: list[str] = [],  # noqa: B006
) -> dict[str, Any]:
    """Every type that a start form asks for."""
    return {key: repr(value) for key, value in locals().items() if key not in ("io", "ctx")}


@action
async def greet(io: IO) -> str:
    """Asks for a name, then for a number."""
    name = await io.input.text("Name", help_text="As people call you")
    number = await io.input.number("Number", min=1, max=5)
    return f"Hello {name}, {number}"


@action
async def everything(io: IO, ctx: Context) -> list[dict[str, Any]]:
    """Displays, a confirmation, a log and a table at the end."""
    await io.display.heading("Overview", description="All of it")
    await io.display.markdown("Some **bold** text <script>document.title = 'owned'</script><b>kept</b>")
    await io.display.table("People", data=[{"name": f"Person {n}", "age": n} for n in range(30)])
    await io.display.object("Nested", data={"outer": {"inner": [1, 2, {"deep": "found"}]}})
    await ctx.log("<i>a line</i>")
    sure = await io.confirm("Go on?", help_text="Nothing happens otherwise.")
    return [{"sure": sure, "row": n} for n in range(3)]


@action
async def fails(io: IO) -> None:
    raise ValueError("The price is <b>wrong</b>")


@action
async def works(io: IO, ctx: Context) -> str:
    """Takes a while."""
    await ctx.loading.start("Counting", description="slowly", items_in_queue=4)
    try:
        for number in range(4):
            await ctx.step(asyncio.sleep, 0.8, name=f"count {number}")
            await ctx.loading.complete_one()
    except Cancelled:
        await ctx.log("cleaned up")
        raise
    return "Counted"


@action
async def people(io: IO, ctx: Context) -> Any:
    """A validator, a select and a table to choose from."""
    return await io.group(
        name=io.input.text("Name").validate(lambda value: "Not again." if value == "Bob" else None),
        plan=io.select.single("Plan", options=["Free", "Plus"]),
        country=io.select.single("Country", options=[f"Country {n}" for n in range(40)], searchable=True),
        rows=io.select.table("Rows", data=[{"id": n} for n in range(40)], min_selections=2, default_page_size=10),
        fixed=io.input.text("Fixed", default_value="kept", disabled=True),
    )

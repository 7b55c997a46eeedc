import asyncio
import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel, EmailStr, Field

from restival import IO, Context, action

PEOPLE = [{"name": f"Person {n:02}", "age": 20 + n % 7, "city": ("Oslo", "Bern", "Rome")[n % 3]} for n in range(1, 31)]
ROWS = [{"item": "Tea", "price": 3.5, "sold": True}, {"item": "Coffee", "price": 12, "sold": False}]
TEXT = "# Terms\n\nRead **this** and <img src=x onerror=\"document.title='hacked'\"> sign. <script>alert(1)</script>"


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


class Address(BaseModel):
    street: str
    city: str = Field(description="Where the street is")


class Person(BaseModel):
    name: str
    email: EmailStr
    born: dt.date | None = None
    size: Size = Size.SMALL
    address: Address
    second: Address | None = None
    tags: list[str] = []


@action(icon="inventory_2")
async def everything(io: IO) -> dict[str, Any]:
    """One form with every field."""
    answer = await io.group(
        intro=io.display.heading("All fields", description="Fill in what you like."),
        name=io.input.text("Full name", help_text="As in the passport.", placeholder="Ada Lovelace", max_length=40),
        notes=io.input.text("Notes", multiline=True, lines=3).optional(),
        age=io.input.number("Age", min=0, max=150),
        price=io.input.number("Price", currency="EUR", default_value=12.5),
        weight=io.input.number("Weight", prepend="kg", decimals=3).optional(),
        agree=io.input.boolean("I agree", help_text="To everything."),
        email=io.input.email("Customer email"),
        day=io.input.date("Day", min=dt.date(2020, 1, 1)),
        moment=io.input.datetime("Moment").optional(),
        colour=io.select.single("Colour", options=["Red", "Green", "Blue"]),
        country=io.select.single("Country", options=[f"Country {n}" for n in range(1, 40)], searchable=True),
        fixed=io.input.text("Fixed", default_value="Not to be changed", disabled=True),
    )
    return {key: str(value) for key, value in answer.items() if value is not None}


@action
async def model(io: IO) -> dict[str, Any]:
    """A nested model."""
    person = await io.form(Person)
    return person.model_dump(mode="json")


@action
async def single(io: IO) -> str:
    """One question."""
    return await io.input.text("Your name")


@action
async def judged(io: IO) -> str:
    """A question whose answer is judged by the action."""
    even = io.input.number("Even number").validate(lambda number: None if number % 2 == 0 else "That is odd.")
    [number, note] = await io.group([even, io.input.text("Note").optional()])
    return f"{number} {note}"


@action
async def tables(io: IO) -> list[str]:
    """Choose from tables."""
    several = await io.select.table("People", data=PEOPLE, default_page_size=10, min_selections=1)
    [one] = await io.select.table("Owner", data=PEOPLE[:4], min_selections=1, max_selections=1)
    two = await io.select.table("Pair", data=PEOPLE[:4], min_selections=2, max_selections=2, orientation="vertical")
    return [row["name"] for row in [*several, one, *two]]


@action
async def shown(io: IO, ctx: Context) -> list[dict[str, Any]]:
    """Everything that can be shown."""
    await io.display.heading("A heading", level=3, description="With a description")
    await io.display.markdown(TEXT)
    await io.display.table("Sales", data=ROWS)
    await io.display.table("Everybody", data=PEOPLE, default_page_size=10)
    await io.display.object(
        "Order", data={"id": 7, "lines": [{"sku": "a", "n": 1}], "customer": {"name": "<b>Ada</b>"}}
    )
    await ctx.log("a line", 1)
    if not await io.confirm("Delete everything?", help_text="This can't be undone."):
        return []
    return ROWS


@action
async def start_form(
    io: IO, who: str, amount: Decimal = Decimal("1.50"), day: dt.date | None = None, sizes: list[Size] | None = None
) -> dict[str, Any]:
    """An action with parameters."""
    return {"who": who, "amount": str(amount), "day": str(day), "sizes": [size.value for size in sizes or []]}


@action
async def working(io: IO, ctx: Context) -> None:
    """Loads, logs, fails and sleeps."""
    tries = 0

    async def flaky() -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise TimeoutError("the card service doesn't answer")
        return "charged"

    await ctx.loading.start("Reading rows", description="From the file", items_in_queue=4)
    for number in range(4):
        await ctx.step(asyncio.sleep, 0.3, name="row")
        await ctx.log(f"row {number}")
        await ctx.loading.complete_one()
    await ctx.step(flaky, name="charge_card", retries=3, backoff=1.5)
    await ctx.sleep(2)


@action
async def fails(io: IO) -> None:
    """Fails after a question."""
    answer = await io.input.text("Reason")
    raise ValueError(f"failed because of {answer} <b>now</b>")


@action
async def long_text(io: IO) -> int:
    """Takes a large paste."""
    return len(await io.input.text("Paste", multiline=True))

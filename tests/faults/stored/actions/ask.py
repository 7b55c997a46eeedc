"""Every kind of question."""

import datetime as dt
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated, Any, Literal

from components.stars import Stars
from pydantic import BaseModel, Field

from restival import IO, Context, TablePage, action

CENTURY = dt.timedelta(days=36500)
PEOPLE = [{"name": name, "age": 30 + at} for at, name in enumerate(("Ann", "Ben", "Cas"))]


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


class Card(BaseModel):
    kind: Literal["card"] = "card"
    number: str


class Bank(BaseModel):
    kind: Literal["bank"] = "bank"
    iban: str


class Address(BaseModel):
    street: str
    city: str = "Bern"


class Order(BaseModel):
    size: Size = Size.SMALL
    address: Address
    tags: list[str] = []
    lines: list[Address] = []
    payment: Annotated[Card | Bank, Field(discriminator="kind")]


def people(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    return PEOPLE[page.offset : page.offset + page.page_size], len(PEOPLE)


def cities(country: str) -> Any:
    return IO().select.single("City", options=[f"{country} {n}" for n in range(3)])


async def find(query: str) -> list[dict[str, Any]]:
    return [each for each in PEOPLE if query.lower() in each["name"].lower()]


def even(number: float) -> str | None:
    return "That is odd." if number % 2 else None


def found(person: dict[str, Any]) -> dict[str, Any]:
    return {"label": person["name"]}


def form_of_all(io: IO) -> Any:
    return io.group(
        heading=io.display.heading("All"),
        text=io.display.markdown("**Read** this"),
        table=io.display.table("People", data=PEOPLE),
        paged=io.display.table("Pages", get_data=people, default_page_size=2),
        object=io.display.object("Object", data={"a": [1]}),
        html=io.display.html("Html", html="<b>x</b>"),
        code=io.display.code("Code", code="x = 1", language="python"),
        image=io.display.image("Image", url="/favicon.ico"),
        link=io.display.link("Link", url="https://example.com"),
        metadata=io.display.metadata("Data", data=[{"label": "Slow", "value": lambda: "here"}]),
        grid=io.display.grid("Grid", data=PEOPLE, render_item=found),
        diff=io.display.diff("a", "b"),
        progress=io.display.progress_steps(["One", "Two"], current=1),
        video=io.display.video("Video", url="/none.mp4"),
        pdf=io.display.pdf("Pdf", url="/none.pdf"),
        map=io.display.map("Map", points=[(47.4, 8.5)]),
        chart=io.display.chart("Chart", {"series": [{"type": "bar", "data": [1]}]}),
        log=io.display.log(["line"]),
        where=io.layout.card("Where", inner=io.input.text("Inner")),
    )


QUESTIONS: dict[str, Callable[[IO], Awaitable[Any]]] = {
    "text": lambda io: io.input.text("Text", default_value="before", max_length=40),
    "multiline": lambda io: io.input.text("Lines", multiline=True, lines=4),
    "number": lambda io: io.input.number("Number", min=0, decimals=2),
    "boolean": lambda io: io.input.boolean("Yes?"),
    "email": lambda io: io.input.email("Mail"),
    "date": lambda io: io.input.date("Date", min=dt.date(2020, 1, 1)),
    "datetime": lambda io: io.input.datetime("Moment"),
    "time": lambda io: io.input.time("Time", min=dt.time(8)),
    "slider": lambda io: io.input.slider("Slider", min=0, max=10),
    "url": lambda io: io.input.url("Url"),
    "rich_text": lambda io: io.input.rich_text("Rich"),
    "color": lambda io: io.input.color("Color"),
    "code": lambda io: io.input.code("Code", language="python"),
    "json": lambda io: io.input.json("Json"),
    "password": lambda io: io.input.password("Password"),
    "tags": lambda io: io.input.tags("Tags"),
    "file": lambda io: io.input.file("File", allowed_extensions=["txt"]),
    "files": lambda io: io.input.file("Files").multiple(),
    "spreadsheet": lambda io: io.input.spreadsheet("Sheet", columns={"name": "string", "age": "number?"}),
    "single": lambda io: io.select.single("One", options=["Red", {"label": "Green", "value": 7}]),
    "multiple": lambda io: io.select.multiple("Some", options=["Red", "Green", "Blue"], min_selections=1),
    "table": lambda io: io.select.table("Rows", data=PEOPLE, min_selections=1),
    "pages": lambda io: io.select.table("Pages", get_data=people, default_page_size=2, max_selections=1),
    "confirm": lambda io: io.confirm("Sure?", help_text="Really"),
    "confirm_identity": lambda io: io.confirm_identity("Is it you?"),
    "approve": lambda io: io.approve("May we?", roles=["finance"], quorum=2),
    "search": lambda io: io.search("Person", on_search=find, render_result=found, initial_results=PEOPLE[:2]),
    "depends": lambda io: io.group(
        country=io.input.text("Country", default_value="Norway"), city=io.depends("country", field=cities)
    ),
    "model": lambda io: io.form(Order),
    "optional": lambda io: io.input.number("Perhaps").optional(),
    "validated": lambda io: io.input.number("Even").validate(even),
    "choices": lambda io: io.input.text("Name").with_choices(["Save", {"label": "Delete", "value": "gone"}]),
    "component": lambda io: io.component(Stars("Stars", most=4)),
    "group": lambda io: io.group([io.input.text("First"), io.input.number("Second")]),
    "displays": form_of_all,
    "seen": lambda io: io.display.heading("Look").with_choices(["Seen"]),
    "assigned": lambda io: io.input.text("For finance").assign("finance"),
    "claimed": lambda io: io.input.text("For one of finance").assign("finance"),
    "handed": lambda io: io.input.text("For Ada").assign("ada@example.com"),
    "patient": lambda io: io.input.text("No hurry").timeout(CENTURY).remind(CENTURY),
    "reminded": lambda io: io.input.text("Soon").assign("finance").remind(4),
    "late": lambda io: io.input.text("Hurry").timeout(30, on_timeout="too late"),
}


@action
async def ask(io: IO, ctx: Context, kind: str) -> str:
    """Asks a text and a question of the given kind."""
    first = await io.input.text("First")
    user, transaction = await ctx.step(lambda: (ctx.user, ctx.transaction), name="who")
    value = await QUESTIONS[kind](io)
    if kind == "displays":
        value = value["inner"]
    return f"{first} {user.name} {transaction.id == ctx.transaction.id} {value!r}"

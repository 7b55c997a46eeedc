"""Forms that ask the action's code while they are open."""

from typing import Any

from pydantic import BaseModel

from restival import IO, Component, TablePage, action

CITIES = ("Oslo", "Bern", "Rome", "Porto", "Gdansk")
FIRST = ("Ada", "Alan", "Barbara", "Edsger", "Grace", "Hedy", "Katherine", "Linus", "Margaret", "Radia")
LAST = ("Lovelace", "Turing", "Liskov", "Dijkstra", "Hopper", "Lamarr", "Johnson", "Pauling", "Hamilton", "Perlman")


class Customer(BaseModel):
    """A customer, as a customer database would have it."""

    number: int
    name: str
    city: str


CUSTOMERS = [
    Customer(number=1000 + at, name=f"{FIRST[at % 10]} {LAST[at // 10 % 10]}", city=CITIES[at % 5]) for at in range(500)
]


def find(query: str) -> list[Customer]:
    """The customers whose name, city or number begins with each word."""
    words = query.lower().split()
    said = {id(each): f"{each.name} {each.city} {each.number}".lower().split() for each in CUSTOMERS}
    return [each for each in CUSTOMERS if all(any(p.startswith(w) for p in said[id(each)]) for w in words)][:8]


def card(customer: Customer) -> dict[str, str]:
    """How a customer looks among the results."""
    return {"label": customer.name, "description": f"No. {customer.number}, {customer.city}"}


def orders(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    """A page of the orders; a database would find, sort and cut them by itself."""
    rows = [{"order": 7000 + at, "customer": each.name, "total": at * 37 % 400} for at, each in enumerate(CUSTOMERS)]
    rows = [row for row in rows if page.query_term.lower() in f"{row['order']} {row['customer']}".lower()]
    if page.sort_column:
        rows.sort(key=lambda row: row[page.sort_column], reverse=page.sort_direction == "desc")
    return rows[page.offset : page.offset + page.page_size], len(rows)


def cards(page: TablePage) -> tuple[list[Customer], int]:
    """A page of the customers that are looked for."""
    found = [each for each in CUSTOMERS if page.query_term.lower() in each.name.lower()]
    return found[page.offset : page.offset + page.page_size], len(found)


def customer_in(city: str) -> Component[dict[str, Any]]:
    """The customers of a city to choose from."""
    some = [{"label": each.name, "value": each.number} for each in CUSTOMERS if each.city == city]
    return IO.select.single(f"Customer in {city}", options=some[:4])


async def note_for(city: str, customer: dict[str, Any]) -> Component[str] | None:
    """Only those in Oslo get a note."""
    return IO.input.text(f"Note to {customer['label']}", multiline=True, lines=2) if city == "Oslo" else None


@action(title="Search and long tables", icon="search")
async def finding(io: IO) -> dict[str, Any]:
    """Fields whose results and rows come from the action's code while the form is open."""
    people = await io.group(
        about=io.display.heading("Search", description="Type a name, a city or a number."),
        customer=io.search(
            "Customer", on_search=find, render_result=card, initial_results=CUSTOMERS[:3], placeholder="Ada, Oslo, 1004"
        ),
        copies=io.search("Copies to", on_search=find, render_result=card, help_text="As many as you like.")
        .multiple()
        .optional(),
    )
    choice, chosen = await io.group(
        about=io.display.heading("Long tables", description="Rows come page by page, found and sorted on the server."),
        orders=io.select.table("Orders", get_data=orders, default_page_size=5, max_selections=3),
        everybody=io.display.table(
            "Customers", data=CUSTOMERS, columns=["number", "name", {"label": "Town", "accessor_key": "city"}]
        ),
        faces=io.display.grid(
            "Their cards", get_data=cards, render_item=card, default_page_size=4, ideal_column_width=200
        ),
    ).with_choices(["Ship", {"label": "Ask again", "value": "ask", "theme": "secondary"}])
    place = await io.group(
        about=io.display.heading("Fields that depend on others"),
        city=io.select.single("City", options=CITIES, default_value="Oslo"),
        customer=io.depends("city", field=customer_in),
        note=io.depends("city", "customer", field=note_for),
    )
    return {
        "note": place.note,
        "customer": people.customer.name,
        "copies": [each.name for each in people.copies or []],
        "choice": choice,
        "orders": [row["order"] for row in chosen.orders],
    }

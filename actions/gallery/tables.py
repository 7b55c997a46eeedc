"""Tables of all kinds, on orders that are made up here."""

from datetime import date, timedelta
from typing import Any

from restival import IO, action

NAMES = ("Ada Lovelace", "Alan Turing", "Barbara Liskov", "Grace Hopper", "Hedy Lamarr", "Radia Perlman")
STATES = {"paid": "green", "open": "yellow", "late": "red", "returned": "gray"}
TILE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><rect width='8' height='8' rx='2' "
    "fill='%23{}'/></svg>"
)
COLOURS = ("4d7c0f", "b45309", "334155", "0ea5e9", "86198f")


def order(at: int) -> dict[str, Any]:
    """An order, as a shop would have it."""
    return {
        "number": 7000 + at,
        "customer": NAMES[at % len(NAMES)],
        "day": date(2026, 1, 1) + timedelta(days=at % 300),
        "total": at * 37 % 400 + 5.5,
        "state": list(STATES)[at * 7 % len(STATES)],
        "colour": COLOURS[at % len(COLOURS)],
    }


def menu(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be done with an order."""
    return [
        {"label": "Refund", "route": "shop/refund-a-charge", "params": {"email": "ada@example.com"}},
        {"label": "At the carrier", "url": f"https://example.com/parcels/{row['number']}"},
        {"label": "Delete", "route": "gallery/questions", "theme": "danger", "disabled": row["state"] == "paid"},
    ]


COLUMNS: list[Any] = [
    {
        "label": "Order",
        "render_cell": lambda row: {
            "label": f"No. {row['number']}",
            "value": row["number"],
            "url": f"https://example.com/orders/{row['number']}",
        },
    },
    {
        "label": "Article",
        "render_cell": lambda row: {"label": "", "image": {"url": TILE.format(row["colour"]), "alt": "A tile"}},
    },
    "customer",
    {"label": "Ordered", "accessor_key": "day"},
    {"label": "Total", "accessor_key": "total"},
    {
        "label": "State",
        "render_cell": lambda row: {"label": row["state"].title(), "highlight_color": STATES[row["state"]]},
    },
]


@action(title="Tables", icon="table_chart")
async def tables(io: IO) -> dict[str, Any]:
    """Links, pictures and colours in cells, menus of rows, records one below the other, and 100,000 rows."""
    rows = [order(at) for at in range(60)]
    await io.display.table("All orders", data=[order(at) for at in range(100_000)], default_page_size=5)
    chosen = await io.group(
        about=io.display.heading("Cells and menus", description="Cells may be links, pictures and coloured."),
        shown=io.display.table(
            "Orders", data=rows, columns=COLUMNS, row_menu_items=menu, default_page_size=8, help_text="Of this year."
        ),
        chosen=io.select.table(
            "Which ones are late?",
            data=rows[:12],
            columns=COLUMNS,
            row_menu_items=menu,
            default_page_size=6,
            min_selections=1,
            max_selections=3,
            initially_selected=[rows[2]],
            is_filterable=False,
            help_text="Three at most.",
        ),
    )
    upright = await io.group(
        one=io.display.table("Two orders", data=rows[:2], orientation="vertical", is_sortable=False),
        other=io.select.table("One of them", data=rows[:2], orientation="vertical", max_selections=1),
    )
    return {"late": [row["number"] for row in chosen.chosen], "one": [row["number"] for row in upright.other]}

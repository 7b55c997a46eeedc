from typing import Any

from restival import IO, TablePage, action

TILE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'/>"


def menu(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": "Greet", "route": "team/parameters", "params": {"name": row["name"]}},
        {"label": "Away", "url": f"https://example.com/{row['at']}"},
        {"label": "Never", "url": "https://example.com/never", "theme": "danger", "disabled": True},
    ]


COLUMNS: list[Any] = [
    {
        "label": "Person",
        "render_cell": lambda row: {
            "label": f"{row['name']} <b>",
            "value": -row["at"],
            "route": "team/parameters",
            "params": {"name": row["name"]},
        },
    },
    {"label": "Face", "render_cell": lambda row: {"label": "", "image": {"url": TILE, "alt": f"Face {row['at']}"}}},
    {"label": "State", "render_cell": lambda row: {"label": "=good;-bad", "highlight_color": "green"}},
    "at",
]


def people(count: int) -> list[dict[str, Any]]:
    return [{"name": f"Person {at}", "at": at} for at in range(count)]


def pages(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    found = [each for each in people(2_345) if page.query_term.lower() in each["name"].lower()]
    return found[page.offset : page.offset + page.page_size], len(found)


@action(title="Rich tables")
async def rich(io: IO) -> Any:
    """Cells with links, pictures and colours, and menus."""
    answer = await io.group(
        shown=io.display.table("People", data=people(3), columns=COLUMNS, row_menu_items=menu),
        paged=io.select.table("Pages", get_data=pages, columns=COLUMNS, row_menu_items=menu, default_page_size=5),
        cards=io.display.grid(
            "Cards", get_data=pages, render_item=lambda row: {"label": row["name"]}, default_page_size=4
        ),
    )
    return [row["name"] for row in answer.paged]


@action(title="Long tables")
async def long(io: IO) -> str:
    """A long table that is shown alone: the action has gone on."""
    await io.display.table("Everybody", data=people(100_000), columns=COLUMNS, row_menu_items=menu, default_page_size=5)
    return "over"


@action(title="Bad colour")
async def bad_colour(io: IO) -> None:
    """A cell that can't be."""
    columns: list[Any] = [{"label": "x", "render_cell": lambda row: {"label": "y", "highlight_color": "mauve"}}]
    await io.display.table("Bad", data=[{}], columns=columns)


@action(title="Untold")
async def untold(io: IO) -> None:
    """Pages that don't say how many there are."""

    def lines(page: TablePage) -> list[dict[str, Any]]:
        return people(10)[page.offset : page.offset + page.page_size]

    await io.group(
        table=io.select.table("Lines", get_data=lines, columns=["name"], default_page_size=5),
        cards=io.display.grid(
            "Cards", get_data=lines, render_item=lambda row: {"label": row["name"]}, default_page_size=5
        ),
    )

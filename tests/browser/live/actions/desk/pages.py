import asyncio
from typing import Any

from actions._orders import read

from restival import IO, Layout, PageContext, TablePage, page

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92"
    "ef0000000049454e44ae426082"
)


@page(refresh=0.5)
def orders(io: IO) -> Layout:
    """All orders, every half second."""
    told = read()
    if told.get("down"):
        raise RuntimeError(told["down"])
    urgent = [io.display.markdown("**Urgent**")] if told.get("urgent") else []
    return Layout(
        menu_items=[{"label": "Handle", "route": "desk/handle", "theme": "primary"}],
        children=[
            *urgent,
            io.display.table(
                "Orders",
                data=told["orders"],
                row_menu_items=lambda row: [
                    {"label": "See the books", "route": "closed/books"},
                    {"label": "Handle it", "route": "desk/handle", "params": {"number": row["number"]}},
                ],
                default_page_size=5,
            ),
            io.display.heading("Totals", menu_items=[{"label": f"All {len(told['orders'])}", "route": "desk/handled"}]),
            io.display.table("Long", get_data=pages, default_page_size=3),
        ],
    )


def pages(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    told = read()
    if told.get("table"):
        raise RuntimeError(told["table"])
    rows = [{"n": n, "version": told.get("version", 1)} for n in range(1, 31)]
    rows = [row for row in rows if page.query_term in str(row["n"])]
    rows.sort(key=lambda row: row["n"], reverse=page.sort_direction == "desc")
    return rows[page.offset : page.offset + page.page_size], len(rows)


@page(refresh="change")
async def handled(io: IO, ctx: PageContext) -> Layout:
    """What was handled, by whom it is read."""
    return Layout(
        description=f"Read by {ctx.user.email}",
        children=[io.display.metadata("", data=[{"label": "Handled", "value": len(read().get("handled", []))}])],
    )


@page
async def slow(io: IO) -> Layout:
    """Some of it takes a while."""

    async def title() -> str:
        await asyncio.sleep(1)
        return "The slow one"

    async def late() -> int:
        await asyncio.sleep(1)
        return 42

    def wrong() -> int:
        if read().get("value"):
            raise RuntimeError("no value")
        return 7

    return Layout(
        title=title,
        children=[
            io.layout.columns(
                [
                    io.layout.card(
                        "Numbers",
                        [
                            io.display.metadata(
                                "Values",
                                data=[
                                    {"label": "Now", "value": 1},
                                    {"label": "Late", "value": late},
                                    {"label": "Wrong", "value": wrong},
                                ],
                            )
                        ],
                    ),
                    io.layout.card("Picture", [io.display.image("A pixel", bytes=PIXEL, width=40, height=40)]),
                ]
            ),
            io.layout.tabs(
                [
                    io.layout.section(
                        "Chart",
                        [
                            io.display.chart(
                                "Bars",
                                {
                                    "xAxis": {"data": ["a", "b"]},
                                    "yAxis": {},
                                    "series": [{"type": "bar", "data": [1, 2]}],
                                },
                                height=160,
                            )
                        ],
                    ),
                    io.layout.section("More", [io.display.link("To the orders", route="desk/orders")]),
                ]
            ),
        ],
    )


@page(unlisted=True)
def order(io: IO, ctx: PageContext, number: int) -> Layout:
    """One order."""
    return Layout(title=f"Order {number}", children=[io.display.markdown(f"Query: {dict(ctx.params)}")])


@page(title="The desk", slug="")
def index(io: IO) -> Layout:
    """Stands for the folder."""
    return Layout(children=[io.display.heading("Welcome")])

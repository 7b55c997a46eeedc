from typing import Any

from restival import IO, TablePage, action

NUMBERS = range(1, 101)


def squares(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    if page.query_term == "fail":
        raise RuntimeError("The numbers are out.")
    rows = [{"number": number, "square": number * number} for number in NUMBERS]
    rows = [row for row in rows if page.query_term in str(row["square"])]
    if page.sort_column:
        rows.sort(key=lambda row: row[page.sort_column], reverse=page.sort_direction == "desc")
    return rows[page.offset : page.offset + page.page_size], len(rows)


@action
async def pages(io: IO) -> dict[str, Any]:
    """Tables whose rows come page by page."""
    many = [{"name": f"Customer {number:06}", "balance": (number * 7919) % 1000} for number in range(100_000)]
    answer = await io.group(
        shown=io.display.table("Look", get_data=squares, default_page_size=5),
        chosen=io.select.table("Squares", get_data=squares, default_page_size=10, min_selections=1),
        customers=io.select.table("Customers", data=many, max_selections=3),
    )
    return {"squares": [row["square"] for row in answer.chosen], "customers": [row["name"] for row in answer.customers]}

import random
from typing import Any

from restival import IO, TablePage, action

ROWS = [{"number": number, "word": f"word {number}"} for number in range(100_000)]
random.Random(7).shuffle(ROWS)


def page_of(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    rows = ROWS
    if page.sort_column is not None:
        rows = sorted(ROWS, key=lambda row: row[page.sort_column], reverse=page.sort_direction == "desc")
    return rows[page.offset : page.offset + page.page_size], len(rows)


@action
async def large(io: IO) -> None:
    """A table of 100,000 rows that the action has."""
    await io.input.text("Name").optional()
    await io.group(rows=io.display.table("Rows", data=ROWS), file=io.input.file("File").multiple())


@action
async def large_pages(io: IO) -> None:
    """A table of 100,000 rows of which the action gives a page when it is looked at."""
    await io.input.text("Name").optional()
    await io.group(rows=io.display.table("Rows", get_data=page_of), file=io.input.file("File").multiple())

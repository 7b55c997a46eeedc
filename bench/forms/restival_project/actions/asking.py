from typing import Any

from restival import IO, TablePage, action

WORDS = [f"word {number}" for number in range(2_000)]


def find(query: str) -> list[str]:
    return [word for word in WORDS if query in word][:10]


def page_of(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    return [{"word": word} for word in WORDS[page.offset : page.offset + page.page_size]], len(WORDS)


@action
async def asking(io: IO) -> None:
    """A search, a table that comes page by page, and a file."""
    await io.group(
        word=io.search("Word", on_search=find),
        rows=io.display.table("Rows", get_data=page_of),
        file=io.input.file("File").multiple(),
    )

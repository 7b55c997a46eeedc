from typing import Any

from restival import IO, TablePage, action

ARTICLES = [
    {"id": 1, "article": "Oak table", "price": 420, "place": "Bern", "pieces": 12},
    {"id": 2, "article": "Glass lamp", "price": 89.9, "place": "Zurich", "pieces": 40},
    {"id": 3, "article": "Wool rug", "price": 149.5, "place": "Bern", "pieces": 7},
    {"id": 4, "article": "Linen chair", "price": 210, "place": "Geneva", "pieces": 0},
    {"id": 5, "article": "Clay vase", "price": 38, "place": "Zurich", "pieces": 65},
    {"id": 6, "article": "Iron hook", "price": 9.5, "place": "Geneva", "pieces": 310},
]


def articles(page: TablePage) -> tuple[list[dict[str, Any]], int]:
    """A page of the articles, as a database would give it."""
    return ARTICLES[page.offset : page.offset + page.page_size], len(ARTICLES)


@action(title="Rows to look at and to choose", icon="table_rows")
async def rows(io: IO) -> dict[str, Any]:
    """Tables with columns of their own, chosen from by mouse or keyboard."""
    chosen = await io.group(
        stock=io.display.table(
            "Stock",
            get_data=articles,
            columns=["article", "place", {"label": "In stock", "accessor_key": "pieces"}],
            help_text="Asked for page by page.",
            default_page_size=3,
            is_sortable=False,
            is_filterable=False,
            orientation="horizontal",
        ),
        reorder=io.select.table(
            "Order anew",
            data=ARTICLES,
            columns=["article", "price", {"label": "In stock", "accessor_key": "pieces"}],
            help_text="One to three articles.",
            initially_selected=[ARTICLES[3]],
            min_selections=1,
            max_selections=3,
            default_page_size=4,
            is_sortable=True,
            is_filterable=True,
        ),
    )
    [moved] = await io.select.table(
        "Move to another place",
        data=ARTICLES[:3],
        orientation="vertical",
        initially_selected=ARTICLES[:1],
        min_selections=1,
        max_selections=1,
    )
    return {"reordered": [row["article"] for row in chosen.reorder], "moved": moved["article"]}

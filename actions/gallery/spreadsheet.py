from typing import Any

from restival import IO, action

STOCK = [
    {"article": "Oak table", "price": 420, "pieces": 12, "fragile": False},
    {"article": "Glass lamp", "price": 89.9, "pieces": 40, "fragile": True},
    {"article": "Wool rug", "price": 149.5, "pieces": None, "fragile": False},
]


@action(title="Spreadsheet", icon="grid_on")
async def spreadsheet(io: IO) -> dict[str, Any]:
    """Type rows, paste them from a spreadsheet, or import a CSV or XLSX file."""
    answered = await io.group(
        intro=io.display.heading("Rows", description="Wrong cells are marked, by row and column."),
        guests=io.input.spreadsheet(
            "Guests",
            columns={"name": "string", "age": "number?", "vegetarian": "boolean?"},
            help_text="Who comes to dinner?",
        ),
        stock=io.input.spreadsheet(
            "Stock",
            columns={"article": "string", "price": "number", "pieces": "number?", "fragile": "boolean"},
            default_value=STOCK,
        ).optional(),
        rates=io.input.spreadsheet(
            "Rates",
            columns={"from": "number", "percent": "number"},
            default_value=[{"from": 0, "percent": 12.5}, {"from": 1000, "percent": 10}],
            disabled=True,
        ),
    )
    return {"guests": answered.guests, "stock": answered.stock}

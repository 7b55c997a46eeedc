"""Rows and columns as the browser sees them, shared by the table to look at and the table to choose from."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from pydantic import BaseModel

from restival.io.core.call import Json
from restival.io.core.component import Props
from restival.io.core.file_content import content
from restival.io.core.link_menu import MenuItem, ShownMenuItem, menu
from restival.io.table.cells import AnyCell, RichCell, cell_json, cell_text, plain_cell, rendered, sought_cell

LARGEST_PAGE = 500
DEFAULT_PAGE_SIZE = {"horizontal": 20, "vertical": 5}


class Column(TypedDict, total=False):
    """A column of a table.

    `accessor_key` is the row's key or attribute. Instead, `render_cell` can compute the cell from the row.
    It returns a plain value, or a mapping with `label` and optional details.
    These are `value` (to sort by), `url` or `route` with `params`, `highlight_color`, and `image`.
    `image` has `url`, `alt`, and `size`.
    `accessorKey`, `renderCell`, and `highlightColor` work too.
    """

    label: str
    accessor_key: str
    render_cell: Callable[[Any], Any | RichCell]
    accessorKey: str  # as in Interval's SDK
    renderCell: Callable[[Any], Any | RichCell]


class ShownColumn(BaseModel):
    """A column as the browser sees it."""

    key: str
    label: str
    numeric: bool = False


class KeptRows(BaseModel):
    """A table that is kept: the id of its file, and the name that it has as CSV."""

    file: str
    name: str

    @property
    def csv(self) -> str:
        """The address of all rows as CSV."""
        return content().url(self.file, f"{self.name}.csv")


class TableProps(Props):
    """Cells stand in the order of the columns. With a `total` the rows are the first page, and more are asked for.
    `menus` has the links of each row, where rows have some."""

    columns: list[ShownColumn]
    rows: list[list[Json]]
    menus: list[list[ShownMenuItem]] = []
    total: int | None = None
    kept: KeptRows | None = None
    page_size: int
    orientation: Literal["horizontal", "vertical"] = "horizontal"
    is_sortable: bool = True
    is_filterable: bool = True


class TableOptions(TypedDict):
    """What both tables take besides their rows and columns."""

    default_page_size: float | None
    orientation: Literal["horizontal", "vertical"]
    is_sortable: bool
    is_filterable: bool
    row_menu_items: NotRequired[Callable[[Any], Sequence[MenuItem]] | None]


def table_columns(data: Sequence[Any], columns: Sequence[str | Column] | None) -> list["CellColumn"]:
    """The columns as they are declared; without columns they are inferred from the rows' keys."""
    return [_column(column) for column in columns] if columns is not None else _inferred(data)


def table_cells(data: Sequence[Any], columns: Sequence["CellColumn"]) -> list[list[Json]]:
    """The rows as the browser sees them."""
    return [[cell_json(column.cell(row)) for column in columns] for row in data]


def row_menus(data: Sequence[Any], options: TableOptions) -> list[list[ShownMenuItem]]:
    """The links of each row; nothing where rows have none."""
    items = options.get("row_menu_items")
    return [] if items is None else [menu(items(row), "row_menu_items") for row in data]


def table_props(data: Sequence[Any], columns: Sequence[str | Column] | None, options: TableOptions) -> dict[str, Any]:
    """The fields of TableProps for these rows; without columns they are inferred from all rows' keys."""
    return shaped(data, table_columns(data, columns), options)


def shaped(data: Sequence[Any], columns: Sequence["CellColumn"], options: TableOptions) -> dict[str, Any]:
    """The fields of TableProps for these rows and columns."""
    cells = table_cells(data, columns)
    shown = [
        ShownColumn(key=str(index), label=column.label, numeric=_numeric(row[index] for row in cells))
        for index, column in enumerate(columns)
    ]
    orientation = options["orientation"]
    return {
        "columns": shown,
        "rows": cells,
        "menus": row_menus(data, options),
        "page_size": page_size(options["default_page_size"], DEFAULT_PAGE_SIZE[orientation]),
        "orientation": orientation,
        "is_sortable": options["is_sortable"],
        "is_filterable": options["is_filterable"],
    }


def page_size(wanted: float | None, default: int) -> int:
    """The rows of a page; `math.inf` asks for as many as a page can have."""
    return min(LARGEST_PAGE, int(min(wanted, LARGEST_PAGE))) if wanted else default


Cell = Callable[[Any], Any]


class CellColumn(NamedTuple):
    """A column's label, the name by which `get_data` knows it, and what gives its cells."""

    label: str
    key: str
    cell: Cell


def readable(cell: AnyCell) -> Json:
    """A cell as it is sorted: a plain value stays, anything else is its text."""
    value = plain_cell(cell)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _column(column: str | Column) -> CellColumn:
    if isinstance(column, str):
        return CellColumn(column, column, _accessor(column))
    key = column.get("accessor_key", column.get("accessorKey"))
    label = column.get("label", key or "")
    if render := column.get("render_cell", column.get("renderCell")):
        return CellColumn(label, key or label, lambda row: rendered(render(row), label))
    if key is None:
        raise ValueError(f"column {column.get('label')!r} needs accessor_key or render_cell")
    return CellColumn(label, key, _accessor(key))


def _accessor(key: str) -> Cell:
    return lambda row: as_mapping(row).get(key)


def _inferred(data: Sequence[Any]) -> list[CellColumn]:
    keys = dict.fromkeys(key for row in data for key in as_mapping(row))
    return [CellColumn(str(key), str(key), _accessor(key)) for key in keys]


def as_mapping(row: Any) -> Mapping[Any, Any]:
    """A row's cells by key: of a mapping, a model, a dataclass, or a plain value as the only cell."""
    if isinstance(row, Mapping):
        return row
    if isinstance(row, BaseModel):
        return {name: getattr(row, name) for name in type(row).model_fields}
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    return {"value": row}


def _numeric(cells: Any) -> bool:
    present = [shown for cell in cells if (shown := cell_text(sought_cell(cell))) is not None]
    return bool(present) and all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in present)

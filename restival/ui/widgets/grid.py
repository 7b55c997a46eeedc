"""The Quasar table behind both tables."""

from typing import Any

from nicegui import ui

from restival.io.table_data import TableProps


def draw_table(label: str, props: TableProps, selection: Any = None) -> ui.table:
    """Draw rows with sorting, filter and pages, all in the browser."""
    columns: list[dict[str, Any]] = [
        {
            "name": column.key,
            "label": column.label,
            "field": column.key,
            "align": "right" if column.numeric else "left",
            "sortable": props.is_sortable,
        }
        for column in props.columns
    ]
    rows = [{"_": index, **{str(i): _cell(cell) for i, cell in enumerate(row)}} for index, row in enumerate(props.rows)]
    several_pages = len(rows) > props.page_size
    table = ui.table(
        columns=columns,
        rows=rows,
        row_key="_",
        title=label or None,
        selection=selection,
        pagination={"rowsPerPage": props.page_size if several_pages else 0},
    ).classes("r-table")
    table.props["flat"] = table.props["bordered"] = True
    table.props["aria-label"] = label
    table.props["grid"] = props.orientation == "vertical"
    table.props["hide-pagination"] = not several_pages
    table.props["no-data-label"] = "No rows"
    if props.is_filterable and several_pages:
        with table.add_slot("top-right"):
            field = ui.input(placeholder="Filter").props(
                f'dense outlined clearable type=search aria-label="Filter {label.replace(chr(34), "")}"'
            )
            field.bind_value_to(table, "filter")
    return table


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (dict, list)):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "" if value is None else value

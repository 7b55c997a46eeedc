"""The table behind both tables, and behind rows in results and transcripts."""

from typing import Any, Literal

from nicegui import events
from nicegui.element import Element

from restival.errors import RestivalError
from restival.io.core.call import Json
from restival.io.table.cells import ShownCell, cell_to_text, stored_cell
from restival.io.table.columns import TableProps
from restival.ui.widgets.base.widget import Ask

EXACT = 2**53
"""Up to here, browsers know every whole number."""


class Grid(Element, component="grid.js"):
    """Rows with sorting, filter and pages; with a `mode`, one or many rows can be chosen.

    All of it is done in the browser, but where there is a total, the rows are a page and others are asked for. Emits
    `choose` with the positions of the chosen rows, or with their positions and cells.
    """

    def __init__(
        self,
        label: str,
        props: TableProps,
        *,
        mode: Literal["one", "many"] | None = None,
        limit: int | None = None,
        required: bool = False,
        disabled: bool = False,
        chosen: list[Json] | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__()
        self._ask: Ask | None = None
        self._props.update(
            {
                **_shown(props),
                "label": label,
                "name": label if name is None else name,
                "mode": mode or "",
                "limit": limit,
                "required": required,
                "disabled": disabled,
                "chosen": chosen or [],
            }
        )

    def take(self, props: TableProps, *, changed: bool) -> None:
        """Show the rows as they are now; where they come page by page, those of the page that is shown."""
        if changed:
            self._props.update(_shown(props))
            if self._ask is not None and props.total is not None and not self._props.get("live"):
                self.connect(self._ask)
            self.update()
        if props.total is not None:
            self.run_method("again")

    def connect(self, ask: Ask) -> None:
        """Ask for other pages than the first from now on."""
        self._ask = ask
        if self._props["total"] is None:
            return

        async def turn(event: events.GenericEventArguments) -> None:
            page: Json = {"rows": [], "total": 0}
            failure = ""
            try:
                page = await ask("page", event.args["wanted"])
            except RestivalError as error:
                failure = str(error)
            rows = [{**row, "cells": [shown_cell(cell) for cell in row["cells"]]} for row in page["rows"]]
            if not self.is_deleted:
                self.run_method("show", event.args["number"], rows, page["total"], failure)

        async def download() -> None:
            href, failure = "", ""
            try:
                href = (await ask("csv", None))["href"]
            except RestivalError as error:
                failure = str(error)
            if not self.is_deleted:
                self.run_method("fetched", href, failure)

        self._props["live"] = True
        self.on("page", turn)
        self.on("csv", download, [])


def _shown(props: TableProps) -> dict[str, Json]:
    return {
        "columns": [{"label": column.label, "numeric": column.numeric} for column in props.columns],
        "rows": [[shown_cell(cell) for cell in row] for row in props.rows],
        "menus": [[item.model_dump() for item in menu] for menu in props.menus],
        "pageSize": max(1, props.page_size),
        "total": props.total,
        "vertical": props.orientation == "vertical",
        "sortable": props.is_sortable,
        "filterable": props.is_filterable,
    }


def shown_cell(value: Json) -> str | int | float | dict[str, Json]:
    """A cell as the browser shows it; numbers stay numbers, so that they sort as such, and rich cells what they are."""
    cell = stored_cell(value)
    if isinstance(cell, ShownCell):
        return cell.model_dump(exclude_defaults=True)
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= EXACT
    return value if number else cell_to_text(value)


def is_table(value: Any) -> bool:
    """Whether a value is best shown as rows and columns."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)

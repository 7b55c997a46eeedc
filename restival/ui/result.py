"""How a transaction has ended."""

from typing import Any

from nicegui import ui

from restival.access import Person, may_see_traceback
from restival.engine.view import Outcome
from restival.io.call import Json
from restival.io.table_data import TableProps, table_props
from restival.ui.text import text
from restival.ui.when import clock
from restival.ui.widgets.grid import draw_table
from restival.ui.widgets.object import draw_object


def draw_outcome(outcome: Outcome, person: Person) -> None:
    """Draw the result, the failure, or that it was cancelled."""
    if outcome.state == "done":
        with ui.element("section").classes("r-card r-result").props('aria-label="Result"'):
            _value(outcome.value)
    elif outcome.state == "cancelled":
        with ui.element("section").classes("r-card r-result").props('aria-label="Result"'):
            text("p", f"Cancelled at {clock(outcome.at)}. What was done before stays done.")
    else:
        _failure(outcome, person)


def _failure(outcome: Outcome, person: Person) -> None:
    with ui.element("section").classes("r-alert").props('aria-label="Result" role="alert"'):
        text("h2", "This failed", "r-alert-title")
        text("p", outcome.error or "", "r-failure")
        if outcome.error_type:
            text("div", outcome.error_type, "r-hint")
        if outcome.traceback and may_see_traceback(person):
            with ui.element("details").classes("r-traceback"):
                text("span", "Where in the code").move(ui.element("summary"))
                text("pre", outcome.traceback, "r-code")


def _value(value: Json) -> None:
    if value is None or value == {} or value == []:
        text("p", "Done. There is nothing to show.")
    elif isinstance(value, list) and all(isinstance(row, dict) for row in value):
        draw_table("Result", _table(value))
    elif isinstance(value, dict):
        _record(value)
    elif isinstance(value, list):
        draw_object(value)
    else:
        text("p", _plain(value), "r-big")


def _record(value: dict[str, Json]) -> None:
    with ui.element("dl").classes("r-answers"):
        for key, item in value.items():
            text("dt", key.replace("_", " ").capitalize(), "r-key")
            with text("dd", "" if isinstance(item, (dict, list)) else _plain(item), "r-value"):
                if isinstance(item, list) and item and all(isinstance(row, dict) for row in item):
                    draw_table("", _table(item))
                elif isinstance(item, (dict, list)):
                    draw_object(item)


def _table(rows: list[dict[str, Any]]) -> TableProps:
    options: Any = {
        "default_page_size": None,
        "orientation": "horizontal",
        "is_sortable": True,
        "is_filterable": True,
    }
    return TableProps(**table_props(rows, None, options))


def _plain(value: Json) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "–" if value is None else str(value)

"""How a transaction has ended."""

from typing import Any

from nicegui import ui

from restival.engine.state.records import Outcome
from restival.i18n import t
from restival.io.core.call import Json
from restival.io.table.columns import TableProps, table_props
from restival.ui.elements.content.plain_text import plain, shortened
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.widgets.display.object import draw_object
from restival.ui.widgets.table.grid import Grid, is_table

BIG = 80
"""Up to so many characters a value is written large."""
LONGEST = 100_000
"""Characters of a value that are shown."""


def draw_outcome(outcome: Outcome) -> None:
    """Draw the result, the failure, or that it was cancelled: as `as_seen` gives it."""
    if outcome.state == "failed":
        _failure(outcome)
        return
    with ui.element("section").classes("r-card r-result") as place:
        place.props["aria-label"] = t("Result")
        if outcome.state == "cancelled":
            text("p", _cancelled(outcome) + " " + t("Completed steps aren't undone."))
        else:
            _value(outcome.value)


def _cancelled(outcome: Outcome) -> str:
    time = clock(outcome.at)
    return (
        t("Cancelled by {name}, {time}.", name=outcome.by.name, time=time)
        if outcome.by
        else t("Cancelled, {time}.", time=time)
    )


def _failure(outcome: Outcome) -> None:
    with ui.element("section").classes("r-alert").props('role="alert"') as place:
        place.props["aria-label"] = t("Result")
        text("h2", t("The action failed"), "r-alert-title")
        text("p", outcome.error or "", "r-failure")
        if outcome.error_type:
            text("div", outcome.error_type, "r-hint")
        if outcome.traceback:
            with ui.element("details").classes("r-traceback"):
                text("summary", t("Show traceback"))
                code = text("pre", outcome.traceback, "r-code").props('tabindex="0" role="region"')
                code.props["aria-label"] = t("Traceback")


def _value(value: Json) -> None:
    if value is None or value in ([], {}):
        text("p", t("Done. No result to show."))
    elif is_table(value):
        Grid(t("Result"), _table(value))
    elif isinstance(value, dict):
        _record(value)
    elif isinstance(value, list):
        _list(value)
    else:
        shown = shortened(plain(value), LONGEST)
        text("p", shown, "r-big" if len(shown) <= BIG and "\n" not in shown else "r-value")


def _record(value: dict[str, Json]) -> None:
    with ui.element("dl").classes("r-answers"):
        for key, item in value.items():
            text("dt", key.replace("_", " ").capitalize(), "r-key")
            nested = isinstance(item, (dict, list)) and bool(item)
            with text("dd", "" if nested else plain(item), "r-value"):
                if is_table(item):
                    Grid("", _table(item))
                elif isinstance(item, list) and item:
                    _list(item)
                elif nested:
                    draw_object(item)


def _list(value: list[Json]) -> None:
    if any(isinstance(item, (dict, list)) for item in value):
        draw_object(value)
        return
    with ui.element("ul").classes("r-plain-list"):
        for item in value:
            text("li", plain(item))


def _table(rows: list[dict[str, Any]]) -> TableProps:
    options: Any = {
        "default_page_size": None,
        "orientation": "horizontal",
        "is_sortable": True,
        "is_filterable": True,
    }
    return TableProps(**table_props(rows, None, options))

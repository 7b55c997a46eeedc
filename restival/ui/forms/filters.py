"""Filters above a list, which stand in the page's address, and the pages of the list."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from nicegui import ui
from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams

from restival.i18n import t
from restival.ui.elements.button import Button
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField

M = TypeVar("M", bound=BaseModel)


def read_filter(kind: type[M], query: QueryParams) -> M:
    """Returns the filter in a link, without what is invalid in it."""
    given = {key: value for key, value in query.items() if value}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        return kind.model_validate({key: value for key, value in given.items() if key not in wrong})


def query_of(choice: BaseModel) -> str:
    """Returns a filter as the query of a link; empty for the default."""
    return urlencode({key: str(value) for key, value in choice.model_dump(exclude_defaults=True).items() if value})


def draw_days(choice: BaseModel, take: Callable[..., None]) -> None:
    """Draws the fields for the first and the last day. `take` gets what changes as `since` or `until`."""
    for name, label in (("since", t("From")), ("until", t("To"))):
        _draw_day(name, label, getattr(choice, name), take)


def _draw_day(name: str, label: str, value: date | None, take: Callable[..., None]) -> None:
    field = TextField(
        label,
        value.isoformat() if value else "",
        on_change=lambda: take(**{name: _day(field.value)}),
        attributes={"type": "date"},
    )
    field.classes("r-filter")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def draw_pages(first: int, rows: int, count: int, back: str, on: str, turn: Callable[[int], None]) -> None:
    """Draws the buttons to the pages before and after that which begins with row `first`, if there is more than one.
    `turn` gets by how many rows."""
    if count <= rows:
        return
    last = min(count, first + rows)
    with ui.element("nav").classes("r-pages") as pages:
        pages.props["aria-label"] = t("Pages")
        Button(back, lambda: turn(-rows)).set_enabled(first > 0)
        text("span", t("{first}–{last} of {count}", first=first + 1, last=last, count=count), "r-hint")
        Button(on, lambda: turn(rows)).set_enabled(last < count)

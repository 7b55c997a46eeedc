"""The history: all transactions that the person may see, to be searched, sorted and taken away as CSV."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from nicegui import PageArguments, ui
from starlette.datastructures import QueryParams

from restival.engine.state.summary import TransactionSummary
from restival.i18n import t, tn
from restival.site.transactions import COLUMNS, ORDERS, Column, HistoryFilter, filter_transactions, starters
from restival.ui.elements.link import link
from restival.ui.elements.screen import Screen
from restival.ui.elements.select import Select
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.elements.throttle import Throttled, state_chip
from restival.ui.elements.times import clock, took
from restival.ui.forms.filters import draw_days, draw_pages, query_of, read_filter
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

ROWS = 50


async def history_page(services: Services, arguments: PageArguments) -> None:
    """Draw the filters, and below them a page of what fits."""
    ui.page_title(f"{t('History')} · {services.site().settings.title}")
    HistoryPage(services, arguments.query_parameters)


class HistoryPage:
    """The page, which keeps what was chosen in its address."""

    def __init__(self, services: Services, query: QueryParams) -> None:
        self._services = services
        self._choice = read_filter(HistoryFilter, query)
        self._first = 0
        with ui.element("div").classes("r-head"):
            text("h1", t("History"), "r-h1")
            ui.element("div").classes("r-grow")
            self._csv = link(t("Download as CSV"), "", "r-button r-plain")
        with ui.element("div").classes("r-filters").props("role=search") as filters:
            filters.props["aria-label"] = t("Filters")
            self._filters()
        self._count = text("p", "", "r-hint").props('role="status"')
        self._list = ui.element("div")
        self._draw()
        Throttled(services.history.subscribe, self._list, self._draw)

    def _filters(self) -> None:
        site = self._services.site()
        begun = starters(site, current_person(), self._services.history)
        titles = {slug: action.title if (action := site.registry.get(slug)) else slug for slug in begun}
        actions = {"": t("All actions"), **titles}
        names_of = {each.identity: each.name for who in begun.values() for each in who}
        people = {"": t("Everyone"), **dict(sorted(names_of.items(), key=lambda item: item[1].lower()))}
        names = {"type": "search", "placeholder": t("Name, question, error")}
        words = TextField(
            t("Search"), self._choice.text, on_change=lambda: self._take(text=words.value), attributes=names
        )
        Select(t("Action"), actions, self._choice.action, lambda value: self._take(action=value))
        Select(t("Started by"), people, self._choice.person, lambda value: self._take(person=value))
        for column in SHOWN:
            self._choose(column)
        orders: dict[str, str] = {name: order.title() for name, order in ORDERS.items()}
        Select(t("Order"), orders, self._choice.sort, lambda value: self._take(sort=value))
        draw_days(self._choice, self._take)

    def _choose(self, column: Column) -> None:
        if (choice := column.choice) is None or column.title is None:
            return
        options = {"": choice.all(), **choice.words()}
        chosen = getattr(self._choice, choice.field) or ""
        Select(column.title(), options, chosen, lambda value: self._take(**{choice.field: value or None}))

    def _take(self, **changes: object) -> None:
        self._choice = self._choice.model_copy(update=changes)
        self._first = 0
        query = query_of(self._choice)
        ui.navigate.history.replace("/history" + (f"?{query}" if query else ""))
        self._draw()

    def _draw(self) -> None:
        found = filter_transactions(self._services.site(), current_person(), self._services.history, self._choice)
        self._first = min(self._first, max(0, len(found) - 1) // ROWS * ROWS)
        self._count.set_text(tn("{count} transaction", "{count} transactions", len(found)))
        self._csv.props["href"] = f"/api/transactions.csv?{query_of(self._choice)}"
        self._csv.props["download"] = "transactions.csv"
        self._list.clear()
        with self._list:
            if found:
                self._rows(found[self._first : self._first + ROWS])
                ordered = self._choice.sort == "newest"
                back, on = (t("Newer"), t("Older")) if ordered else (t("Previous"), t("Next"))
                draw_pages(self._first, ROWS, len(found), back, on, self._turn)
            else:
                text("p", t("No transactions match these filters."), "r-empty")

    def _rows(self, entries: list[TransactionSummary]) -> None:
        with ui.element("table").classes("r-history") as table:
            table.props["aria-label"] = t("Transactions")
            with ui.element("thead"), ui.element("tr"):
                for column in SHOWN:
                    text("th", column.title() if column.title else "").props("scope=col")
            with ui.element("tbody"):
                for entry in entries:
                    _row(entry)

    def _turn(self, by: int) -> None:
        self._first += by
        self._draw()


def _row(entry: TransactionSummary) -> None:
    with ui.element("tr"):
        for column in SHOWN:
            if (draw := CELLS.get(column.name)) is not None:
                with text("td", ""):
                    draw(entry)
            else:
                _cell(column, entry)


def _cell(column: Column, entry: TransactionSummary) -> None:
    match value := column.value(entry):
        case datetime():
            text("td", clock(value), "r-number")
        case timedelta():
            text("td", took(value.total_seconds()), "r-number")
        case _:
            text("td", column.text(entry) if column.text else value or "")


def _about(entry: TransactionSummary) -> None:
    link(entry.title or entry.slug, f"/t/{entry.id}", "r-link")
    if about := entry.asked or entry.failure:
        text("div", about, "r-hint r-one-line")


SHOWN = [column for column in COLUMNS if column.title is not None]
CELLS: Mapping[str, Callable[[TransactionSummary], None]] = {"title": _about, "state": state_chip}
"""Draws the columns that are more than text, by their names."""


SCREEN = Screen("/history", lambda: t("History"), "history", history_page)

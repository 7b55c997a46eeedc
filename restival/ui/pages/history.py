"""The history: all transactions that the person may see, to be searched, sorted and taken away as CSV."""

from datetime import date
from urllib.parse import urlencode

from nicegui import ui
from pydantic import ValidationError
from starlette.datastructures import QueryParams

from restival.engine.history import Entry
from restival.listing import Choice, chosen, duration, visible
from restival.ui.button import Button
from restival.ui.links import link
from restival.ui.lists import Throttled, in_words, state_chip
from restival.ui.person import current_person
from restival.ui.select import Select
from restival.ui.services import Services
from restival.ui.text import text
from restival.ui.when import clock
from restival.ui.widgets.line import Line

ROWS = 50
STATES = {"": "Any state", **{word: word for word in ("Waiting", "Running", "Done", "Failed", "Cancelled")}}
SORTS = {"newest": "Newest first", "oldest": "Oldest first", "longest": "Longest first", "action": "By action"}
NOTHING = "Nothing here fits. Take away a filter, or start an action."


async def history_page(services: Services, query: QueryParams) -> None:
    """Draw the filters, and below them a page of what fits."""
    ui.page_title(f"History · {services.site().settings.title}")
    HistoryPage(services, query)


class HistoryPage:
    """The page, which keeps what was chosen in its address."""

    def __init__(self, services: Services, query: QueryParams) -> None:
        self._services = services
        self._choice = _choice(query)
        self._first = 0
        with ui.element("div").classes("r-head"):
            text("h1", "History", "r-h1")
            ui.element("div").classes("r-grow")
            self._csv = link("Download as CSV", "", "r-button r-plain")
        with ui.element("div").classes("r-filters").props('role=search aria-label="Filters"'):
            self._filters()
        self._count = text("p", "", "r-hint").props('role="status"')
        self._list = ui.element("div")
        self._draw()
        Throttled(services.history.subscribe, self._list, self._draw)

    def _filters(self) -> None:
        site, person = self._services.site(), current_person()
        seen = visible(site, person, self._services.history)
        actions = {"": "All actions", **{entry.slug: entry.title or entry.slug for entry in reversed(seen)}}
        starters = {_key(entry): entry.starter.name for entry in seen if entry.starter}
        people = {"": "Everybody", **dict(sorted(starters.items(), key=lambda item: item[1].lower()))}
        names = {"type": "search", "placeholder": "Name, question, error"}
        words = Line("Text in it", self._choice.text, on_change=lambda: self._take(text=words.value), attributes=names)
        Select("Action", actions, self._choice.action, lambda value: self._take(action=value))
        Select("Started by", people, self._choice.person, lambda value: self._take(person=value))
        Select("State", STATES, self._choice.status or "", lambda value: self._take(status=value or None))
        Select("Order", SORTS, self._choice.sort, lambda value: self._take(sort=value))
        for name, label in (("since", "From"), ("until", "To")):
            self._day(name, label)

    def _day(self, name: str, label: str) -> None:
        value: date | None = getattr(self._choice, name)
        field = Line(
            label,
            value.isoformat() if value else "",
            on_change=lambda: self._take(**{name: _day(field.value)}),
            attributes={"type": "date"},
        )
        field.classes("r-filter")

    def _take(self, **changes: object) -> None:
        self._choice = self._choice.model_copy(update=changes)
        self._first = 0
        query = _query(self._choice)
        ui.navigate.history.replace("/history" + (f"?{query}" if query else ""))
        self._draw()

    def _draw(self) -> None:
        found = chosen(self._services.site(), current_person(), self._services.history, self._choice)
        self._first = min(self._first, max(0, len(found) - 1) // ROWS * ROWS)
        self._count.set_text(f"{len(found):,} transaction{'' if len(found) == 1 else 's'}")
        self._csv.props["href"] = f"/api/transactions.csv?{_query(self._choice)}"
        self._csv.props["download"] = "transactions.csv"
        self._list.clear()
        with self._list:
            if found:
                self._rows(found[self._first : self._first + ROWS])
                self._pages(len(found))
            else:
                text("p", NOTHING, "r-empty")

    def _rows(self, entries: list[Entry]) -> None:
        with ui.element("table").classes("r-history").props('aria-label="Transactions"'):
            with ui.element("thead"), ui.element("tr"):
                for title in ("Action", "Started by", "Started", "Took", "State"):
                    text("th", title).props("scope=col")
            with ui.element("tbody"):
                for entry in entries:
                    _row(entry)

    def _pages(self, count: int) -> None:
        if count <= ROWS:
            return
        with ui.element("nav").classes("r-pages").props('aria-label="Pages"'):
            Button("Newer" if self._choice.sort == "newest" else "Back", lambda: self._turn(-ROWS)).set_enabled(
                self._first > 0
            )
            text("span", f"{self._first + 1:,}–{min(count, self._first + ROWS):,} of {count:,}", "r-hint")
            Button("Older" if self._choice.sort == "newest" else "On", lambda: self._turn(ROWS)).set_enabled(
                self._first + ROWS < count
            )

    def _turn(self, by: int) -> None:
        self._first += by
        self._draw()


def _row(entry: Entry) -> None:
    with ui.element("tr"):
        with text("td", ""):
            link(entry.title or entry.slug, f"/t/{entry.id}", "r-link")
            if about := entry.asked or entry.failure:
                text("div", about, "r-hint r-one-line")
        text("td", entry.starter.name if entry.starter else "")
        text("td", clock(entry.started_at), "r-number")
        text("td", in_words(duration(entry)), "r-number")
        with text("td", ""):
            state_chip(entry)


def _choice(query: QueryParams) -> Choice:
    """What a link asks for; what isn't understood of it is left out."""
    given = {key: value for key, value in query.items() if value}
    try:
        return Choice.model_validate(given)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
        return Choice.model_validate({key: value for key, value in given.items() if key not in wrong})


def _query(choice: Choice) -> str:
    return urlencode({key: str(value) for key, value in choice.model_dump(exclude_defaults=True).items() if value})


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _key(entry: Entry) -> str:
    return (entry.starter.email or entry.starter.name) if entry.starter else ""

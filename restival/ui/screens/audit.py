"""The audit log, for those who manage the app."""

from nicegui import PageArguments, background_tasks, ui

from restival.i18n import current_locale, t, tn
from restival.isolation.thread_pools import FILES
from restival.site.audit import AuditEntry, AuditFilter, FoundEntries, search_audit
from restival.ui.elements.button import Button
from restival.ui.elements.link import link
from restival.ui.elements.screen import Screen, manages
from restival.ui.elements.select import Select
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.elements.times import to_the_second
from restival.ui.forms.filters import draw_days, draw_pages, query_of, read_filter
from restival.ui.session.permissions import audit_denial
from restival.ui.session.services import Services

ROWS = 50
PATH = "/audit"


async def audit_page(services: Services, arguments: PageArguments) -> None:
    """Draws the filters, and below them a page of what matches."""
    ui.page_title(f"{t('Audit')} · {services.site().settings.title}")
    page = AuditPage(services, read_filter(AuditFilter, arguments.query_parameters))
    await page.search()


class AuditPage:
    """The page, whose address has the filters. It searches once at a time, however fast somebody types."""

    def __init__(self, services: Services, choice: AuditFilter) -> None:
        self._services = services
        self._zone = current_locale().zone
        self._choice = choice
        self._first = 0
        self._found: FoundEntries | None = None
        self._searching = self._again = False
        with ui.element("div").classes("r-head"):
            text("h1", t("Audit"), "r-h1")
            ui.element("div").classes("r-grow")
            self._csv = link(t("Download as CSV"), "", "r-button r-plain")
        self._filters = ui.element("div").classes("r-filters").props("role=search")
        self._filters.props["aria-label"] = t("Filters")
        self._count = text("p", "", "r-hint").props('role="status"')
        self._list = ui.element("div")

    async def search(self) -> None:
        """Reads the log outside of the event loop, and draws what was found."""
        self._again = True
        if self._searching:
            return
        self._searching = True
        try:
            while self._again and self._is_allowed():
                self._again = False
                file = self._services.auth.audit.file
                found = await FILES.run(search_audit, file, self._choice, self._zone)
                if not self._again and self._is_allowed():
                    self._show(found)
        finally:
            self._searching = False

    def _is_allowed(self) -> bool:
        if self._list.is_deleted:
            return False
        with self._list:
            if manages(self._services):
                return True
            audit_denial(self._services, "see", PATH)
            self._list.clear()
            return False

    def _show(self, found: FoundEntries) -> None:
        with self._list.client:
            if self._found is None:
                self._found = found
                self._draw_filters()
            self._found = found
            self._draw()

    def _draw_filters(self) -> None:
        assert self._found is not None
        events = dict.fromkeys([*self._found.events, self._choice.event])
        people = dict.fromkeys([*self._found.people, self._choice.person])
        with self._filters.clear():
            words = TextField(
                t("Search"),
                self._choice.text,
                on_change=lambda: self._take(text=words.value),
                attributes={"type": "search"},
            )
            Select(
                t("Event"), _options(t("All events"), events), self._choice.event, lambda value: self._take(event=value)
            )
            Select(
                t("Person"),
                _options(t("Everyone"), people),
                self._choice.person,
                lambda value: self._take(person=value),
            )
            draw_days(self._choice, self._take)

    def _take(self, **changes: object) -> None:
        self._choice = self._choice.model_copy(update=changes)
        self._first = 0
        query = query_of(self._choice)
        ui.navigate.history.replace(PATH + (f"?{query}" if query else ""))
        background_tasks.create(self.search(), name="audit")

    def _clear(self) -> None:
        self._choice = AuditFilter()
        self._draw_filters()
        self._take()

    def _draw(self) -> None:
        assert self._found is not None
        entries = self._found.entries
        count = tn("{count} entry", "{count} entries", len(entries))
        more = t("Not all entries were searched. Choose an earlier end date, or download all matches as CSV.")
        self._count.set_text(count if self._found.is_complete else f"{count}. {more}")
        self._csv.props["href"] = f"/api/audit.csv?{query_of(self._choice)}"
        self._csv.props["download"] = "audit.csv"
        with self._list.clear():
            if entries:
                _rows(entries[self._first : self._first + ROWS])
                draw_pages(self._first, ROWS, len(entries), t("Newer"), t("Older"), self._turn)
            elif self._choice == AuditFilter():
                text("p", t("The audit log is empty."), "r-empty")
            else:
                with ui.element("div").classes("r-empty"):
                    text("p", t("No entries match these filters."))
                    Button(t("Clear filters"), self._clear)

    def _turn(self, by: int) -> None:
        if self._is_allowed():
            self._first += by
            self._draw()


def _rows(entries: list[AuditEntry]) -> None:
    with ui.element("table").classes("r-history") as table:
        table.props["aria-label"] = t("Audit")
        with ui.element("thead"), ui.element("tr"):
            for title in (t("Event"), t("Person"), t("Address"), t("Time")):
                text("th", title).props("scope=col")
        with ui.element("tbody"):
            for entry in entries:
                with ui.element("tr"):
                    with text("td", ""):
                        text("div", entry.event)
                        if details := entry.details():
                            text("div", details, "r-hint r-wrap")
                    text("td", entry.who)
                    text("td", entry.address)
                    text("td", to_the_second(entry.at), "r-number")


def _options(everything: str, values: dict[str, None]) -> dict[str, str]:
    return {"": everything, **{value: value for value in values if value}}


SCREEN = Screen(PATH, lambda: t("Audit"), "policy", audit_page, is_visible=manages)

"""A declared page as it is open: read again when it should be, by the rights and the code as they are now."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from nicegui import background_tasks, ui
from pydantic import ValidationError
from starlette.datastructures import QueryParams

from restival.access.person import Person
from restival.errors import RestivalError
from restival.i18n import t
from restival.pages.context import PageContext, PageInfo
from restival.pages.page import CHANGE, Page
from restival.pages.render import RenderedPage
from restival.ui.elements.error_box import draw_failure
from restival.ui.elements.icon import spinner
from restival.ui.elements.lifecycle import LivePlace, page_callback
from restival.ui.elements.not_found import not_found_page
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.screens.page.head import PageHead
from restival.ui.screens.page.params import draw_params_form, given
from restival.ui.screens.page.parts import Guard, PageParts
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import lies_in, listed
from restival.ui.session.services import Services

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two readings, whatever asks for them; one that takes longer says so."""


class PageClosed(RestivalError):
    """The page is open still, but not for this person any more."""

    def __init__(self) -> None:
        super().__init__(t("This page doesn't exist, or you don't have access."))


class LivePage:
    """Reads a page and shows it. One task does all the reading, so that no two are under way at a time.

    `draw_below` draws what stands below the page, again with each new site.
    """

    def __init__(self, services: Services, page: Page, query: QueryParams, draw_below: Callable[[], None]) -> None:
        self._services, self._page, self._query, self._draw_below = services, page, query, draw_below
        self._reading: RenderedPage | None = None
        self._parts: PageParts | None = None
        self._read_at = ""
        self._told = ""
        self._due = asyncio.Event()
        self._due.set()
        self._seen = services.history.changes_in(page.group)
        self._place = LivePlace(self._leave).classes("r-page")
        self._ends = [
            services.on_change(page_callback(self._place, self._take_site)),
            services.history.subscribe(self._history_changed),
        ]
        with self._place:
            self._head = PageHead(page, self._above(), services.site().settings.title, self._due.set)
            self._failure = ui.element("div")
            self._body = ui.element("div").classes("r-page-body")
            with self._body, ui.element("div").classes("r-working r-part-waiting").props('role="status"'):
                spinner()
                text("span", t("Loading…"))
            self._below = ui.element("div")
            with self._below:
                draw_below()
        self._task = background_tasks.create(self._follow(), name=f"page {page.slug}")

    def _above(self) -> str:
        """The folder that the page lies in, where that has a page of its own; "" at the top."""
        group = self._page.group.rpartition("/")[0] if self._page.is_index else self._page.group
        return group if any(lies_in(item, group) for item in listed(self._services)) else ""

    async def _follow(self) -> None:
        with self._place:
            while self._place.live:
                await self._wait()
                await self._read()
                await asyncio.sleep(PAUSE)

    async def _wait(self) -> None:
        """Until the page is to be read; by itself only while the browser is there."""
        while not self._due.is_set():
            every = self._page.refresh if isinstance(self._page.refresh, float) else None
            try:
                await asyncio.wait_for(self._due.wait(), every)
            except TimeoutError:
                if self._place.client.has_socket_connection:
                    break
        self._due.clear()

    async def _read(self) -> None:
        """Read the page and show it, or why it can't be."""
        if not self._is_open():
            return
        page = self._page
        try:
            params = given(page, self._query)
        except ValidationError:
            self._ask_for_params()
            return
        slow = asyncio.get_running_loop().call_later(PAUSE, self._head.set_busy, True)
        shelf = self._services.page_files.shelf(page.slug, current_person())
        try:
            leads = self._leads_for(current_person())
            reading = await RenderedPage.of(page, self._context_of(page), params, shelf, leads, self._services.run_page)
            if self._is_open():
                self._show(reading)
        except Exception as error:
            shelf.close()
            log.exception("the page %s can't be read", page.slug)
            self._fail(error)
        finally:
            slow.cancel()
            self._head.set_busy(False)

    def _leads_for(self, person: Person) -> Callable[[str], bool]:
        """Whether a route leads a person anywhere: what they may not see is named nowhere."""

        def leads(route: str) -> bool:
            site = self._services.site()
            found = site.pages.get(route) or site.registry.get(route)
            return found is None or site.access.may(person, "see", found)

        return leads

    def _context_of(self, page: Page) -> PageContext:
        return PageContext(
            user=current_person(),
            params=dict(self._query),
            environment=self._services.site().settings.environment,
            page=PageInfo(slug=page.slug, url=f"/{page.slug}"),
        )

    def _show(self, reading: RenderedPage) -> None:
        if self._parts is None:
            with self._body.clear():
                self._parts = PageParts(Guard(self._check, self._shows_code))
        self._head.take(self._page, reading)
        self._parts.take(reading)
        if self._reading is not None:
            self._reading.close()
        self._reading, self._read_at = reading, clock(datetime.now(UTC))
        self._told = ""
        if self._failure.default_slot.children:
            self._failure.clear()

    def _fail(self, error: Exception) -> None:
        """Tell it once; what was read before stays."""
        told = f"{type(error).__name__}: {error}"
        if told == self._told or self._place.is_deleted:
            return
        self._told = told
        if self._parts is None:
            self._body.clear()
            title = t("This page couldn't be loaded")
        else:
            title = t("Refresh failed. Last updated {time}.", time=self._read_at)
        with self._failure.clear():
            draw_failure(title, error, self._again, shows_code=self._shows_code())

    def _again(self) -> None:
        self._told = ""
        self._due.set()

    def _ask_for_params(self) -> None:
        if self._parts is None and not self._told:
            self._told = "asked"
            with self._body.clear(), ui.element("div").classes("r-narrow"):
                draw_params_form(self._page, self._query)

    def _shows_code(self) -> bool:
        site = self._services.site()
        return site.access.may(current_person(), "manage", self._page)

    def _check(self) -> None:
        """Raises PageClosed where the person may not see the page any more."""
        if not self._is_open():
            raise PageClosed

    def _is_open(self) -> bool:
        """Take the page as it is declared now; where there is none for the person, show what others see there."""
        if self._place.is_deleted or not self._place.live:
            return False
        page = self._services.site().page_for(current_person(), self._page.slug)
        if page is None:
            self._leave()
            with self._place.clear():
                not_found_page(self._services, f"/{self._page.slug}")
            return False
        self._page = page
        return True

    def _leave(self) -> None:
        self._place.live = False
        self._due.set()
        for end in self._ends:
            end()
        if self._reading is not None:
            self._reading.close()
        self._reading = None

    def _history_changed(self) -> None:
        before, self._seen = self._seen, self._services.history.changes_in(self._page.group)
        if self._page.refresh == CHANGE and self._seen != before:
            self._due.set()

    def _take_site(self) -> None:
        if self._is_open():
            with self._below.clear():
                self._draw_below()
            self._told = ""
            self._due.set()

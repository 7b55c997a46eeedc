"""The top of a declared page: its title, what it says of itself, its links, and a button to read it again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import background_tasks, ui

from restival.i18n import t
from restival.io.core.link_menu import ShownMenuItem
from restival.pages.page import Page
from restival.pages.render import RenderedPage
from restival.ui.elements.anchor import button_link
from restival.ui.elements.button import Button
from restival.ui.elements.content.prose import draw_markdown
from restival.ui.elements.icon import spinner
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.session.listing import folder_title

log = logging.getLogger(__name__)


class PageHead:
    """Shows the declaration's words until the layout's are there; each of them when it is."""

    def __init__(self, page: Page, above: str, site: str, refresh: Callable[[], None]) -> None:
        self._site = site
        self._reading: RenderedPage | None = None
        self._described: str | None = None
        self._linked: list[ShownMenuItem] | None = None
        if above:
            link(folder_title(above), f"/{above}", "r-link r-back")
        with ui.element("header").classes("r-page-head"):
            with ui.element("div").classes("r-page-title"):
                self._title = text("h1", "", "r-h1")
                self._spinner = spinner()
            with ui.element("div").classes("r-links r-page-links"):
                self._links = ui.element("div").classes("r-links")
                self._refresh = Button(icon="refresh", name=t("Refresh"), look="bare", on_click=refresh)
            self._description = ui.element("div").classes("r-page-description")
            self._told = text("div", "", "r-error").props('role="status"')
        self._page = page
        self._spinner.set_visibility(False)
        self._show_title(page.title)
        self._show_description(page.description)

    def set_busy(self, busy: bool) -> None:
        """Show that the page is read."""
        self._refresh.set_busy(busy)

    def take(self, page: Page, reading: RenderedPage) -> None:
        """Show what was read now."""
        self._page, self._reading = page, reading
        self._spinner.set_visibility(reading.has_slow_head)
        background_tasks.create(self._take(reading), name="page head")

    async def _take(self, reading: RenderedPage) -> None:
        """Each of them as soon as it is there."""
        wrong = await asyncio.gather(
            self._got(reading, reading.title, self._show_title, self._page.title, t("The title")),
            self._got(
                reading, reading.description, self._show_description, self._page.description, t("The description")
            ),
            self._got(reading, reading.menu_items, self._show_links, [], t("The links")),
        )
        if self._is_shown(reading):
            self._spinner.set_visibility(False)
            self._told.set_text(" ".join(filter(None, wrong)))

    async def _got(
        self,
        reading: RenderedPage,
        get: Callable[[], Awaitable[Any]],
        show: Callable[[Any], None],
        otherwise: Any,
        name: str,
    ) -> str | None:
        """Show it; what is wrong where it can't be had."""
        try:
            found = await get()
        except Exception as error:
            log.exception("a part of the head of the page %s failed", self._page.slug)
            why = str(error) or type(error).__name__
            return t("{name} couldn't be loaded: {message}", name=name, message=why)
        if self._is_shown(reading):
            with self._title:
                show(otherwise if found is None else found)
        return None

    def _is_shown(self, reading: RenderedPage) -> bool:
        return reading is self._reading and not self._title.is_deleted

    def _show_title(self, title: str) -> None:
        if title != self._title.text:
            self._title.set_text(title)
            ui.page_title(f"{title} · {self._site}")

    def _show_description(self, description: str) -> None:
        if description == self._described:
            return
        self._described = description
        with self._description.clear():
            if description:
                draw_markdown(description, "r-hint")

    def _show_links(self, items: Sequence[ShownMenuItem]) -> None:
        if items == self._linked:
            return
        self._linked = list(items)
        with self._links.clear():
            for item in items:
                button_link(item.model_dump())

"""The frame of all pages: header, navigation, and the page that belongs to the address."""

import asyncio

from nicegui import context, ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from restival.i18n import t
from restival.site.theme import theme_css
from restival.ui.elements.lifecycle import LivePlace, page_callback
from restival.ui.elements.link import link
from restival.ui.session.locale import reads_otherwise
from restival.ui.session.navigation_source import follow_moves
from restival.ui.session.nicegui_private import builders_of, replace_routes
from restival.ui.session.script_texts import tell_language
from restival.ui.session.services import Services
from restival.ui.shell.header import draw_header
from restival.ui.shell.navigation import Navigation
from restival.ui.shell.routes import routes

READ_SECONDS = 2.5
"""How long a page is kept back for its transaction to be read. NiceGUI gives up a page after 3 seconds."""


async def shell(services: Services) -> None:
    """Draw the frame, and inside it the page of the current path."""
    frame = Shell(services)
    await frame.settle()
    frame.watch()


class Shell:
    """The frame of one browser's page."""

    def __init__(self, services: Services) -> None:
        self._services = services
        client = context.client
        _unmark(client.content)
        follow_moves(client)
        tell_language()
        self._theme = TextElement(tag="style", text=theme_css(services.site().settings.theme))
        link(t("Skip to content"), "#main", "r-skip")
        self._banner, self._following, count = draw_header(services)
        with ui.element("div").classes("r-body"):
            self._navigation = Navigation(services, count)
            self._navigation.show(client.sub_pages_router.current_path)
            with ui.element("main").classes("r-main").props('id=main tabindex="-1"'):
                self._pages = ui.sub_pages(routes(services), show_404=False)
        client.sub_pages_router.on_path_changed(self._navigation.show)
        client.on_delete(services.on_change(page_callback(client.content, self._take_site)))

    async def settle(self) -> None:
        """Read a transaction before its page is delivered, which then says by its status whether there is one."""
        drawing = builders_of(self._pages)
        if drawing and self._on_transaction() and self._services.engine_state() == "running":
            await asyncio.wait(drawing, timeout=READ_SECONDS)

    def watch(self) -> None:
        """Keep the frame up to date from now on."""
        if not self._pages.is_deleted:
            self._banner.watch()

    def _on_transaction(self) -> bool:
        return self._pages.client.sub_pages_router.current_path.startswith("/t/")

    def _take_site(self) -> None:
        """Take the new actions and rights; a transaction's page stays as it is, it follows its transaction."""
        if reads_otherwise(self._services.site().settings):
            ui.navigate.reload()
            return
        self._theme.set_text(theme_css(self._services.site().settings.theme))
        for part in self._following:
            part.draw()
        self._navigation.draw()
        replace_routes(self._pages, routes(self._services))
        if not self._on_transaction() and not self._follows_itself():
            self._pages.refresh()

    def _follows_itself(self) -> bool:
        """Whether a declared page is shown, which takes the new site without losing what was sorted and found."""
        return any(isinstance(each, LivePlace) and each.live for each in self._pages.descendants())


def _unmark(content: Element) -> None:
    """What NiceGUI puts around all pages is a `main` too; ours, without header and navigation, is to be alone."""
    if content.parent_slot is not None:
        content.parent_slot.parent.tag = "div"

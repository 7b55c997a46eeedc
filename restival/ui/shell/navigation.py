"""The way to all actions: a column beside the page where there is room, else a drawer."""

from nicegui import ui
from nicegui.element import Element

from restival.engine.client.client import split_id
from restival.engine.client.errors import UnknownTransaction
from restival.i18n import t
from restival.ui.elements.icon import icon
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.screens import SCREENS
from restival.ui.screens.inbox import SCREEN as INBOX
from restival.ui.session.services import Services
from restival.ui.shell.inbox_count import WaitingCount
from restival.ui.shell.menus import Group, MenuEntry, groups

DRAWER = "r-nav"
CLOSES_ON_LINK = (
    "(event) => event.target.closest('a') && event.currentTarget.matches(':popover-open')"
    " && event.currentTarget.hidePopover()"
)


def menu_button() -> None:
    """What opens the drawer; the browser itself closes it on Escape and on a click beside it."""
    button = ui.element("button").classes("r-menu-button").props("type=button")
    button.props["aria-label"] = t("Menu")
    button.props["popovertarget"] = DRAWER
    with button:
        icon("menu")


class Navigation:
    """Groups of links. The group of the page that is shown is open, the others can be opened."""

    def __init__(self, services: Services, count: WaitingCount) -> None:
        self._services = services
        self._count = count
        self._links: dict[str, Element] = {}
        self._folders: dict[str, Element] = {}
        self._here = ""
        self._element = ui.element("nav").classes("r-nav")
        self._element.props(f"id={DRAWER} popover=auto")
        self._element.props["aria-label"] = t("Actions")
        self._element.on("click", js_handler=CLOSES_ON_LINK)
        self.draw()

    def draw(self) -> None:
        """Draw what there is now and what the person may open."""
        self._links, self._folders = {}, {}
        with self._element.clear():
            for screen in SCREENS:
                if screen.in_navigation and screen.is_visible(self._services):
                    self._link(MenuEntry(screen.title(), screen.path, screen.icon))
            with self._links[INBOX.path]:
                self._count.also_in(text("span", "", "r-count"))
            for group in groups(self._services):
                self._group(group)
        self._mark(self._here, True)

    def show(self, path: str) -> None:
        """Mark the page with this path, or the action whose transaction it shows."""
        place = place_of(path)
        if place != self._here:
            self._mark(self._here, False)
            self._here = place
            self._mark(place, True)

    def _group(self, group: Group) -> None:
        if not group.title:
            self._entries(group)
            return
        with ui.element("details").classes("r-nav-folder") as folder:
            text("summary", group.title)
            self._entries(group)
        self._folders |= {entry.target: folder for entry in group.entries}

    def _entries(self, group: Group) -> None:
        for entry in group.entries:
            self._link(entry)

    def _link(self, entry: MenuEntry) -> None:
        with link("", entry.target, "r-nav-link", starts=True) as shown:
            icon(entry.icon)
            text("span", entry.title)
        if entry.elsewhere:
            shown.props["target"], shown.props["rel"] = "_blank", "noopener noreferrer"
        self._links[entry.target] = shown

    def _mark(self, place: str, here: bool) -> None:
        if shown := self._links.get(place):
            shown.props.set_optional("aria-current", "page" if here else None)
        if folder := self._folders.get(place):
            folder.props.set_bool("open", here)


def place_of(path: str) -> str:
    """Which link belongs to a path: that of an action for its page and for its transactions."""
    place = path.partition("?")[0].partition("#")[0].rstrip("/") or "/"
    if not place.startswith("/t/"):
        return place
    try:
        return "/" + split_id(place.removeprefix("/t/"))[0].replace(".", "/")
    except UnknownTransaction:
        return place

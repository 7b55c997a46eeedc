"""The way to all actions: a column beside the page where there is room, else a drawer."""

from nicegui import ui
from nicegui.element import Element

from restival.declare import Action
from restival.engine.client import UnknownTransaction, split_id
from restival.ui.folders import by_folder, folder_title, listed
from restival.ui.icon import icon
from restival.ui.links import link
from restival.ui.services import Services
from restival.ui.text import text

DRAWER = "r-nav"
CLOSES_ON_LINK = (
    "(event) => event.target.closest('a') && event.currentTarget.matches(':popover-open')"
    " && event.currentTarget.hidePopover()"
)


def menu_button() -> None:
    """What opens the drawer; the browser itself closes it on Escape and on a click beside it."""
    button = ui.element("button").classes("r-menu-button").props('type=button aria-label="Menu"')
    button.props["popovertarget"] = DRAWER
    with button:
        icon("menu")


class Navigation:
    """Folders with their actions. The folder of the page that is shown is open, the others can be opened."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._links: dict[str, Element] = {}
        self._folders: dict[str, Element] = {}
        self._here = ""
        self._element = ui.element("nav").classes("r-nav")
        self._element.props(f'id={DRAWER} popover=auto aria-label="Actions"')
        self._element.on("click", js_handler=CLOSES_ON_LINK)
        self.draw()

    def draw(self) -> None:
        """Draw the actions that there are now and that the person may run."""
        self._links, self._folders = {}, {}
        with self._element.clear():
            self._link("/", "Home", "home")
            for group, actions in by_folder(listed(self._services)).items():
                self._folder(group, actions)
        self._mark(self._here, True)

    def show(self, path: str) -> None:
        """Mark the page with this path, or the action whose transaction it shows."""
        place = place_of(path)
        if place != self._here:
            self._mark(self._here, False)
            self._here = place
            self._mark(place, True)

    def _folder(self, group: str, actions: list[Action]) -> None:
        if not group:
            self._actions(actions)
            return
        with ui.element("details").classes("r-nav-folder") as folder:
            text("summary", folder_title(group))
            self._actions(actions)
        self._folders[group] = folder

    def _actions(self, actions: list[Action]) -> None:
        for action in actions:
            self._link(f"/{action.slug}", action.title, action.icon or "bolt")

    def _link(self, path: str, title: str, icon_name: str) -> None:
        with link("", path, "r-nav-link") as shown:
            icon(icon_name)
            text("span", title)
        self._links[path] = shown

    def _mark(self, place: str, here: bool) -> None:
        if shown := self._links.get(place):
            shown.props.set_optional("aria-current", "page" if here else None)
        if folder := self._folders.get(place.strip("/").rpartition("/")[0]):
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

"""What the navigation offers: the menus of the settings, or the folders of the actions where none are set."""

from collections.abc import Iterator
from dataclasses import dataclass

from restival.settings.menus import MenuLink
from restival.ui.folders import by_folder, folder_title, lies_in, listed
from restival.ui.person import current_person
from restival.ui.services import Services


@dataclass(frozen=True)
class Entry:
    """A link; `elsewhere` where it leaves the app."""

    title: str
    target: str
    icon: str
    elsewhere: bool = False


@dataclass(frozen=True)
class Group:
    """Links under a title; without one they stand above all groups."""

    title: str
    icon: str | None
    entries: list[Entry]


def groups(services: Services) -> list[Group]:
    """The groups in which the person may open something."""
    menus, person = services.site().settings.menus, current_person()
    if not menus:
        return [
            Group(folder_title(folder) if folder else "", None, [_of(services, action.slug) for action in actions])
            for folder, actions in by_folder(listed(services)).items()
        ]
    shown = [
        Group(menu.title, menu.icon, [entry for item in menu.items for entry in _entry(services, item)])
        for menu in menus
        if person.has_one_of(menu.roles)
    ]
    return [group for group in shown if group.entries]


def _of(services: Services, slug: str) -> Entry:
    action = services.site().registry[slug]
    return Entry(action.title, f"/{slug}", action.icon or "bolt")


def _entry(services: Services, item: MenuLink) -> Iterator[Entry]:
    """The entry of a line of a menu, unless it is for others or leads nowhere."""
    site, person = services.site(), current_person()
    if not person.has_one_of(item.roles):
        return
    if item.url is not None:
        yield Entry(item.title or item.url, item.url, item.icon or "open_in_new", elsewhere=True)
    elif item.action is not None:
        action = site.registry.get(item.action)
        if action is not None and site.access.may(person, "see", action):
            yield Entry(item.title or action.title, f"/{item.action}", item.icon or action.icon or "bolt")
    elif item.page is not None and any(lies_in(action, item.page) for action in listed(services)):
        yield Entry(item.title or folder_title(item.page), f"/{item.page}", item.icon or "folder")

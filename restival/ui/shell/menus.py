"""What the navigation offers: the menus of the settings, or the folders of the actions where none are set."""

from collections.abc import Iterator
from dataclasses import dataclass

from restival.settings.menus import MenuLink
from restival.ui.session.current_person import current_person
from restival.ui.session.listing import Listed, by_folder, folder_title, lies_in, listed, sign_of
from restival.ui.session.services import Services


@dataclass(frozen=True)
class MenuEntry:
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
    entries: list[MenuEntry]


def groups(services: Services) -> list[Group]:
    """The groups in which the person may open something."""
    menus, person = services.site().settings.menus, current_person()
    if not menus:
        return [
            Group(folder_title(folder) if folder else "", None, list(map(_of, items)))
            for folder, items in by_folder(listed(services)).items()
        ]
    shown = [
        Group(menu.title, menu.icon, [entry for item in menu.items for entry in _entry(services, item)])
        for menu in menus
        if person.has_one_of(menu.roles)
    ]
    return [group for group in shown if group.entries]


def _of(item: Listed) -> MenuEntry:
    return MenuEntry(item.title, f"/{item.slug}", sign_of(item))


def _entry(services: Services, item: MenuLink) -> Iterator[MenuEntry]:
    """The entry of a line of a menu, unless it is for others or leads nowhere."""
    site, person = services.site(), current_person()
    if not person.has_one_of(item.roles):
        return
    if item.url is not None:
        yield MenuEntry(item.title or item.url, item.url, item.icon or "open_in_new", elsewhere=True)
    elif item.action is not None:
        action = site.registry.get(item.action)
        if action is not None and site.access.may(person, "see", action):
            yield MenuEntry(item.title or action.title, f"/{item.action}", item.icon or action.icon or "bolt")
    elif item.page is not None:
        yield from _to_page(services, item, item.page)


def _to_page(services: Services, item: MenuLink, slug: str) -> Iterator[MenuEntry]:
    """The entry of a page; of a folder where there is no page at its address, or none for the person."""
    if page := services.site().page_for(current_person(), slug):
        yield MenuEntry(item.title or page.title, f"/{slug}", item.icon or sign_of(page))
    elif any(lies_in(each, slug) for each in listed(services)):
        yield MenuEntry(item.title or folder_title(slug), f"/{slug}", item.icon or "folder")

"""Actions and pages as lists show them: by folder, and only those that the person may see."""

from collections.abc import Sequence

from restival.actions.action import Action
from restival.engine.client.client import split_id
from restival.engine.client.errors import UnknownTransaction
from restival.pages.page import Page
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

Listed = Action | Page
"""What stands in a list, a menu or a folder."""


def listed(services: Services) -> list[Listed]:
    """What a list shows to the person: pages first, those that stand for their folder before others."""
    site, person = services.site(), current_person()
    pages = sorted(site.pages_for(person), key=lambda page: not page.is_index)
    found: list[Listed] = [*pages, *site.allowed(person, "see")]
    return [item for item in found if not item.unlisted]


def sign_of(item: Listed) -> str:
    """The name of its icon."""
    return item.icon or ("bolt" if isinstance(item, Action) else "space_dashboard")


def by_folder(items: Sequence[Listed]) -> dict[str, list[Listed]]:
    """Actions and pages by their folder, those of no folder first."""
    folders: dict[str, list[Listed]] = {}
    for item in items:
        folders.setdefault(item.group, []).append(item)
    return dict(sorted(folders.items()))


def lies_in(item: Listed, folder: str) -> bool:
    """Whether it lies in a folder or in one below it; "" is the top, where all are."""
    return not folder or f"{item.group}/".startswith(f"{folder}/")


def folder_title(folder: str) -> str:
    """A folder's name as a title."""
    return " / ".join(part.replace("_", " ").replace("-", " ").capitalize() for part in folder.split("/"))


def action_of(services: Services, transaction: str) -> Action | None:
    """The action of a transaction, as it is declared now."""
    try:
        service, _ = split_id(transaction)
    except UnknownTransaction:
        return None
    return services.site().registry.get(service.replace(".", "/"))

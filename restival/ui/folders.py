"""The actions as lists show them: by folder, and only those that the person may see."""

from restival.declare import Action
from restival.ui.person import current_person
from restival.ui.services import Services


def listed(services: Services) -> list[Action]:
    """The actions that a list shows to the person."""
    return [action for action in services.site().allowed(current_person(), "see") if not action.unlisted]


def by_folder(actions: list[Action]) -> dict[str, list[Action]]:
    """Actions by their folder, those of no folder first."""
    folders: dict[str, list[Action]] = {}
    for item in actions:
        folders.setdefault(item.group, []).append(item)
    return dict(sorted(folders.items()))


def lies_in(action: Action, folder: str) -> bool:
    """Whether an action lies in a folder or in one below it; "" is the top, where all are."""
    return not folder or f"{action.group}/".startswith(f"{folder}/")


def folder_title(folder: str) -> str:
    """A folder's name as a title."""
    return " / ".join(part.replace("_", " ").replace("-", " ").capitalize() for part in folder.split("/"))

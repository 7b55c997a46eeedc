"""The actions as lists show them: by folder, and only those that the person may run."""

from restival.access import may_run
from restival.declare import Action
from restival.ui.person import current_person
from restival.ui.services import Services


def listed(services: Services) -> list[Action]:
    """The actions that a list shows to the person."""
    person = current_person()
    actions = services.project().registry.values()
    return [item for item in actions if not item.unlisted and may_run(person, item.roles)]


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

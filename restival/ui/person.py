"""Who is in front of this browser. Without sign-in it is the developer, under a name that the browser keeps."""

from nicegui import app

from restival.access import Person
from restival.auth.local import local_person

NAME = "name"


def current_person() -> Person:
    """The person of the page or event that is being handled."""
    person = local_person()
    name = app.storage.user.get(NAME)
    return person.model_copy(update={"name": name}) if name else person


def rename(name: str) -> None:
    """Keep another name for this browser; an empty one goes back to the machine's."""
    if cleaned := name.strip()[:80]:
        app.storage.user[NAME] = cleaned
    else:
        app.storage.user.pop(NAME, None)

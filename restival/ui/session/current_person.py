"""Who is in front of this browser. Without sign-in it is the developer, under a name that the browser keeps."""

from collections.abc import Callable
from typing import Any

from nicegui import app, context
from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.isolation.process_wide import ProcessWide

NAME = "name"


def _nobody(_: HTTPConnection) -> Person:
    return NOBODY


IDENTITY: ProcessWide[Callable[[HTTPConnection], Person]] = ProcessWide(_nobody)
"""Returns whose request it is. It is process-wide because NiceGUI hands handlers of events and sockets nothing else."""


def person_of(request: HTTPConnection) -> Person:
    """Whose request it is."""
    return IDENTITY.get()(request)


def current_person() -> Person:
    """The person of the page or event that is being handled, by the request that the page was opened with."""
    request = context.client.request
    person = person_of(request) if request is not None else NOBODY
    name = app.storage.user.get(NAME) if person.developer else None
    return person.model_copy(update={"name": name}) if name else person


def own_storage() -> dict[str, Any]:
    """What this browser keeps for the person: another one who signs in here has their own."""
    kept: dict[str, Any] = app.storage.user
    mail = current_person().email
    return kept.setdefault(f"of {mail}", {}) if mail else kept


def rename(name: str) -> None:
    """Keep another name for this browser; an empty one goes back to the machine's."""
    if cleaned := name.strip()[:80]:
        app.storage.user[NAME] = cleaned
    else:
        app.storage.user.pop(NAME, None)

"""Who else has the page open."""

from nicegui import ui

from restival.access.person import Person
from restival.i18n import t
from restival.ui.elements.text import text

SHOWN = 4
"""Names that are shown; of the others their number."""


class PeopleHere:
    """A row of initials, and the names in words."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._element = ui.element("div").classes("r-here").props('role="status"')
        self._element.set_visibility(False)

    def draw(self, people: list[Person]) -> None:
        """Show these people."""
        names = [person.name for person in people]
        if names == self._shown:
            return
        self._shown = names
        self._element.set_visibility(bool(names))
        with self._element.clear():
            for name in names[:SHOWN]:
                text("span", initials(name), "r-avatar").props("aria-hidden=true")
            text("span", here(names))


def here(names: list[str]) -> str:
    """Who is here, in words."""
    if not names:
        return ""
    if len(names) == 1:
        return t("{name} is here", name=names[0])
    if len(names) <= SHOWN:
        return t("{names} and {name} are here", names=", ".join(names[:-1]), name=names[-1])
    return t("{names} and {count} others are here", names=", ".join(names[:SHOWN]), count=len(names) - SHOWN)


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

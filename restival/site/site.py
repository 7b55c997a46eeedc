"""What the app serves now: its settings, its actions, and who may do what with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from restival.access.person import Person
from restival.access.rights import Access, Right
from restival.actions.action import Action, Registry
from restival.isolation.listeners import Listeners
from restival.pages.page import Page
from restival.settings import Settings
from restival.settings.keys import Key
from restival.settings.people import Individual
from restival.site.project import Problem, Project
from restival.site.timetable import Timetable, timetable

LOGO_PATH = "/_restival/logo"


@dataclass(frozen=True)
class Site:
    """The settings and the project as they were loaded last. Another load makes another site; nothing in it changes."""

    settings: Settings
    project: Project
    broken: str | None = None
    """Why the settings as they are written now can't be used; those of before hold on."""

    @cached_property
    def access(self) -> Access:
        """The rights of roles."""
        return Access(self.settings.roles)

    @cached_property
    def hosts(self) -> frozenset[str] | None:
        """The names of hosts that the app answers to; None where it takes any."""
        return self.settings.names

    @property
    def logo(self) -> Path | None:
        """The file of the logo."""
        logo = self.settings.theme.logo
        return None if logo is None else self.project.root / logo

    @cached_property
    def logo_address(self) -> str | None:
        """Where the app serves it; another file has another address."""
        try:
            return None if self.logo is None else f"{LOGO_PATH}?{self.logo.stat().st_mtime_ns}"
        except OSError:
            return None

    @property
    def registry(self) -> Registry:
        """The actions by slug."""
        return self.project.registry

    @cached_property
    def timetable(self) -> Timetable:
        """What is scheduled."""
        return timetable(self.project, self)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps actions and schedules from running."""
        return (*self.project.problems, *self.timetable.problems)

    @property
    def pages(self) -> Mapping[str, Page]:
        """The pages by slug."""
        return self.project.pages

    def page_for(self, person: Person, slug: str) -> Page | None:
        """The page at an address, if the person may see it."""
        page = self.pages.get(slug)
        return page if page is not None and self.access.may(person, "see", page) else None

    def pages_for(self, person: Person) -> list[Page]:
        """The pages that a person may see."""
        return [page for page in self.pages.values() if self.access.may(person, "see", page)]

    def person(self, mail: str) -> Person | None:
        """The person with that mail, with their roles as they are now."""
        found = self._people.get(mail.strip().lower())
        return None if found is None else _person(found)

    def password_of(self, mail: str) -> str | None:
        """The hash of the password that the settings have for that mail."""
        found = self._people.get(mail)
        return None if found is None else found.password

    def second_factor_reset(self, mail: str) -> datetime | None:
        """When the settings have had the second factor of that mail forgotten."""
        found = self._people.get(mail)
        return None if found is None else found.second_factor_reset

    def people(self) -> list[Person]:
        """Everybody who is named in the settings."""
        return self._persons

    @cached_property
    def _persons(self) -> list[Person]:
        return [_person(each) for each in self.settings.people]

    def program(self, hash: str) -> Person | None:
        """The program whose key has that hash, while the key holds."""
        found = self._keys.get(hash)
        if found is None or (found.expires is not None and found.expires < datetime.now(UTC).date()):
            return None
        return Person(name=found.name, email=f"key:{found.name}", roles=tuple(found.roles), program=True)

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return {each.hash: each for each in self.settings.keys}

    @cached_property
    def _people(self) -> dict[str, Individual]:
        return {each.mail: each for each in self.settings.people}

    def allowed(self, person: Person, right: Right) -> list[Action]:
        """The actions on which a person has a right."""
        return [action for action in self.registry.values() if self.access.may(person, right, action)]


def _person(individual: Individual) -> Person:
    return Person(name=individual.name, email=individual.mail, roles=tuple(individual.roles))


class Sites:
    """Holds the site that is served, and tells of another."""

    def __init__(self, site: Site) -> None:
        self.now = site
        self._listeners = Listeners[[]]()

    def put(self, site: Site) -> None:
        """Serve this site from now on, and tell everybody who listens."""
        self.now = site
        self._listeners.notify()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever there is another site; the returned function ends that."""
        return self._listeners.subscribe(listener)

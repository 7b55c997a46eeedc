"""The schedules that the app keeps: those of the code and of the settings, and as whom they run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from pydantic import BaseModel

from restival.access.person import Person
from restival.access.rights import Access
from restival.actions.action import Action, check_params
from restival.actions.schedule import Schedule
from restival.errors import RestivalError
from restival.i18n import t
from restival.settings import FILE, Settings
from restival.site.project import Problem, Project


class People(Protocol):
    """The site, as far as it tells who may run what."""

    @property
    def settings(self) -> Settings:
        """Whether people sign in."""

    @property
    def access(self) -> Access:
        """The rights of roles."""

    def person(self, mail: str) -> Person | None:
        """The person with that mail."""


NAMELESS = "Schedule"
"""As whom it runs where nobody signs in and no name is given."""


class CannotRun(RestivalError):
    """A schedule whose time has come can't be run; says why."""


@dataclass(frozen=True)
class ScheduledAction:
    """A schedule and its action. `id` stays the same when its times change; `file` and `line` say where it stands."""

    id: str
    action: Action
    schedule: Schedule
    file: str
    line: int

    def problem(self, message: str) -> Problem:
        """Something that is wrong with it."""
        return Problem(self.file, self.line, f"the schedule of {self.action.slug}: {message}")


@dataclass(frozen=True)
class Timetable:
    """All schedules by id, and what is wrong with some."""

    schedules: dict[str, ScheduledAction]
    problems: tuple[Problem, ...]


def timetable(project: Project, site: People) -> Timetable:
    """What is scheduled in a project, by the settings and the code."""
    found: dict[str, ScheduledAction] = {}
    problems: list[Problem] = []
    zone = site.settings.timezone
    for given in (*_in_code(project), *_in_settings(project, site.settings, problems)):
        each = replace(given, schedule=replace(given.schedule, timezone=given.schedule.timezone or zone))
        if each.id in found:
            problems.append(each.problem("another schedule of this action has the same title: rename one"))
            continue
        found[each.id] = each
        try:
            check_params(each.action, each.schedule.params)
            resolve_person(site, each)
        except (CannotRun, ValueError) as error:
            problems.append(each.problem(str(error)))
    return Timetable(found, tuple(problems))


def resolve_person(site: People, scheduled: ScheduledAction) -> Person:
    """The person as whom a schedule runs, by their rights as they are now. Raises CannotRun."""
    mail = scheduled.schedule.run_as
    person = site.person(mail) if mail else None
    if person is None and site.settings.sign_in.anonymous:
        person = Person(name=mail or NAMELESS, developer=True)
    if person is None and mail is None:
        raise CannotRun(t("Set run_as to a person's email. The schedule uses their permissions."))
    if person is None:
        raise CannotRun(t("No one in restival.yaml has the email {mail}.", mail=mail))
    if not site.access.may(person, "run", scheduled.action):
        raise CannotRun(t("{name} doesn't have permission to run this action.", name=person.name))
    return person


def resolve_start(site: People, scheduled: ScheduledAction) -> tuple[Person, BaseModel]:
    """As whom, and with which parameters, a schedule runs now. Raises CannotRun."""
    try:
        params = check_params(scheduled.action, scheduled.schedule.params)
    except ValueError as error:
        raise CannotRun(f"{error}.") from None
    return resolve_person(site, scheduled), params


def _in_code(project: Project) -> Iterator[ScheduledAction]:
    for action in project.registry.values():
        for number, schedule in enumerate(action.schedules, 1):
            name = _named(schedule) or str(number)
            yield ScheduledAction(f"{action.slug}#{name}", action, schedule, project.relative(action.file), action.line)


def _in_settings(project: Project, settings: Settings, problems: list[Problem]) -> Iterator[ScheduledAction]:
    numbers: dict[str, int] = {}
    for entry in settings.schedules:
        action = project.registry.get(entry.action)
        if action is None:
            problems.append(Problem(FILE, entry.line, f"schedules: unknown action {entry.action}"))
            continue
        numbers[action.slug] = numbers.get(action.slug, 0) + 1
        name = _named(entry.schedule) or f"yaml-{numbers[action.slug]}"
        yield ScheduledAction(f"{action.slug}#{name}", action, entry.schedule, FILE, entry.line)


def _named(schedule: Schedule) -> str:
    return re.sub(r"\W+", "-", schedule.title or "").strip("-").lower()

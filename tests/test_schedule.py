"""Schedules in declarations and in restival.yaml: what they become, and how mistakes are told."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from restival import IO, Schedule, action
from restival.access.person import Person
from restival.actions.action import DeclarationError
from restival.actions.declarations import MARK
from restival.settings import SettingsError, load_settings
from restival.site import plans
from restival.site.project import load_project
from restival.site.site import Site, Sites
from restival.site.timetable import CannotRun, ScheduledAction, resolve_person, resolve_start
from restival.ui.setup.component_scripts import release_names

ACTIONS = """
from restival import IO, Schedule, action

NOON = Schedule("0 12 * * 6", timezone="Asia/Tokyo", run_as="bo@example.com", title="At noon")

@action(schedule=["0 9 * * 1-5", NOON],
        timezone="Europe/Berlin", run_as="ada@example.com")
async def report(io: IO) -> None: ...

@action(roles=["finance"])
async def pay(io: IO, month: str, count: int = 1) -> None: ...
"""
PEOPLE = """
sign_in: {mode: password}
roles:
  everyone: {}
  support: {report: [run]}
people:
  - {mail: ada@example.com, name: Ada, roles: [support]}
  - {mail: bo@example.com, name: Bo, roles: [finance]}
"""


def site(project: Path, actions: str = ACTIONS, settings: str = PEOPLE) -> Site:
    (project / "actions" / "some.py").write_text(actions)
    (project / "restival.yaml").write_text(settings)
    return Site(load_settings(project, {}, {}), load_project(project, forget=release_names))


def test_code_and_settings_schedule_the_same_action(project: Path) -> None:
    made = site(
        project,
        settings=PEOPLE
        + "schedules:\n"
        + "  - {action: pay, cron: 0 6 1 * *, run_as: bo@example.com, params: {month: last}, missed: all}\n"
        + "  - {action: report, cron: 0 18 * * *, run_as: ada@example.com, title: In the evening}\n",
    )
    assert [str(problem) for problem in made.problems] == [
        "actions/some.py:6: the schedule of report: Bo doesn't have permission to run this action."
    ]
    found = made.timetable.schedules
    assert list(found) == ["report#1", "report#at-noon", "pay#yaml-1", "report#in-the-evening"]
    assert [(each.schedule.zone, each.schedule.missed) for each in found.values()] == [
        ("Europe/Berlin", "once"),
        ("Asia/Tokyo", "once"),
        ("UTC", "all"),
        ("UTC", "once"),
    ]
    person, params = resolve_start(made, found["pay#yaml-1"])
    assert (person.email, params.model_dump()) == ("bo@example.com", {"month": "last", "count": 1})


def test_what_overlaps_is_left_out_unless_something_else_is_said() -> None:
    @action(schedule=["0 5 * * *", Schedule("0 6 * * *", overlap="all")], overlap="queue")
    async def some(io: IO) -> None: ...

    assert [each.overlaps for each in getattr(some, MARK).schedules] == ["queue", "all"]
    assert Schedule("0 5 * * *").overlaps == "skip"
    assert Schedule("0 5 * * *", missed="all").overlaps == "all"  # who makes up for each run wants each
    assert Schedule("0 5 * * *", missed="all", overlap="queue").overlaps == "queue"


def test_the_settings_say_what_overlaps(project: Path) -> None:
    settings = PEOPLE + "schedules:\n  - {action: report, cron: 0 18 * * *, overlap: queue, run_as: ada@example.com}\n"
    made = site(project, settings=settings)
    planned = plans.SitePlans(Sites(made)).all()
    assert planned["report#yaml-1"].overlap == "queue"
    assert planned["report#1"].overlap == "skip"


def test_the_plan_of_one_schedule_is_computed_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = plans.SitePlans(Sites(site(project)))
    assert declared.get("report#1") == declared.all()["report#1"]
    assert declared.get("report#2") is None
    computed: list[str] = []

    def resolved(site: Site, scheduled: ScheduledAction) -> tuple[Person, BaseModel]:
        computed.append(scheduled.id)
        return resolve_start(site, scheduled)

    monkeypatch.setattr(plans, "resolve_start", resolved)
    assert declared.get("report#at-noon") is not None
    assert computed == ["report#at-noon"]


def test_the_time_zone_of_the_settings_holds_where_none_is_given(project: Path) -> None:
    settings = PEOPLE + "timezone: Asia/Kathmandu\nschedules:\n  - {action: report, cron: 0 18 * * *}\n"
    found = site(project, settings=settings).timetable.schedules
    assert found["report#1"].schedule.zone == "Europe/Berlin"
    assert found["report#yaml-1"].schedule.zone == "Asia/Kathmandu"


def test_as_whom_it_runs_is_asked_each_time_by_the_rights_of_then(project: Path) -> None:
    before = site(project)
    scheduled = before.timetable.schedules["report#1"]
    assert resolve_person(before, scheduled).name == "Ada"
    after = site(project, settings=PEOPLE.replace("{report: [run]}", "{report: [see]}"))
    with pytest.raises(CannotRun, match="Ada doesn't have permission to run this action"):
        resolve_person(after, scheduled)
    gone = site(project, settings=PEOPLE.replace("ada@", "ann@"))
    with pytest.raises(CannotRun, match=r"No one in restival\.yaml has the email ada@example.com"):
        resolve_person(gone, scheduled)


def test_where_nobody_signs_in_any_name_will_do(project: Path) -> None:
    made = site(project, ACTIONS.replace('run_as="ada@example.com"', 'run_as="Nightly"'), "title: Open\n")
    assert [resolve_person(made, each).name for each in made.timetable.schedules.values()] == [
        "Nightly",
        "bo@example.com",
    ]
    nameless = site(project, ACTIONS.replace(', run_as="ada@example.com"', ""), "title: Open\n")
    assert resolve_person(nameless, nameless.timetable.schedules["report#1"]).name == "Schedule"


def test_where_people_sign_in_it_has_to_be_said(project: Path) -> None:
    made = site(project, ACTIONS.replace(', run_as="ada@example.com"', ""))
    assert "actions/some.py:6: the schedule of report: Set run_as" in str(made.problems[0])


def test_declarations_that_cannot_be_kept() -> None:
    with pytest.raises(DeclarationError, match=r"test_schedule.py:\d+: bad: schedule: .*invalid hour"):

        @action(schedule="0 25 * * *")
        async def bad(io: IO) -> None: ...

    with pytest.raises(DeclarationError, match=r"schedule: unknown time zone 'Berlin': write a name such as"):

        @action(schedule="0 5 * * *", timezone="Berlin")
        async def zone(io: IO) -> None: ...

    with pytest.raises(DeclarationError, match=r"invalid params: day: required, because a schedule has no one"):

        @action(schedule="0 5 * * *")
        async def asks(io: IO, day: str) -> None: ...

    with pytest.raises(DeclarationError, match=r"count: .*an integer.*; days: unknown parameter"):

        @action(schedule=Schedule("0 5 * * *", params={"days": 1, "count": "x"}))
        async def wrong(io: IO, count: int = 1) -> None: ...

    with pytest.raises(DeclarationError, match="timezone, run_as, and overlap need a schedule"):

        @action(run_as="ada@example.com")
        async def never(io: IO) -> None: ...

    with pytest.raises(ValueError, match="missed must be skip, once, or all, not 'never'"):
        Schedule("0 5 * * *", missed="never")  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="overlap must be skip, queue, or all, not 'never'"):
        Schedule("0 5 * * *", overlap="never")  # type: ignore[arg-type]

    @action(schedule=Schedule("0 5 * * *", params={"day": "2026-01-01"}))
    async def fits(io: IO, day: str, more: int = 2) -> None: ...

    assert len(getattr(fits, MARK).schedules) == 1


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("cron: 0 9 * *", "restival.yaml:11: schedules.0.cron: .*wrong number of fields"),
        ("cron: 0 9 * * *\n    timezone: Mars", "restival.yaml:12: schedules.0.timezone: unknown time zone 'Mars'"),
        ("cron: 0 9 * * *\n    missed: maybe", "restival.yaml:12: schedules.0.missed: write one of skip, once or all"),
        ("corn: 0 9 * * *", "restival.yaml:11: schedules.0.corn: unknown key; did you mean cron"),
    ],
)
def test_mistakes_in_the_settings_have_line_and_key(project: Path, entry: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        site(project, settings=PEOPLE + f"schedules:\n  - action: report\n    {entry}\n")


def test_what_does_not_fit_the_actions_is_a_problem_with_its_line(project: Path) -> None:
    made = site(
        project,
        settings="schedules:\n"
        "  - {action: reprot, cron: 0 9 * * *}\n"
        "  - {action: pay, cron: 0 9 * * *}\n"
        "  - {action: pay, cron: 0 9 * * *, params: {month: May}, title: Two}\n"
        "  - {action: pay, cron: 0 8 * * *, params: {month: May}, title: two}\n",
    )
    assert [str(problem) for problem in made.problems] == [
        "restival.yaml:2: schedules: unknown action reprot",
        "restival.yaml:3: the schedule of pay: invalid params: month: required, because a schedule has no one to ask",
        "restival.yaml:5: the schedule of pay: another schedule of this action has the same title: rename one",
    ]
    assert [each for each in made.timetable.schedules if each.startswith("pay")] == ["pay#yaml-1", "pay#two"]

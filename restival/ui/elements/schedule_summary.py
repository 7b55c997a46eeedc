"""A schedule in a line: when it runs, and when next."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from restival.actions.action import Action
from restival.actions.cron import times
from restival.actions.schedule import Schedule
from restival.i18n import t
from restival.site.timetable import ScheduledAction
from restival.ui.elements.cron_text import describe_cron
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.elements.times import clock
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services


def draw_schedules_of(services: Services, action: Action) -> None:
    """Say below an action when it runs by itself."""
    for scheduled in services.site().timetable.schedules.values():
        if scheduled.action.slug == action.slug:
            _line(services, scheduled)


def seen_by_person(services: Services) -> list[ScheduledAction]:
    """The schedules that the person may see: those of actions whose history is open to them."""
    site, person = services.site(), current_person()
    every = site.timetable.schedules.values()
    return [each for each in every if site.access.may(person, "view_history", each.action)]


def has_schedules(services: Services) -> bool:
    """Whether the page of schedules is for the person: there is something on it, or they might schedule something."""
    return services.site().access.manages(current_person()) or bool(seen_by_person(services))


def regular(schedule: Schedule) -> str:
    """When it runs, with its time zone."""
    return t("{when} ({zone})", when=describe_cron(schedule.cron), zone=schedule.zone)


def upcoming(services: Services, scheduled: ScheduledAction, count: int) -> list[datetime]:
    """Its next times; none while it is paused."""
    state = services.schedules.known.get(scheduled.id)
    if state is not None and state.paused is not None:
        return []
    return list(islice(_due(scheduled.schedule), count))


def _due(schedule: Schedule) -> Iterator[datetime]:
    return times(schedule.cron, schedule.zone, datetime.now(UTC))


def _line(services: Services, scheduled: ScheduledAction) -> None:
    following = upcoming(services, scheduled, 1)
    when = regular(scheduled.schedule)
    words = (
        t("Runs {when}, next {time}.", when=when, time=clock(following[0]))
        if following
        else t("Runs {when}, currently paused.", when=when)
    )
    with text("p", words + " ", "r-hint"):
        if services.site().access.may(current_person(), "view_history", scheduled.action):
            link(t("Schedules"), "/schedules")

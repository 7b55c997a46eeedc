"""The schedules: what runs by itself, when next, and what came of it."""

from datetime import UTC, datetime

from nicegui import PageArguments, ui

from restival.i18n import t
from restival.site.timetable import ScheduledAction
from restival.ui.elements.schedule_summary import has_schedules, seen_by_person, upcoming
from restival.ui.elements.screen import Screen
from restival.ui.elements.text import text
from restival.ui.elements.throttle import Throttled
from restival.ui.screens.schedules.card import ScheduleCard
from restival.ui.session.services import Services

NEVER = datetime.max.replace(tzinfo=UTC)
EXAMPLE = """from restival import IO, action


@action(schedule="0 9 * * 1-5", timezone="Europe/Berlin")
async def remind(io: IO) -> None:
    \"\"\"Runs every weekday at nine.\"\"\"
"""


async def schedules_page(services: Services, arguments: PageArguments) -> None:
    """List those that the person may see, the next one first, and keep them up to date."""
    ui.page_title(f"{t('Schedules')} · {services.site().settings.title}")
    text("h1", t("Schedules"), "r-h1")

    def due(scheduled: ScheduledAction) -> datetime:
        return next(iter(upcoming(services, scheduled, 1)), NEVER)

    place = ui.element("div").classes("r-section")
    with place:
        cards = [ScheduleCard(services, each) for each in sorted(seen_by_person(services), key=due)]
        if not cards:
            _empty()

    def draw() -> None:
        for card in cards:
            card.draw()

    Throttled(services.history.subscribe, place, draw)
    Throttled(services.schedules.subscribe, place, draw)


def _empty() -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", t("No schedules yet"), "r-h2")
        text("p", t("Add a schedule to an action's declaration, or under schedules in restival.yaml:"))
        text("pre", EXAMPLE, "r-code r-wrap")


SCREEN = Screen("/schedules", lambda: t("Schedules"), "schedule", schedules_page, is_visible=has_schedules)

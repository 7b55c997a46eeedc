"""What the engine is to keep of the schedules that the app declares."""

from restival.engine.schedules.state import Plan, Timing
from restival.site.site import Site, Sites
from restival.site.timetable import CannotRun, ScheduledAction, resolve_start


class SitePlans:
    """The plans of the schedules of the site that is served now."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites

    @property
    def are_complete(self) -> bool:
        """Whether all files could be loaded."""
        return not self._sites.now.project.problems

    def all(self) -> dict[str, Plan]:
        """Returns the plans of all schedules by id."""
        site = self._sites.now
        return {each.id: plan_of(site, each) for each in site.timetable.schedules.values()}

    def get(self, schedule: str) -> Plan | None:
        """Returns the plan of one schedule; None if no schedule has that id."""
        site = self._sites.now
        scheduled = site.timetable.schedules.get(schedule)
        return None if scheduled is None else plan_of(site, scheduled)


def plan_of(site: Site, scheduled: ScheduledAction) -> Plan:
    """The plan of a schedule: as whom and with what it runs by the rights as they are now, or why it may not."""
    schedule = scheduled.schedule
    plan = Plan(
        timing=Timing(cron=schedule.cron, zone=schedule.zone),
        missed=schedule.missed,
        overlap=schedule.overlaps,
        service=scheduled.action.service,
        environment=site.settings.environment,
        notify_on_success=schedule.notify_on_success,
    )
    try:
        person, params = resolve_start(site, scheduled)
    except CannotRun as refused:
        return plan.model_copy(update={"refused": str(refused)})
    return plan.model_copy(update={"user": person, "params": params.model_dump(mode="json")})

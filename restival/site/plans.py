"""What the engine is to keep of the schedules that the app declares."""

from restival.engine.schedules.state import Plan, Timing
from restival.site.site import Site
from restival.site.timetable import CannotRun, ScheduledAction, resolve_start


def plans(site: Site) -> dict[str, Plan]:
    """The plans of all schedules by id, with the rights as they are now."""
    return {each.id: plan_of(site, each) for each in site.timetable.schedules.values()}


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

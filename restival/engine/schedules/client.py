"""What the app and its pages do with schedules."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from pydantic import BaseModel

from restival.access.person import Person
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin, quoted
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals, schedule_of
from restival.engine.schedules.scheduler import KEY, SERVICE, RunNow
from restival.engine.schedules.starting import PROCEED
from restival.engine.schedules.state import Change, Going, Plan, Plans, Run, ScheduleState
from restival.isolation.listeners import Listeners, wait_within

LOOK_SECONDS = 20.0
"""How often it is seen to that each schedule waits for its time, though nothing has changed."""
RETRY_SECONDS = 1.0
SHOWS_UP_WITHIN = timedelta(minutes=1)
"""A run that was sent off and isn't in Restate's tables after this time was removed from them."""


class Schedules:
    """Has Restate keep what the app declares. Raises EngineUnavailable, EngineRefused."""

    def __init__(self, ingress: Ingress, admin: Admin, seals: Seals) -> None:
        self._ingress = ingress
        self._seals = seals
        self._admin = admin
        self._listeners = Listeners[[]]()
        self._told: list[Callable[[str, Run], None]] = []
        self._plans: Plans | None = None
        self._stale = asyncio.Event()
        self.known: Mapping[str, ScheduleState] = {}
        """How the schedules stand, by id, as it was heard last."""

    def declare(self, plans: Plans) -> None:
        """Keep the schedules of these plans."""
        self._plans = plans

    def plan_of(self, schedule: str) -> Plan | None:
        """Returns the plan of a schedule as it is declared now."""
        return None if self._plans is None else self._plans.get(schedule)

    def on_run(self, told: Callable[[str, Run], None]) -> None:
        """Call `told` with each schedule that was due or was run. A run may be told twice."""
        self._told.append(told)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when a schedule has changed; the returned function ends that."""
        return self._listeners.subscribe(listener)

    def changed(self, schedule: str, state: ScheduleState, run: Run | None) -> None:
        """A schedule was changed by this process."""
        self.known = {**self.known, schedule: state}
        if run is not None:
            for told in self._told:
                told(schedule, run)
        self._listeners.notify()

    def renew(self) -> None:
        """What is declared has changed: `follow` sees to it."""
        self._stale.set()

    async def follow(self) -> None:
        """See to it that Restate waits for what is declared, and for nothing else."""
        while True:
            self._stale.clear()
            try:
                await self.settle()
            except (EngineUnavailable, EngineRefused):
                await asyncio.sleep(RETRY_SECONDS)
            else:
                await wait_within(self._stale, LOOK_SECONDS)

    async def settle(self) -> None:
        """Put what isn't kept as it is declared, and remove what isn't declared."""
        if self._plans is None:
            return
        declared, kept, now = self._plans.all(), await self.states(), datetime.now(UTC)
        if kept != self.known:
            self.known = kept
            self._listeners.notify()
        for schedule, plan in declared.items():
            if not kept.get(schedule, ScheduleState()).is_up_to_date(plan.timing, now):
                await self._call(schedule, "put", plan.timing)
            if (waits := kept.get(schedule)) is not None and waits.queued is not None:
                await self._call(schedule, PROCEED, None)  # what waits for the former run may have been killed
        for schedule, state in kept.items():
            if schedule not in declared and state.timing is not None and self._plans.are_complete:
                await self._call(schedule, "remove", None)

    async def states(self) -> dict[str, ScheduleState]:
        """How all schedules stand, by id."""
        rows = await self._admin.query(
            f"SELECT service_key, value_utf8 FROM state WHERE service_name = '{SERVICE}' AND key = '{KEY}'"
        )
        return {row["service_key"]: ScheduleState.model_validate_json(row["value_utf8"]) for row in rows}

    async def unfinished(self, going: list[Going], now: datetime) -> list[Going]:
        """Returns those of these runs that haven't ended."""
        ids = ", ".join(quoted(each.invocation) for each in going)
        rows = await self._admin.query(f"SELECT id, status FROM sys_invocation WHERE id IN ({ids})")
        status = {row["id"]: row["status"] for row in rows}
        unseen = {each.invocation for each in going if now - each.since < SHOWS_UP_WITHIN} - status.keys()
        ended = {invocation for invocation, word in status.items() if word == "completed"}
        return [each for each in going if each.invocation in (status.keys() | unseen) - ended]

    async def pause(self, schedule: str, by: Person) -> None:
        """Have it due no more until it is resumed."""
        await self._call(schedule, "pause", Change(by=by, at=datetime.now(UTC)))

    async def resume(self, schedule: str) -> None:
        """Have it due again; what was due meanwhile isn't made up for."""
        await self._call(schedule, "resume", None)

    async def run_now(self, schedule: str, by: Person, key: str) -> Run:
        """Run it now, besides its times and as its overlap allows; with the same key it is run once."""
        return Run.model_validate_json(await self._call(schedule, "run_now", RunNow(by=by, key=key)))

    async def _call(self, schedule: str, handler: str, body: BaseModel | None) -> bytes:
        sent = b"{}" if body is None else body.model_dump_json().encode()
        sealed = self._seals.put(sent, schedule_of(schedule, handler))
        return await self._ingress.call(SERVICE, quote(schedule, safe=""), handler, sealed)

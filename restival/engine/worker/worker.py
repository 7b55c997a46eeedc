"""The Restate endpoint of the app: serves the actions' services, and swaps them when the code is loaded anew."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from weakref import WeakKeyDictionary

import restate
from restate import Service, VirtualObject, Workflow
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.actions.action import Action
from restival.engine.restate.codec import PlainCodec
from restival.engine.restate.probe import reach_service
from restival.engine.schedules.client import Schedules
from restival.engine.schedules.scheduler import Scheduler
from restival.engine.schedules.state import Going
from restival.engine.sealed_store import account_service
from restival.engine.worker.admission import Admission
from restival.engine.worker.relay import Direct, Relay
from restival.engine.worker.workflow import RUN, Runtime, service_for
from restival.isolation.loop import GuestLoop


class Worker:
    """An ASGI app for Restate's requests. With an identity key it takes signed requests only, any other gets 401."""

    def __init__(self, runtime: Runtime, identity_keys: list[str], schedules: Schedules) -> None:
        self._runtime = runtime
        self._schedules = schedules
        self._identity_keys = identity_keys
        self._admissions: WeakKeyDictionary[asyncio.AbstractEventLoop, Admission] = WeakKeyDictionary()
        self._requests: set[Direct | Relay] = set()
        self._services = self._endpoint([])
        self._runs: frozenset[str] = frozenset()

    def serve(self, actions: Iterable[Action]) -> None:
        """Serve these actions from now on. Attempts that wait are dropped, so that they resume with this code."""
        served = list(actions)
        self._runtime.actions.clear()
        self._runtime.actions.update({action.slug: action for action in served})
        self._services = self._endpoint(served)
        self._runs = frozenset(f"/invoke/{action.service}/{RUN}" for action in served)
        for request in list(self._requests):
            request.drop()

    def serves(self, service: str) -> bool:
        """Whether there is an action with that service."""
        return f"/invoke/{service}/{RUN}" in self._runs

    def _endpoint(self, actions: Iterable[Action]) -> ASGIApp:
        services: list[Service | VirtualObject | Workflow] = [
            account_service(self._runtime.seals),
            reach_service(),
            Scheduler(
                self._schedules.plan_of,
                partial(self._runtime.at_home, self._schedules.changed),
                self._unfinished,
                self._runtime.seals,
            ).service(),
            *(service_for(action, self._runtime) for action in actions),
        ]
        app: ASGIApp = restate.app(services, identity_keys=self._identity_keys, journal_value_codec=PlainCodec())
        return app

    async def _unfinished(self, going: list[Going], now: datetime) -> list[Going]:
        assert self._runtime.home is not None
        return await self._runtime.home.run(lambda: self._schedules.unfinished(going, now))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request of Restate: an action in a loop of the guests', all else right here."""
        services = self._services
        if not self._is_run(scope):
            await services(scope, receive, send)
            return
        here = asyncio.get_running_loop()
        begun = await self._admissions.setdefault(here, Admission()).enter()
        with self._runtime.guests.lent() as guest:
            how = Direct if guest.is_here else Relay
            request = how(guest, receive, self._runtime.inactivity.total_seconds())
            request.attempt.on_first_wait = begun if guest.is_here else partial(here.call_soon_threadsafe, begun)
            self._requests.add(request)
            try:
                await request.serve(services, scope, send)
            finally:
                begun()
                self._requests.discard(request)

    def _is_run(self, scope: Scope) -> bool:
        path = str(scope.get("path", ""))
        return path[path.rfind("/invoke/") :] in self._runs if "/invoke/" in path else False

    def free(self, guest: GuestLoop, holder: str) -> None:
        """Let the attempts in a loop begin again in another one; `holder` is the transaction that holds it up, whose
        attempt goes on unless its connection is broken off as well."""
        for request in list(self._requests):
            if request.guest is guest and (isinstance(request, Direct) or request.attempt.transaction != holder):
                request.rehome()

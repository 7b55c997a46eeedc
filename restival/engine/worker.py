"""The Restate endpoint of the app: serves the actions' services, and swaps them when the code is loaded anew."""

from collections.abc import Iterable

import restate
from restate import Service, VirtualObject, Workflow
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.declare import Action
from restival.engine.accounts import account_service
from restival.engine.codec import PlainCodec
from restival.engine.reach import reach_service
from restival.engine.relay import Relay
from restival.engine.schedules.schedules import Schedules
from restival.engine.schedules.service import schedule_service
from restival.engine.service import RUN, Runtime, service_for
from restival.guests.loop import GuestLoop


class Worker:
    """An ASGI app for Restate's requests. With an identity key it takes signed requests only, any other gets 401."""

    def __init__(self, runtime: Runtime, identity_keys: list[str], schedules: Schedules) -> None:
        self._runtime = runtime
        self._schedules = schedules
        self._identity_keys = identity_keys
        self._relays: set[Relay] = set()
        self._at_home, self._for_guests = self._endpoint([]), self._endpoint([])
        self._runs: frozenset[str] = frozenset()

    def serve(self, actions: Iterable[Action]) -> None:
        """Serve these actions from now on. Attempts that wait are dropped, so that they resume with this code."""
        served = list(actions)
        self._runtime.actions.clear()
        self._runtime.actions.update({action.slug: action for action in served})
        self._at_home, self._for_guests = self._endpoint(served), self._endpoint(served)
        self._runs = frozenset(f"/invoke/{action.service}/{RUN}" for action in served)
        for relay in self._relays:
            relay.drop()

    def serves(self, service: str) -> bool:
        """Whether there is an action with that service."""
        return f"/invoke/{service}/{RUN}" in self._runs

    def _endpoint(self, actions: Iterable[Action]) -> ASGIApp:
        services: list[Service | VirtualObject | Workflow] = [
            account_service(),
            reach_service(),
            schedule_service(self._schedules.plan_of, self._schedules.changed, self._schedules.unfinished),
            *(service_for(action, self._runtime) for action in actions),
        ]
        app: ASGIApp = restate.app(services, identity_keys=self._identity_keys, journal_value_codec=PlainCodec())
        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request of Restate: an action in a loop of the guests', all else right here."""
        if not self._is_run(scope):
            await self._at_home(scope, receive, send)
            return
        relay = Relay(self._runtime.guests.loop, self._runtime.inactivity.total_seconds())
        self._relays.add(relay)
        try:
            await relay.serve(self._for_guests, scope, receive, send)
        finally:
            self._relays.discard(relay)

    def _is_run(self, scope: Scope) -> bool:
        path = str(scope.get("path", ""))
        return path[path.rfind("/invoke/") :] in self._runs if "/invoke/" in path else False

    def free(self, guest: GuestLoop, holder: str) -> None:
        """Let the attempts in a loop begin again in another one; `holder` is the transaction that holds it up."""
        for relay in list(self._relays):
            if relay.guest is guest and relay.attempt.transaction != holder:
                relay.rehome()

"""The Restate endpoint of the app: serves the actions' services, and swaps them when the code is loaded anew."""

from collections.abc import Iterable

import restate
from restate import Service, VirtualObject, Workflow
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.declare import Action
from restival.engine.accounts import account_service
from restival.engine.attempt import Attempt, current_attempt
from restival.engine.codec import PlainCodec
from restival.engine.reach import reach_service
from restival.engine.schedules.schedules import Schedules
from restival.engine.schedules.service import schedule_service
from restival.engine.service import Runtime, service_for


class Worker:
    """An ASGI app for Restate's requests. With an identity key it takes signed requests only, any other gets 401."""

    def __init__(self, runtime: Runtime, identity_keys: list[str], schedules: Schedules) -> None:
        self._runtime = runtime
        self._schedules = schedules
        self._identity_keys = identity_keys
        self._attempts: set[Attempt] = set()
        self._app: ASGIApp = self._endpoint([])

    def serve(self, actions: Iterable[Action]) -> None:
        """Serve these actions from now on. Attempts that wait are dropped, so that they go on with this code."""
        self._app = self._endpoint(actions)
        for attempt in self._attempts:
            attempt.drop()

    def _endpoint(self, actions: Iterable[Action]) -> ASGIApp:
        served = list(actions)
        self._runtime.actions.clear()
        self._runtime.actions.update({action.slug: action for action in served})
        services: list[Service | VirtualObject | Workflow] = [
            account_service(),
            reach_service(),
            schedule_service(self._schedules.plan_of, self._schedules.changed, self._schedules.unfinished),
            *(service_for(action, self._runtime) for action in served),
        ]
        app: ASGIApp = restate.app(services, identity_keys=self._identity_keys, journal_value_codec=PlainCodec())
        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request of Restate."""
        attempt = Attempt(receive)
        current_attempt.set(attempt)
        self._attempts.add(attempt)
        try:
            await self._app(scope, attempt.receive, send)
        finally:
            self._attempts.discard(attempt)

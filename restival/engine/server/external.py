"""A Restate server, cluster or cloud that somebody else runs."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime

from restival.engine.errors import EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.transport import Transport
from restival.engine.server.embedded import EngineState
from restival.engine.server.health import LOOK_SECONDS, answers

START_SECONDS, RETRY_SECONDS = 10.0, 0.5


class ExternalServer:
    """Reached by the URLs of its ingress and admin API, perhaps with a token; looked at every 2 s."""

    def __init__(self, ingress: str, admin: str, token: str | None, identity_keys: list[str]) -> None:
        self.ingress = Ingress(Transport(ingress, token))
        self.admin = Admin(Transport(admin, token))
        self.identity_keys = identity_keys
        self.state: EngineState = "stopped"
        self.since: datetime | None = None
        self.place: str | None = ingress
        self.on_change: list[Callable[[EngineState], None]] = []
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Wait for it: it may be starting as well. Raises EngineUnavailable."""
        end = asyncio.get_running_loop().time() + START_SECONDS
        while True:
            try:
                await self.admin.healthy()
                await self.ingress.healthy()
            except EngineUnavailable:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(RETRY_SECONDS)
            else:
                break
        self._set("running")
        self._watch = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Let go of it; it goes on."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        self._set("stopped")
        await self.ingress.close()
        await self.admin.close()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self._set("running" if await answers(self.ingress, self.admin) else "away")

    def _set(self, state: EngineState) -> None:
        if state != self.state:
            self.state = state
            self.since = datetime.now(UTC) if state == "running" else None
            for listener in list(self.on_change):
                listener(state)

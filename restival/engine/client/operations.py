"""What those who manage the app do with the engine."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from restival.access.person import Person
from restival.engine.client.client import Client
from restival.engine.client.disk_usage import DiskUsage, use_of
from restival.engine.client.overview import Invocation, Overview, overview
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.server.external import ExternalServer
from restival.isolation.thread_pools import FILES

Act = Literal["retry", "resume", "pause", "cancel", "kill"]
RECORD_SECONDS = 3.0
"""How long a worker that may not be there is waited for, to record who has ended a transaction."""


class Operations:
    """Looks at the engine and steps in. Raises EngineUnavailable, EngineRefused."""

    def __init__(self, server: EmbeddedServer | ExternalServer, client: Client, folders: Mapping[str, Path]) -> None:
        self._server = server
        self._client = client
        self._folders = folders

    @property
    def place(self) -> str | None:
        """The address of a Restate that runs elsewhere; None for the app's own."""
        return self._server.place

    @property
    def since(self) -> datetime | None:
        """Since when the app's own Restate runs, or another has been reached without a break."""
        return self._server.since

    async def overview(self) -> Overview:
        """The engine at this moment."""
        return await overview(self._server.admin)

    async def use(self) -> dict[str, DiskUsage]:
        """What the app's folders take on the disk, by name."""
        return await FILES.run(lambda: {name: use_of(path) for name, path in self._folders.items()})

    async def act(self, what: Act, invocation: Invocation, by: Person) -> None:
        """Step in; of a transaction it is recorded who has ended it."""
        admin = self._server.admin
        match what:
            case "retry" | "resume":
                await admin.resume(invocation.id)
                self._client.paused_by.pop(invocation.id, None)
            case "pause":
                await admin.pause(invocation.id)
                self._client.paused_by[invocation.id] = by
            case "cancel" if invocation.transaction:
                await self._client.cancel(await self._client.view(invocation.transaction), by)
            case "cancel":
                await admin.cancel(invocation.id)
            case "kill":
                if invocation.transaction:
                    with suppress(EngineRefused, EngineUnavailable, TimeoutError):
                        async with asyncio.timeout(RECORD_SECONDS):
                            await self._client.record_end(invocation.transaction, invocation.id, by)
                await admin.kill(invocation.id)

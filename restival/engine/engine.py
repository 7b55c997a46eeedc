"""The engine composed: a Restate server, the worker that serves it, and the client for pages."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from restival.actions.action import Action
from restival.engine.client.client import Client, ConfirmIdentity
from restival.engine.client.history import History
from restival.engine.client.notifications import Notifications
from restival.engine.client.operations import Operations
from restival.engine.client.restart import Restarts
from restival.engine.client.stuck import is_mismatch, is_parked
from restival.engine.client.timeline import Timelines
from restival.engine.restate.journal_reader import JournalReader
from restival.engine.restate.probe import LONGEST, is_reached
from restival.engine.restate.seals import Seals
from restival.engine.schedules.client import Schedules
from restival.engine.schedules.scheduler import SERVICE as SCHEDULES
from restival.engine.server.embedded import EmbeddedServer, EngineState
from restival.engine.server.external import ExternalServer
from restival.engine.state.feed import Feed
from restival.engine.state.holds import Holds
from restival.engine.worker.port import WorkerPort
from restival.engine.worker.step_work import Threads
from restival.engine.worker.worker import Worker
from restival.engine.worker.workflow import Runtime
from restival.errors import RestivalError
from restival.isolation.home import Home
from restival.isolation.loop import GuestLoop
from restival.isolation.loops import Guests
from restival.isolation.watchdog import Hold
from restival.storage.transaction_files import Files

STEP_THREADS = 1_000
"""Sync steps at once. Idle threads are used again before one is added."""
SETTLE_SECONDS = 0.3
"""How long after an attempt has ended Restate is asked why: its own record of the failure has to be there."""

REACH_SECONDS = 3.0
HUNG, MOST_DOUBLINGS = 4, 6
"""After so many failures in a row the app's own Restate is started again; the next time after twice as many."""
LAG_SECONDS = 1.0
BELIEVED = 2
"""After so many failures in a row Restate is believed not to reach the app: one may be a change of code."""


class Engine:
    """Runs actions. `state` is the Restate server's."""

    def __init__(
        self,
        server: EmbeddedServer | ExternalServer,
        *,
        secret: bytes,
        confirm_identity: ConfirmIdentity,
        files: Files,
        retention: timedelta,
        answer_bytes: int,
        inactivity: timedelta,
        environment: Callable[[], str],
    ) -> None:
        self._server = server
        self._actions: list[Action] = []
        self._registered = False
        self._unreached = self._restarts = 0
        """How often in a row Restate hasn't reached the worker, and was started again for that."""
        self._tasks: set[asyncio.Task[None]] = set()
        self.feed = Feed()
        self._executor = ThreadPoolExecutor(STEP_THREADS, "step")
        self._holds = Holds(self.feed)
        self.guests = Guests(self._on_hold)
        self.seals = Seals(secret, required=isinstance(server, ExternalServer))
        self._runtime = Runtime(
            self.feed,
            server.ingress,
            server.admin,
            self.guests,
            Threads(self._executor),
            files,
            secret,
            self.seals,
            retention,
            inactivity,
            self._attempt_left,
        )
        self.schedules = Schedules(server.ingress, server.admin, self.seals)
        self.worker = Worker(self._runtime, server.identity_keys, self.schedules)
        recorded = JournalReader(server.admin, self.seals)
        self.timelines = Timelines(recorded)
        self.history = History(server.admin, self.feed)
        self.notices = Notifications(server.admin, self.feed)
        self.client = Client(
            server.ingress,
            server.admin,
            self.feed,
            files,
            confirm_identity,
            secret,
            self.seals,
            answer_bytes,
            self._holds,
            self.worker.serves,
            environment,
        )
        self.restarts = Restarts(self.client, recorded, files, secret)
        self._port: WorkerPort | None = None
        self._reader: GuestLoop | None = None
        """The loop that reads what Restate sends, once one of authors' code has been held up."""

    @property
    def state(self) -> EngineState:
        """Whether transactions can run: the Restate server runs and knows of the actions."""
        if self._server.state != "running":
            return self._server.state
        return "starting" if not self._registered else "cut off" if self._unreached >= BELIEVED else "running"

    def on_change(self, listener: Callable[[EngineState], None]) -> None:
        """Call `listener` whenever the state changes."""
        self._server.on_change.append(listener)

    async def start(self) -> None:
        """Start the Restate server, or check that it is there. Raises ServerUnavailable, EngineUnavailable."""
        self._runtime.home = Home()
        self.guests.open()
        await self._server.start()

    async def listen(self, listener: socket.socket) -> None:
        """Serve Restate at a socket that listens."""
        self._port = WorkerPort(listener, self.worker)
        await self._port.open(self.guests.loop)

    def serve(self, actions: Sequence[Action]) -> None:
        """Serve these actions; `register` tells Restate of them."""
        self._actions = list(actions)
        self.worker.serve(self._actions)

    async def register(self, uri: str, *, http2: bool) -> None:
        """Tell Restate which actions are served at `uri`, and let those transactions try again that a former code
        had stopped. Raises EngineUnavailable, EngineRefused."""
        await self._server.admin.register(uri, http2=http2, sole=isinstance(self._server, EmbeddedServer))
        if not self._registered:
            self._keep(self._watch_worker(lambda: self.register(uri, http2=http2)))
        self._registered = True
        await self._resume()

    async def _resume(self) -> None:
        """Have that go on which Restate has paused after trying in vain for a while."""
        services = [SCHEDULES, *(action.service for action in self._actions)]
        for invocation in await self._server.admin.paused(services):
            await self._server.admin.resume(invocation)

    @property
    def steps(self) -> list[str]:
        """The names of the steps that run now."""
        return self._runtime.running.names

    def operations(self, folders: Mapping[str, Path]) -> Operations:
        """What those who manage the app can do with it; `folders` are weighed by name."""
        return Operations(self._server, self.client, folders)

    async def stop(self) -> None:
        """Stop the server if it is the app's own."""
        for task in list(self._tasks):
            task.cancel()
        await self._server.stop()
        if self._port is not None:
            self._port.close()
        if self._reader is not None:
            self._reader.close()
        self.guests.close()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _on_hold(self, loop: GuestLoop, hold: Hold | None) -> None:
        """Authors' code holds up its loop: say so, and let the others begin again elsewhere."""
        if (before := self._holds.changed(loop, hold)) is not None:
            self._runtime.holders.discard(before.holder)
        if hold is not None:
            self._runtime.holders.add(hold.holder)
            self.worker.free(loop, hold.holder)
            if self._port is not None and self._reader is None:
                self._reader = GuestLoop("port")
                self._keep(self._port.open(self._reader))

    def _attempt_left(self, transaction: str, invocation: str) -> None:
        self._keep(self._look_after(invocation))

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch_worker(self, register: Callable[[], Awaitable[None]]) -> None:
        """Call the app through Restate every few seconds: that takes a write, so that a full disk and a server that
        hangs are noticed too. Help it if it doesn't come through."""
        while True:
            before = asyncio.get_running_loop().time()
            await asyncio.sleep(REACH_SECONDS)
            if self._server.state not in ("running", "away") or _lagged(before, REACH_SECONDS):
                continue
            with contextlib.suppress(RestivalError):
                before = asyncio.get_running_loop().time()
                if await is_reached(self._server.ingress):
                    if self._unreached:
                        self._restarts = 0
                        await self._resume()
                        self._unreached = 0
                elif not _lagged(before, LONGEST):
                    self._unreached += 1
                    await self._help(register)

    async def _help(self, register: Callable[[], Awaitable[None]]) -> None:
        """Tell a Restate elsewhere of the app again: it may have lost what it knew. Start the app's own again, each
        time after twice as long."""
        if isinstance(self._server, ExternalServer):
            if self._unreached >= BELIEVED and self._server.state == "running":
                await register()
        elif self._unreached >= HUNG << self._restarts:
            self._restarts = min(self._restarts + 1, MOST_DOUBLINGS)
            self._unreached = BELIEVED
            await self._server.restart()

    async def _look_after(self, invocation: str) -> None:
        """Pause a transaction whose code has changed or is to be mended: trying it again and again helps nobody."""
        await asyncio.sleep(SETTLE_SECONDS)
        with contextlib.suppress(Exception):  # the page that shows the transaction asks again
            status = await self._server.admin.invocation(invocation)
            if status is not None and status.status == "backing-off" and (is_mismatch(status) or is_parked(status)):
                await self._server.admin.pause(invocation)


def _lagged(since: float, seconds: float) -> bool:
    """Whether what takes at most so long took longer, because the app itself was busy."""
    return asyncio.get_running_loop().time() - since > seconds + LAG_SECONDS

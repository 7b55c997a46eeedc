"""Runs the app: engine, actions and pages in one process, until it is told to stop."""

import asyncio
import gc
import logging
import logging.config
import os
import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from starlette.types import ASGIApp

from restival.app.process import Server, leave_threads, log_to, run_to_end, threads_left
from restival.app.reload import Reloader, print_problems
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.engine.engine import Engine
from restival.engine.errors import EngineUnavailable
from restival.engine.restate.shutdown import on_stop
from restival.engine.schedules.state import Run
from restival.engine.sealed_store import SealedStore
from restival.engine.server.binary import find_or_fetch
from restival.engine.server.data_folder import DataFolder
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.server.external import ExternalServer
from restival.errors import RestivalError
from restival.i18n import LOCALE
from restival.io.core.file_content import CONTENT
from restival.io.core.registry import COMPONENTS
from restival.io.table.stored_rows import RowPages
from restival.isolation.event_loop import Loop
from restival.pages.files import PageFiles
from restival.settings import Settings
from restival.site.plans import SitePlans
from restival.site.project import load_project
from restival.site.site import Site, Sites
from restival.storage.object_store import Storage, StorageUnavailable
from restival.storage.transaction_files import Files
from restival.ui.screens import TAKEN
from restival.web.asgi import Dependencies, WorkerRouter, compose
from restival.web.http_protocol import patient, raise_file_limit
from restival.web.listening import Address, address_of, for_restate, listen, reached_at
from restival.web.middleware.client_address import Caller, Proxies
from restival.web.middleware.security_headers import SecurityHeaders
from restival.web.middleware.static_cache import StaticCache

DRAIN_SECONDS = 2
STEP_SECONDS = 5
"""How long steps that run have to end when the app stops."""
START_SECONDS = 5
LOAD_SECONDS = 60
FIRST_SWEEP_SECONDS, SWEEP_SECONDS = 60, 3600


log = logging.getLogger(__name__)


def serve(root: Path, load: Callable[[], Settings], out: Console) -> None:
    """Serve a project until Ctrl-C or another signal that ends it. `load` reads its settings, again when they change.

    Raises SettingsError, DataFolderError, DataFolderInUse, ServerUnavailable, EngineUnavailable, PortTaken, Ended.
    """
    settings = load()
    os.umask(0o077)  # what is written is the app's own
    raise_file_limit()
    data = DataFolder(settings.data)
    data.open()
    if data.is_open_to_others:
        out.print(f"  Others on this machine can read {data.path}. Close it: chmod 700 {data.path}", style="yellow")
    try:
        log_to(data.app_log)
        with listen(settings.host, settings.port) as listener, for_restate(settings) as door:
            server = _server(settings, data, out)
            app = App(root, settings, load, data, server, out)
            try:
                with asyncio.Runner(loop_factory=Loop) as runner:
                    run_to_end(runner.get_loop(), app.run(listener, door))
            except BaseException as error:
                if app.steps or threads_left():
                    leave_threads(out, app.steps, error)
                raise
            if app.steps or threads_left():
                leave_threads(out, app.steps)
    finally:
        data.close()


class Ended(RestivalError):
    """The app has stopped serving although nobody has asked for it."""


class App:
    """One run of the app."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        load: Callable[[], Settings],
        data: DataFolder,
        server: EmbeddedServer | ExternalServer,
        out: Console,
    ) -> None:
        self._settings = settings
        self._load = load
        self._data = data
        self._out = out
        self._root = root
        self._process_wide = ExitStack()
        """What code finds without being handed it, for as long as the app runs."""
        self._sites = Sites(Site(settings, load_project(root, TAKEN)))
        storage = settings.storage
        where = (storage.url, storage.options) if storage else (f"file://{data.path / 'files'}", {})
        self._files = Files(Storage(*where))
        self._process_wide.enter_context(COMPONENTS.provided(lambda: self._sites.now.project.components))
        self._process_wide.enter_context(CONTENT.provided(self._files))
        self._page_files = PageFiles()
        secret = data.secret()
        accounts = Accounts(SealedStore(server.ingress, server.admin, secret))
        self._auth = Auth(lambda: self._sites.now, accounts, Audit(data.audit_log, settings.retention.days), secret)
        self._engine = Engine(
            server,
            secret=secret,
            confirm_identity=self._auth.confirm_identity,
            files=self._files,
            retention=settings.retention,
            answer_bytes=settings.answer_bytes,
            inactivity=settings.inactivity,
            environment=lambda: self._sites.now.settings.environment,
        )
        self._keep_schedules()
        self._engine.seals.on_refused = lambda what: self._auth.audit.write_stranger(
            f"{what.split()[0]} refused", "unknown", what=what
        )
        self._engine.serve(list(self._sites.now.registry.values()))
        self._proxies = Proxies([*settings.proxies, *self._auth.mode.proxies])
        self._address = Address("", http2=True)
        self._server: Server | None = None

    @property
    def steps(self) -> list[str]:
        """The names of the steps that run now."""
        return self._engine.steps

    async def run(self, listener: socket.socket, door: socket.socket) -> None:
        """Start everything, serve people at `listener` and Restate at `door` until the process is told to end, and stop
        everything. Raises Ended."""
        told = asyncio.Event()
        on_stop(told.set)
        starting = asyncio.create_task(self._engine.start())
        living = asyncio.create_task(self._live(listener, door, starting))
        stopping = asyncio.create_task(told.wait())
        try:
            await asyncio.wait({living, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not living.done():
                await self._wind_down(living, told)
            with suppress(asyncio.CancelledError):
                await living
            if not told.is_set():
                raise Ended("The app has stopped serving. Check its log, then restart it.")
        finally:
            stopping.cancel()
            await asyncio.wait({starting}, timeout=START_SECONDS)  # a server that is being launched has to be known
            starting.cancel()
            self._engine.worker.serve([])
            await self._engine.stop()
            self._process_wide.close()
            self._auth.audit.close()

    async def _wind_down(self, living: asyncio.Task[None], told: asyncio.Event) -> None:
        """End what serves: steps have a while to end first, which a second signal cuts short."""
        if self._server is None or not self._server.started:
            living.cancel()
            return
        told.clear()
        if steps := self._engine.steps:
            names = ", ".join(sorted(set(steps)))
            self._out.print(f"\n  Waiting up to {STEP_SECONDS} s for steps that run: {names}", markup=False)
        end = asyncio.get_running_loop().time() + STEP_SECONDS
        while self._engine.steps and not told.is_set() and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
        told.set()
        self._server.should_exit = True

    async def _live(self, listener: socket.socket, door: socket.socket, starting: asyncio.Task[None]) -> None:
        app = compose(
            Dependencies(
                lambda: self._sites.now, self._engine, self._files, self._page_files, self._auth, self._data.secret()
            )
        )
        served = self._with_pages(app)
        config = uvicorn.Config(
            WorkerRouter(self._engine.worker, served) if self._settings.engine else served,
            http=patient(self._proxies),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
            lifespan="on",
            ws_per_message_deflate=False,  # messages are small and many: it would cost more than it saves
            server_header=False,
            proxy_headers=False,
        )
        server = self._server = Server(config)
        await asyncio.shield(starting)
        await self._read()
        await self._engine.listen(door)
        serving = asyncio.create_task(server.serve([listener]))
        try:
            while not server.started and not serving.done():
                await asyncio.sleep(0.005)  # uvicorn offers nothing to wait for
            if server.started:
                await self._ready(listener, door)
                await self._serve_beside(serving)
            else:
                await serving
        except asyncio.CancelledError:
            server.should_exit = True
            await asyncio.wait({serving}, timeout=DRAIN_SECONDS)
            raise

    async def _serve_beside(self, serving: asyncio.Task[None]) -> None:
        """Do what goes with serving until that ends."""
        gc.collect()
        gc.freeze()  # all this stays: looking through it again and again would hold up everybody
        live = Reloader(self._root, self._sites, self._load, self._out, self._auth.audit)
        besides = [
            asyncio.create_task(work)
            for work in (
                self._engine.history.follow(),
                self._engine.notices.load(),
                self._engine.schedules.follow(),
                self._sweep(),
                self._probe_storage(),
                live.follow_settings(),
            )
        ]
        if self._settings.reload:
            besides.append(asyncio.create_task(live.follow_code(self._renew)))
        try:
            await serving
        finally:
            for task in besides:
                task.cancel()

    async def _read(self) -> None:
        """Read accounts and what goes on, however long a Restate that has just started, or that was killed, takes to
        tell them."""
        end = asyncio.get_running_loop().time() + LOAD_SECONDS
        while True:
            try:
                await self._auth.accounts.load()
                await self._engine.history.begin()
            except EngineUnavailable:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(0.1)
            else:
                return

    async def _ready(self, listener: socket.socket, door: socket.socket) -> None:
        port = listener.getsockname()[1]
        self._address = address_of(door, port, self._settings)
        await self._engine.register(self._address.uri, http2=self._address.http2)
        host = self._settings.host
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else reached_at(host)
        self._out.print(f"\n  [bold]{self._settings.title}[/bold] runs at [link]http://{shown}:{port}[/link]")
        self._out.print(f"  Data     {self._settings.data}")
        print_problems(self._out, self._sites.now)
        self._out.print("  Stop     Ctrl-C\n")

    async def _sweep(self) -> None:
        """Now and then remove the files that nobody needs any more."""
        client, pause = self._engine.client, FIRST_SWEEP_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = SWEEP_SECONDS
            try:
                await self._files.sweep(client.kept, client.use_of_files)
            except (RestivalError, OSError) as error:
                self._out.print(f"Old files couldn't be cleaned up: {error}", style="yellow", markup=False)

    async def _renew(self) -> None:
        """Serve the actions as they were loaded now."""
        self._engine.serve(list(self._sites.now.registry.values()))
        try:
            await self._engine.register(self._address.uri, http2=self._address.http2)
        except RestivalError as error:
            self._out.print(str(error), style="red", markup=False)

    def _keep_schedules(self) -> None:
        """Have the engine keep what is scheduled, and write down what it isn't allowed to run."""
        schedules, audit = self._engine.schedules, self._auth.audit
        schedules.declare(SitePlans(self._sites))
        self._sites.subscribe(schedules.renew)

        def told(schedule: str, run: Run) -> None:
            if run.refused:
                audit.write("schedule refused", run.by or "schedule", schedule=schedule, reason=run.refused)

        schedules.on_run(told)

    async def _probe_storage(self) -> None:
        """Forms without files don't need it, so the app runs all the same; but whoever runs it should know now."""
        try:
            await self._files.probe()
        except StorageUnavailable as trouble:
            self._out.print(f"  Files can't be uploaded: {trouble.mend}", style="yellow", markup=False)

    def _folders(self) -> dict[str, Path]:
        """The folders whose size is told: those of the app itself."""
        own = {"restate": self._data.restate_base} if self._settings.engine is None else {}
        files = {"files": self._data.path / "files"} if self._settings.storage is None else {}
        return {"all": self._data.path, **own, **files}

    def _with_pages(self, app: FastAPI) -> ASGIApp:
        from restival.ui.session.current_person import IDENTITY
        from restival.ui.session.locale import page_locale
        from restival.ui.session.presence import Presence
        from restival.ui.session.services import Services
        from restival.ui.setup.assets import LASTS
        from restival.ui.setup.install import install
        from restival.ui.widgets.table.stored_pages import PAGES

        self._process_wide.enter_context(IDENTITY.provided(self._auth.person))
        self._process_wide.enter_context(LOCALE.provided(page_locale(lambda: self._sites.now.settings)))
        self._process_wide.enter_context(PAGES.provided(RowPages()))
        services = Services(
            client=self._engine.client,
            history=self._engine.history,
            timelines=self._engine.timelines,
            restarts=self._engine.restarts,
            notices=self._engine.notices,
            schedules=self._engine.schedules,
            operations=self._engine.operations(self._folders()),
            site=lambda: self._sites.now,
            engine_state=lambda: self._engine.state,
            on_change=self._sites.subscribe,
            auth=self._auth,
            page_files=self._page_files,
            presence=Presence(),
            run_page=self._engine.guests.run,
        )
        install(app, services, storage_secret=self._data.secret().hex(), storage_path=self._data.browser_storage)
        known = Caller(StaticCache(app, LASTS), self._proxies)
        return SecurityHeaders(
            known, lambda: self._sites.now.settings, forms_lead_away=lambda: self._auth.mode.leaves_the_app
        )


def _server(settings: Settings, data: DataFolder, out: Console) -> EmbeddedServer | ExternalServer:
    if settings.engine is not None:
        external = settings.engine
        keys = [external.identity_key] if external.identity_key else []
        return ExternalServer(external.ingress, external.admin, external.token, keys)
    with out.status("Looking for restate-server") as status:
        binary = find_or_fetch(lambda message: status.update(message))
    return EmbeddedServer(data, binary)

"""Runs the app: engine, actions and pages in one process, until it is told to stop."""

import asyncio
import gc
import logging
import logging.config
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from starlette.types import ASGIApp

from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.engine.accounts import RestateAccounts
from restival.engine.engine import Engine
from restival.engine.schedules.state import Run
from restival.engine.server.binary import find_or_fetch
from restival.engine.server.data import DataFolder
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.server.external import ExternalServer
from restival.engine.signals import on_terminate
from restival.engine.transport import EngineUnavailable
from restival.errors import RestivalError
from restival.io.content import use_content
from restival.pages.files import PageFiles
from restival.planning import plans
from restival.project import load_project
from restival.settings import Settings
from restival.site import Site, Sites
from restival.storage.files import Files
from restival.storage.storage import Storage, StorageUnavailable
from restival.web.app import WORKER_PATH, Front, Parts, compose
from restival.web.lasting import Lasting
from restival.web.live import Live, print_problems

DRAIN_SECONDS = 2
LOAD_SECONDS = 60
FIRST_SWEEP_SECONDS, SWEEP_SECONDS = 60, 3600


class PortTaken(RestivalError):
    """Another program listens where the app should."""


def serve(root: Path, load: Callable[[], Settings], out: Console) -> None:
    """Serve a project until Ctrl-C or SIGTERM. `load` reads its settings, again when they change.

    Raises SettingsError, DataFolderError, DataFolderInUse, ServerUnavailable, EngineUnavailable, PortTaken.
    """
    settings = load()
    data = DataFolder(settings.data)
    data.open()
    try:
        _log_to(data.app_log)
        with _listen(settings) as listener:
            server = _server(settings, data, out)
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(App(root, settings, load, data, server, out).run(listener))
    finally:
        data.close()


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
        self._sites = Sites(Site(settings, load_project(root)))
        storage = settings.storage
        where = (storage.url, storage.options) if storage else (f"file://{data.path / 'files'}", {})
        self._files = Files(Storage(*where))
        use_content(self._files)
        self._page_files = PageFiles()
        secret = data.secret()
        accounts = Accounts(RestateAccounts(server.ingress, server.admin, secret))
        self._auth = Auth(lambda: self._sites.now, accounts, Audit(data.audit_log, settings.retention.days), secret)
        self._engine = Engine(
            server,
            secret=secret,
            confirm_identity=self._auth.confirm_identity,
            files=self._files,
            retention=settings.retention,
            answer_bytes=settings.answer_bytes,
            inactivity=settings.inactivity,
        )
        self._keep_schedules()
        self._engine.serve(list(self._sites.now.registry.values()))
        self._uri = ""

    async def run(self, listener: socket.socket) -> None:
        """Start everything, serve, and stop everything."""
        starting = asyncio.create_task(self._engine.start())
        app = compose(
            Parts(lambda: self._sites.now, self._engine, self._files, self._page_files, self._auth, self._data.secret())
        )
        served = self._with_pages(app)
        http2 = _has_zttp()
        config = uvicorn.Config(
            Front(self._engine.worker, served),
            http="zttp" if http2 else "auto",
            http2=http2,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
            lifespan="on",
            ws_per_message_deflate=False,  # messages are small and many: it would cost more than it saves
            server_header=False,
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        try:
            await starting
            await self._read()
            serving = asyncio.create_task(server.serve([listener]))
            while not server.started and not serving.done():
                await asyncio.sleep(0.005)  # uvicorn offers nothing to wait for
            if server.started:
                on_terminate(lambda: setattr(server, "should_exit", True))
                port = listener.getsockname()[1]
                await self._ready(port, http2)
                gc.collect()
                gc.freeze()  # all this stays: looking through it again and again would hold up everybody
                live = Live(self._root, self._sites, self._load, self._out, self._auth.audit)
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
                    besides.append(asyncio.create_task(live.follow_code(partial(self._renew, http2))))
                await serving
                for task in besides:
                    task.cancel()
        finally:
            self._engine.worker.serve([])
            await self._engine.stop()

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

    async def _ready(self, port: int, http2: bool) -> None:
        external = self._settings.engine
        self._uri = (external.worker if external and external.worker else f"http://127.0.0.1:{port}") + WORKER_PATH
        await self._engine.register(self._uri, http2=http2)
        host = self._settings.host
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host
        self._out.print(f"\n  [bold]{self._settings.title}[/bold] runs at [link]http://{shown}:{port}[/link]")
        self._out.print(f"  Data     {self._settings.data}")
        if not http2:
            self._out.print("  The package zttp is missing: Restate is served over HTTP/1.1, which is slower.")
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
                self._out.print(f"Files couldn't be tidied up: {error}", style="yellow", markup=False)

    async def _renew(self, http2: bool) -> None:
        """Serve the actions as they were loaded now."""
        self._engine.serve(list(self._sites.now.registry.values()))
        try:
            await self._engine.register(self._uri, http2=http2)
        except RestivalError as error:
            self._out.print(str(error), style="red", markup=False)

    def _keep_schedules(self) -> None:
        """Have the engine keep what is scheduled, and write down what it isn't allowed to run."""
        schedules, audit = self._engine.schedules, self._auth.audit
        schedules.declare(lambda: plans(self._sites.now), lambda: not self._sites.now.project.problems)
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
        from restival.ui.install import install
        from restival.ui.look import LASTS
        from restival.ui.presence import Presence
        from restival.ui.services import Services

        services = Services(
            client=self._engine.client,
            history=self._engine.history,
            recorded=self._engine.recorded,
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
        return Lasting(app, LASTS)


def _server(settings: Settings, data: DataFolder, out: Console) -> EmbeddedServer | ExternalServer:
    if settings.engine is not None:
        external = settings.engine
        keys = [external.identity_key] if external.identity_key else []
        return ExternalServer(external.ingress, external.admin, external.token, keys)
    with out.status("Looking for restate-server") as status:
        binary = find_or_fetch(lambda message: status.update(message))
    return EmbeddedServer(data, binary)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With the protocol named, asyncio turns off Nagle's algorithm, which would hold back each step for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Nothing can listen at {settings.host}:{settings.port} ({error.strerror}). "
            "Stop what uses it, or choose another with --port."
        ) from None
    listener.listen(socket.SOMAXCONN)
    return listener


def _log_to(file: Path) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
            "handlers": {
                "file": {
                    "class": "logging.handlers.RotatingFileHandler",
                    "filename": str(file),
                    "maxBytes": 10_000_000,
                    "backupCount": 1,
                    "formatter": "line",
                }
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
        }
    )


def _has_zttp() -> bool:
    try:
        import zttp  # noqa: F401
    except ImportError:
        return False
    return True


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop

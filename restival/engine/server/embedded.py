"""The app's own Restate server: started, watched over and stopped with it."""

import asyncio
import contextlib
import ctypes
import logging
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.transport import Transport
from restival.engine.server.data_folder import DataFolder
from restival.engine.server.health import LOOK_SECONDS, answers
from restival.engine.server.identity_key import identity_key
from restival.engine.server.locks import locked_for_heir
from restival.engine.server.package import ServerUnavailable
from restival.engine.server.sockets import reachable

EngineState = Literal["starting", "running", "restarting", "away", "cut off", "stopped"]
"""`away` is a Restate that doesn't answer, `cut off` one that takes no calls or can't reach this app."""

NODE = "restival"
START_SECONDS = 60.0
STOP_SECONDS = 10.0
LOCK_SECONDS = 1.0
END_SECONDS = 0.5
"""One whose sockets are gone has ended, of which the app hears within this time."""
LONGEST_PAUSE = 5.0
MAX_LOG_BYTES = 20_000_000
KEEPS_PID = 'echo $$ > "$0" && exec "$@"'
"""The server's process writes its own number before it becomes the server, so that the file is never stale."""

SETTINGS: Mapping[str, str] = {
    "RESTATE_LISTEN_MODE": "unix",
    "RESTATE_NODE_NAME": NODE,
    "RESTATE_DEFAULT_NUM_PARTITIONS": "1",
    "RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE": "256MiB",
    "RESTATE_DISABLE_TELEMETRY": "true",
    "RESTATE_LOG_DISABLE_ANSI_CODES": "true",
    "RESTATE_WORKER__INVOKER__CONCURRENT_INVOCATIONS_LIMIT": "100000",  # each that waits in memory counts
    "RESTATE_LOG_FILTER": "warn,octocrab=off",  # it looks for a newer version, and says so as an error when offline
}


PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

log = logging.getLogger(__name__)


def _end_with_parent() -> None:
    """In the new process: it ends when the app is killed, so that nothing is left behind."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class EmbeddedServer:
    """A Restate server on unix sockets under the data folder. It is started again whenever it dies."""

    def __init__(self, data: DataFolder, binary: Path, settings: Mapping[str, str] | None = None) -> None:
        self._data = data
        self._binary = binary
        self._settings = settings or {}
        self._base = reachable(data.restate_base, f"{NODE}/ingress.sock")
        self.identity_keys = [identity_key(data.identity)]
        self.ingress = Ingress(Transport(self._socket("ingress")))
        self.admin = Admin(Transport(self._socket("admin")))
        self.state: EngineState = "stopped"
        self.since: datetime | None = None
        self.place: str | None = None
        self.on_change: list[Callable[[EngineState], None]] = []
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, None while there is none."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the server and wait until it serves. Raises ServerUnavailable with what it said if it doesn't."""
        self._set("starting")
        self._rotate_log()
        await self._launch()
        await self._healthy()
        self._set("running")
        self._watch = asyncio.create_task(self._keep_running())

    async def stop(self) -> None:
        """Stop the server; within 10 s, then by force."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._end_process()
        self._set("stopped")
        await self.ingress.close()
        await self.admin.close()

    async def restart(self) -> None:
        """End a server that does nothing any more, by force; it is started again."""
        process = self._process
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    async def _end_process(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()

    async def _launch(self) -> None:
        self._data.server_pid.unlink(missing_ok=True)
        self._data.restate_base.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(self._spill, ignore_errors=True)
        with locked_for_heir(self._data.server_lock, LOCK_SECONDS) as lock, self._data.server_log.open("ab") as log:
            if lock is None:
                raise ServerUnavailable(f"The previous Restate server still uses {self._data.path}.")
            self._process = await asyncio.create_subprocess_exec(
                "/bin/sh",
                "-c",
                KEEPS_PID,
                self._data.server_pid,
                self._binary,
                "--no-logo",
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def _environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("RESTATE_")},
            **SETTINGS,
            "RESTATE_BASE_DIR": str(self._base),
            # Unless told, the server takes its sockets' real path, which may be too long for itself.
            "RESTATE_ADVERTISED_ADDRESS": self._socket("fabric"),
            "RESTATE_WORKER__INVOKER__TMP_DIR": str(self._spill),
            "RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE": str(self._data.identity),
            **self._settings,
        }

    @property
    def _spill(self) -> Path:
        """Where the server puts what doesn't fit into its queues, which it leaves behind when it ends."""
        return self._data.restate_base / "spill"

    async def _healthy(self) -> None:
        end = asyncio.get_running_loop().time() + START_SECONDS
        while True:
            try:
                await self.admin.healthy()
                await self.ingress.healthy()
                return
            except (EngineUnavailable, EngineRefused):
                self._check_alive(asyncio.get_running_loop().time() > end)
            await asyncio.sleep(0.02)

    def _check_alive(self, late: bool) -> None:
        assert self._process is not None
        if self._process.returncode is None and not late:
            return
        why = f"ended with {self._process.returncode}" if not late else f"isn't ready after {START_SECONDS:.0f} s"
        tail = "\n".join(self._data.server_log.read_text(errors="replace").splitlines()[-10:])
        raise ServerUnavailable(f"The Restate server {why}. The end of its log {self._data.server_log}:\n{tail}")

    async def _keep_running(self) -> None:
        pause = 0.05
        while True:
            await self._until_ended()
            self._set("restarting")
            await asyncio.sleep(pause)
            try:
                await self._launch()
                await self._healthy()
            except Exception:
                log.exception("The Restate server can't be restarted.")
                pause = min(pause * 2, LONGEST_PAUSE)
                await self._end_process()
            else:
                pause = 0.05
                self._set("running")

    async def _until_ended(self) -> None:
        """Wait for its end, and tell meanwhile whether it answers: it may hang, as where its disk does."""
        assert self._process is not None
        ended = asyncio.create_task(self._process.wait())
        try:
            while not (await asyncio.wait([ended], timeout=LOOK_SECONDS))[0]:
                if await answers(self.ingress, self.admin):
                    self._set("running")
                elif not (await asyncio.wait([ended], timeout=END_SECONDS))[0]:
                    self._set("away")
        finally:
            ended.cancel()

    def _set(self, state: EngineState) -> None:
        if state == self.state:
            return
        self.state = state
        if state == "running":
            self.since = self.since or datetime.now(UTC)
        elif state != "away":
            self.since = None
        for listener in list(self.on_change):
            listener(state)

    def _socket(self, name: str) -> str:
        return f"unix:{self._base / NODE / name}.sock"

    def _rotate_log(self) -> None:
        log = self._data.server_log
        if log.exists() and log.stat().st_size > MAX_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))

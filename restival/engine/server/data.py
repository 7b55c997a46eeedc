"""The data folder: who uses it, and what lies where."""

import fcntl
import os
import secrets
import signal
import time
from pathlib import Path

from restival.errors import RestivalError

LONGEST_PATH = 103 - len("/restate/restival/ingress.sock")
"""Bytes of the folder's path with which Restate's sockets have one that macOS allows; Linux allows four more."""
TERM_SECONDS = 2.0
KILL_SECONDS = 10.0


class DataFolderError(RestivalError):
    """The data folder can't be used; names it and the reason."""


class DataFolderInUse(DataFolderError):
    """Another run of the app uses the data folder."""


class DataFolder:
    """The folder with everything that Restival keeps. Two locks guard it: the app holds one while it runs, the server
    holds the other through the descriptor that it inherits, so that a server left behind by a killed app is found."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._app_lock: int | None = None
        self.server_lock: int | None = None

    @property
    def identity(self) -> Path:
        """The private key of the Restate server."""
        return self.path / "identity.pem"

    @property
    def server_log(self) -> Path:
        """What the Restate server prints."""
        return self.path / "restate.log"

    @property
    def server_pid(self) -> Path:
        """Where the Restate server's process writes its number."""
        return self.path / "server.pid"

    @property
    def app_log(self) -> Path:
        """What the app logs."""
        return self.path / "app.log"

    @property
    def browser_storage(self) -> Path:
        """What people's browsers keep here: names and drafts."""
        return self.path / "browsers"

    def open(self) -> None:
        """Make and lock the folder, and end a server that a killed app has left behind.

        Raises DataFolderError where it can't be written, DataFolderInUse where another run has it.
        """
        if len(os.fsencode(self.path)) > LONGEST_PATH:
            raise DataFolderError(
                f"The path of the data folder {self.path} is too long: sockets lie in it. "
                f"Name one of at most {LONGEST_PATH} bytes with --data."
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._app_lock = self._file("app.lock")
            self.server_lock = self._file("server.lock")
        except OSError as error:
            raise DataFolderError(f"The data folder {self.path} can't be written: {error.strerror}.") from None
        if not _locked(self._app_lock):
            holder = (self.path / "app.lock").read_text().strip()
            self.close()
            raise DataFolderInUse(
                f"Another run (process {holder}) uses the data folder {self.path}. "
                "Stop it first, or give this one a folder of its own with --data."
            )
        os.truncate(self._app_lock, 0)
        os.pwrite(self._app_lock, str(os.getpid()).encode(), 0)
        self._end_orphan()

    def secret(self) -> bytes:
        """The app's secret, made at the first start: it seals answers and signs cookies."""
        file = self.path / "secret"
        if not file.exists():
            made = file.with_suffix(".new")
            made.touch(0o600)
            made.write_bytes(secrets.token_bytes(32))
            os.replace(made, file)
        return file.read_bytes()

    @property
    def restate_base(self) -> Path:
        """Where the Restate server keeps its data and its sockets."""
        return self.path / "restate"

    def close(self) -> None:
        """Let another run have the folder."""
        for descriptor in (self._app_lock, self.server_lock):
            if descriptor is not None:
                os.close(descriptor)
        self._app_lock = self.server_lock = None

    def _file(self, name: str) -> int:
        return os.open(self.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _end_orphan(self) -> None:
        assert self.server_lock is not None
        if _locked(self.server_lock):
            return
        orphan = int(self.server_pid.read_text())
        for sign, seconds in ((signal.SIGTERM, TERM_SECONDS), (signal.SIGKILL, KILL_SECONDS)):
            os.kill(orphan, sign)
            if _locked_within(self.server_lock, seconds):
                return
        raise DataFolderInUse(f"A Restate server (process {orphan}) uses {self.path} and can't be ended.")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locked_within(descriptor: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _locked(descriptor):
            return True
        time.sleep(0.02)
    return False

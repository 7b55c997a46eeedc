"""The data folder: who uses it, and what lies where."""

import os
import secrets
from pathlib import Path

from restival.engine.server.locks import locked_by_process
from restival.engine.server.orphan import end_orphan
from restival.errors import RestivalError


class DataFolderError(RestivalError):
    """The data folder can't be used; names it and the reason."""


class DataFolderInUse(DataFolderError):
    """Another run of the app uses the data folder."""


class DataFolder:
    """The folder with everything that Restival keeps. Two locks guard it: the app holds one while it runs, the server
    alone holds the other while it lives, so that a server left behind by a killed app is found."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._app_lock: int | None = None

    @property
    def identity(self) -> Path:
        """The private key of the Restate server."""
        return self.path / "identity.pem"

    @property
    def server_log(self) -> Path:
        """What the Restate server prints."""
        return self.path / "restate.log"

    @property
    def server_lock(self) -> Path:
        """What the Restate server's process holds locked while it lives."""
        return self.path / "server.lock"

    @property
    def server_pid(self) -> Path:
        """Where the Restate server's process writes its number."""
        return self.path / "server.pid"

    @property
    def app_log(self) -> Path:
        """What the app logs."""
        return self.path / "app.log"

    @property
    def audit_log(self) -> Path:
        """Who has signed in, and what was refused to whom."""
        return self.path / "audit.jsonl"

    @property
    def browser_storage(self) -> Path:
        """What people's browsers keep here: names and drafts."""
        return self.path / "browsers"

    @property
    def is_open_to_others(self) -> bool:
        """Whether others than its owner can look into it."""
        return bool(self.path.stat().st_mode & 0o077)

    def open(self) -> None:
        """Make and lock the folder, and end a server that a killed app has left behind.

        Raises DataFolderError where it can't be written, DataFolderInUse where another run has it.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._app_lock = locked_by_process(self.path / "app.lock")
            if self._app_lock is None:
                raise self._in_use()
            os.truncate(self._app_lock, 0)
            os.pwrite(self._app_lock, str(os.getpid()).encode(), 0)
            if not end_orphan(self.server_lock, self.server_pid):
                raise self._orphan_stays()
        except OSError as error:
            self.close()
            raise DataFolderError(f"The data folder {self.path} can't be written: {error.strerror}.") from None
        except DataFolderInUse:
            self.close()
            raise

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
        descriptor, self._app_lock = self._app_lock, None
        if descriptor is not None:
            os.close(descriptor)

    def _in_use(self) -> DataFolderInUse:
        holder = (self.path / "app.lock").read_text().strip()
        return DataFolderInUse(
            f"Another run (process {holder}) uses the data folder {self.path}. "
            "Stop that run, or choose another folder with --data."
        )

    def _orphan_stays(self) -> DataFolderInUse:
        orphan = self.server_pid.read_text().strip() if self.server_pid.exists() else "unknown"
        return DataFolderInUse(
            f"A Restate server (process {orphan}) of an earlier run still uses {self.path} and can't be stopped."
        )

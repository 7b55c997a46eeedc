"""The app as a real process, started as a user starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

import zttp


class AppProcess:
    """`restival run PROJECT` with a port and a data folder; it can be killed and started again by the same command."""

    def __init__(self, project: Path, port: int, data: Path, environment: dict[str, str] | None = None) -> None:
        self.port = port
        self.data = data
        self.project = project
        self.environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[str] | None = None
        self._output = data.parent / f"{data.name}.out"

    @property
    def pid(self) -> int:
        """The process that runs."""
        assert self._process is not None
        return self._process.pid

    def take_free_port(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "restival", "run", str(self.project)),
            *("--port", str(self.port), "--data", str(self.data)),
        ]

    @property
    def output(self) -> str:
        return self._output.read_text()

    def start(self, *options: str, wait: float = 30) -> Self:
        with self._output.open("w") as out:
            self._process = subprocess.Popen(
                [*self._command, *options], stdout=out, stderr=out, text=True, env=self.environment
            )
        if wait:
            try:
                self.wait_ready(wait)
            except BaseException:  # a fixture that raises isn't closed
                self.kill()
                raise
        return self

    def wait_ready(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not self.healthy():
            assert self._process is not None
            assert self._process.poll() is None, self.output
            assert time.monotonic() < end, f"not ready: {self.output}"
            time.sleep(0.05)

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def kill_restate(self) -> int:
        """kill -9 of the Restate server; gives its pid."""
        pid = self.restate_pid
        os.kill(pid, signal.SIGKILL)
        return pid

    @property
    def restate_pid(self) -> int:
        return int((self.data / "server.pid").read_text())

    def interrupt(self, sign: int = signal.SIGINT, seconds: float = 20) -> int:
        """Ctrl-C, or another signal; gives the exit code."""
        assert self._process is not None
        self._process.send_signal(sign)
        return self._process.wait(seconds)

    def wait(self, seconds: float = 30) -> int:
        assert self._process is not None
        return self._process.wait(seconds)

    def close(self) -> None:
        """Leave nothing behind, however the test went."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if (self.data / "server.pid").exists() and alive(self.restate_pid):
            os.kill(self.restate_pid, signal.SIGKILL)


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie doesn't."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def listening_ports(pid: int) -> set[int]:
    """The TCP ports of IPv4 at which a process listens."""
    inodes = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            inodes.add(os.readlink(each))
    rows = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes}


def http2_status(port: int, path: str, body: bytes = b"") -> int:
    """The status that a POST over HTTP/2 without TLS gets, which is how Restate sends them."""
    sends = zttp.Connection(zttp.CLIENT, protocol=zttp.HTTP2)
    sends.initiate_connection()
    headers = [(b"host", b"localhost"), (b"content-type", b"application/vnd.restate.invocation.v6")]
    stream = sends.send_request(b"POST", path.encode(), b"2", headers)
    stream.send_data(body)
    stream.end_message()
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(sends.data_to_send())
        while data := connection.recv(65_536):
            sends.receive_data(data)
            while (event := sends.next_event()) is not zttp.NEED_DATA:
                if isinstance(event, zttp.Response):
                    return event.status_code
            connection.sendall(sends.data_to_send())
    raise AssertionError("the connection was closed without an answer")

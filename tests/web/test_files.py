"""Uploads past the browser: large ones, in constant memory."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.process import AppProcess
from tests.web.test_app import Caller

MEGABYTE = b"x" * 1_000_000
PROJECT = Path(__file__).parent.parent / "browser" / "project"


def resident(pid: int) -> int:
    """Megabytes of memory that a process has held at most so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1000


def test_a_large_upload_is_streamed(restate_binary: Path, tmp_path: Path, free_port: int) -> None:
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "SHOP_DATABASE": str(tmp_path / "shop.sqlite")}
    app = AppProcess(PROJECT, free_port, tmp_path / "data", environment).start()
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/forms/uploading", {})
        call.asked(started["id"], 1)

        def content() -> Iterator[bytes]:
            for _ in range(300):
                yield MEGABYTE

        before = resident(app.pid)
        connection = http.client.HTTPConnection(urlsplit(app.url).netloc, timeout=60)
        connection.request("PUT", f"/api/files/{started['id']}/1/papers?name=large.bin", content())
        answer = connection.getresponse()
        assert answer.status == 201, answer.read()
        assert resident(app.pid) - before < 100
        [kept] = (path for path in (tmp_path / "data" / "files").rglob("*") if path.stat().st_size > 1_000_000)
        assert kept.stat().st_size == 300_000_000
    finally:
        app.close()

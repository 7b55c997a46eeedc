"""A full disk is noticed within 30 s, and mended by itself once there is space again; nothing is lost."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]

ACTION = """
from restival import IO, action


@action
async def greet(io: IO) -> str:
    return f"Hello, {await io.input.text('Name')}!"
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=110m", "tmpfs", place], check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill_up(file: Path) -> None:
    with file.open("wb", buffering=0) as target:
        while True:
            target.write(b"x" * 65_536)


def test_it_says_so_and_comes_back(project: Path, small_disk: Path, free_port: int) -> None:
    (project / "actions" / "greet.py").write_text(ACTION)
    app = AppProcess(project, free_port, small_disk / "data")
    app._output = project.parent / "out"
    app.start()
    try:
        call = Caller(app)
        transaction = str(call("POST", "/api/actions/greet", {})[1]["id"])
        call.asked(transaction)
        fill = small_disk / "fill"
        with pytest.raises(OSError, match="No space left"):
            fill_up(fill)
        began = time.monotonic()
        while app.healthy():
            assert time.monotonic() - began < 30
            time.sleep(0.2)
        fill.unlink()
        began = time.monotonic()
        while not app.healthy():
            assert time.monotonic() - began < 120, app.output
            time.sleep(0.2)
        assert call("POST", f"/api/transactions/{transaction}/answer", {"n": 1, "values": {"0": "Ada"}})[0] == 200
        ended = call.until(transaction, lambda view: view["outcome"] is not None)
        assert ended["outcome"]["value"] == "Hello, Ada!"
    finally:
        app.close()

"""Who has cancelled a transaction, over a kill -9 while the action still undoes what it did."""

import getpass
import time
from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults
ACTION = """
import asyncio
from pathlib import Path

from restival import IO, Cancelled, Context, action

FOLDER = Path(__file__).parent


async def undo() -> None:
    (FOLDER / "undoing").touch()
    while not (FOLDER / "go").exists():
        await asyncio.sleep(0.02)


@action
async def waits(io: IO, ctx: Context) -> None:
    try:
        await io.input.text("Name")
    except Cancelled:
        await ctx.step(undo)
        raise
"""


def test_who_cancelled_is_known_after_kills(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    actions = project / "actions"
    (actions / "waits.py").write_text(ACTION)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}).start()
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/waits", {})
        path = f"/api/transactions/{started['id']}"
        call.asked(started["id"])
        assert call("POST", f"{path}/cancel", {})[0] == 202
        until(actions / "undoing")
        app.kill()
        app.kill_restate()
        (actions / "go").touch()
        app.start()
        for _ in range(400):
            _, view = call("GET", path)
            if view["outcome"]:
                break
            time.sleep(0.05)
        assert view["state"] == "Cancelled"
        assert view["outcome"]["by"]["name"] == getpass.getuser()
        app.kill()
        app.start()
        assert call("GET", path)[1]["outcome"] == view["outcome"]
    finally:
        app.close()


def until(file: Path) -> None:
    for _ in range(400):
        if file.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{file} isn't there")


BETWEEN = """
import asyncio
import time
from pathlib import Path

from restival import Context, action

FOLDER = Path(__file__).parent


def mail() -> None:
    (FOLDER / "mailed").touch()


@action
async def between(ctx: Context) -> None:
    await ctx.now()
    (FOLDER / "begun").touch()
    time.sleep(1.5)
    await asyncio.sleep(60)
    await ctx.step(mail)
"""


def test_a_cancel_that_nobody_has_heard_of_is_heard_after_a_kill(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    actions = project / "actions"
    (actions / "between.py").write_text(BETWEEN)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}).start()
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/between", {})
        until(actions / "begun")
        assert call("POST", f"/api/transactions/{started['id']}/cancel", {})[0] == 202
        app.kill()
        app.start()
        assert call.until(started["id"], lambda view: view["outcome"])["state"] == "Cancelled"
        assert not (actions / "mailed").exists()
    finally:
        app.close()

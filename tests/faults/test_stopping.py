"""The app ends when it is told to, at any moment, and leaves no process behind."""

import json
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from restival.web.listening import reached_at
from tests.process import AppProcess, alive

pytestmark = pytest.mark.faults

ACTIONS = """
import asyncio
import sys
import time

from restival import IO, Context, action, page


def slow() -> None:
    time.sleep(60)


@action
async def waits(ctx: Context) -> None:
    await ctx.step(slow)


@action
async def is_late(ctx: Context) -> None:
    await ctx.step(slow, timeout=0.2)


@action
async def in_a_thread() -> None:
    await asyncio.to_thread(slow)


@action
async def holds_up(io: IO) -> None:
    slow()


@action
async def ends(ctx: Context) -> None:
    await ctx.step(sys.exit, 2)


@action
async def greet(io: IO) -> str:
    return await io.input.text("Name")
"""


@pytest.fixture
def app(project: Path, tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    (project / "actions" / "all.py").write_text(ACTIONS)
    process = AppProcess(project, free_port, tmp_path / "data")
    yield process
    process.close()


def post(app: AppProcess, path: str, host: str = "localhost") -> dict[str, object]:
    request = urllib.request.Request(
        f"http://{host}:{app.port}{path}", b"{}", {"content-type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        told: dict[str, object] = json.load(answer)
        return told


def launched(app: AppProcess) -> None:
    """Wait until the Restate server has been launched."""
    end = time.monotonic() + 20
    while not (app.data / "server.pid").exists() or not (app.data / "server.pid").read_text().strip():
        assert time.monotonic() < end
        time.sleep(0.005)


MOMENTS = ["launching", "launched", "serving", "step"]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_ends_and_leaves_nothing_behind(app: AppProcess, sign: signal.Signals, moment: str) -> None:
    app.start(wait=0 if moment.startswith("launch") else 30)
    match moment:
        case "launching":
            while not (app.data / "app.lock").exists():
                time.sleep(0.005)
            time.sleep(0.3)
        case "launched":
            launched(app)
        case "step":
            post(app, "/api/actions/waits")
            time.sleep(0.5)
    began = time.monotonic()
    code = app.interrupt(sign)
    assert time.monotonic() - began < 15
    assert code in (0, -sign, 130), app.output
    time.sleep(0.2)
    assert not (app.data / "server.pid").exists() or not alive(app.restate_pid)
    if moment == "step":
        assert "Waiting up to 5 s for steps that run: slow" in app.output


@pytest.mark.parametrize("slug", ["is-late", "in-a-thread", "holds-up"])
def test_it_ends_although_code_that_is_no_step_has_its_thread(app: AppProcess, slug: str) -> None:
    app.start()
    post(app, f"/api/actions/{slug}")
    time.sleep(1.5)
    began = time.monotonic()
    assert app.interrupt() == 0
    assert time.monotonic() - began < 15


def test_restate_ends_with_an_app_that_is_killed(app: AppProcess) -> None:
    app.start()
    pid = app.restate_pid
    app.kill()
    end = time.monotonic() + 12
    while alive(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("host", ["127.0.0.2", "::1", "::", "0.0.0.0", "localhost"])
def test_it_runs_at_any_address(app: AppProcess, host: str) -> None:
    remote = ["--host", host]
    if host in ("::", "0.0.0.0"):
        (app.project / "restival.yaml").write_text("sign_in: {allow_remote: true}\n")
    app.start(*remote, wait=0)
    shown = {"localhost": "localhost"}.get(host, reached_at(host))
    end = time.monotonic() + 30
    while True:
        assert time.monotonic() < end, app.output
        try:
            with urllib.request.urlopen(f"http://{shown}:{app.port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    break
        except OSError:
            time.sleep(0.05)
    started = post(app, "/api/actions/greet", shown)
    assert started
    assert app.interrupt() == 0


def test_a_restate_that_hangs_is_told_and_started_again(app: AppProcess) -> None:
    app.start()
    post(app, "/api/actions/greet")
    hung = app.restate_pid
    os.kill(hung, signal.SIGSTOP)
    began = time.monotonic()
    while app.healthy():
        assert time.monotonic() - began < 30
        time.sleep(0.2)
    while not app.healthy():
        assert time.monotonic() - began < 110, app.output
        time.sleep(0.5)
    assert app.restate_pid != hung
    assert not alive(hung)
    assert post(app, "/api/actions/greet")


def test_a_step_that_ends_its_process_ends_nothing(app: AppProcess) -> None:
    app.start()
    for _ in range(3):
        post(app, "/api/actions/ends")
    time.sleep(1)
    assert app.healthy()
    with urllib.request.urlopen(f"{app.url}/api/transactions", timeout=5) as answer:
        told = answer.read().decode()
    assert "SystemExit: 2" in told
    assert app.interrupt() == 0


BREAKS = """
import asyncio

from restival.app.app import App


async def breaks(app: App) -> None:
    while not app.steps:
        await asyncio.sleep(0.05)
    app._server.should_exit = True


App._probe_storage = breaks
"""


def test_an_app_that_cannot_go_on_ends_although_a_step_runs(app: AppProcess) -> None:
    (app.project / "actions" / "breaks.py").write_text(BREAKS)
    app.start()
    post(app, "/api/actions/waits")
    assert app.wait(15) == 1
    assert "The app has stopped serving" in app.output
    (app.project / "actions" / "breaks.py").unlink()
    app.start()  # nothing holds the data folder

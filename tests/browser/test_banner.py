"""Trouble with Restate is told on all pages and goes away by itself, whoever runs that Restate."""

import asyncio
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_sign_in import context_of
from tests.process import AppProcess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
ACTION = """
from restival import IO, action


@action
async def greet(io: IO) -> str:
    return "Hello " + await io.input.text("Name")
"""
AWAY = "The app can't reach Restate. Nothing is lost"
CUT_OFF = "Restate can't reach this app. Nothing is lost"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Restate:
    """A Restate that somebody else runs: it listens on ports, and is killed and started again as they like."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self._binary, self._folder = binary, folder
        self.ingress, self.admin, fabric = free_port(), free_port(), free_port()
        self._settings = {
            "RESTATE_BASE_DIR": str(folder),
            "RESTATE_NODE_NAME": "elsewhere",
            "RESTATE_BIND_ADDRESS": f"127.0.0.1:{fabric}",
            "RESTATE_ADVERTISED_ADDRESS": f"http://127.0.0.1:{fabric}",
            "RESTATE_INGRESS__BIND_ADDRESS": f"127.0.0.1:{self.ingress}",
            "RESTATE_ADMIN__BIND_ADDRESS": f"127.0.0.1:{self.admin}",
            "RESTATE_DEFAULT_NUM_PARTITIONS": "1",
            "RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE": "256MiB",
            "RESTATE_DISABLE_TELEMETRY": "true",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder.parent / "elsewhere.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binary, "--no-logo"], env={**os.environ, **self._settings}, stdout=log, stderr=log
            )
        end = time.monotonic() + 60
        for url in (f"http://127.0.0.1:{self.admin}/health", f"http://127.0.0.1:{self.ingress}/restate/health"):
            while True:
                with suppress(OSError), urllib.request.urlopen(url, timeout=5):
                    break
                assert time.monotonic() < end
                time.sleep(0.05)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        shutil.rmtree(self._folder)


class Road:
    """The way from Restate to the app: it can be blocked."""

    def __init__(self) -> None:
        self.to = free_port()
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._under_way: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def block(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._under_way):
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        self._under_way |= {writer, back}
        await asyncio.gather(pump(reader, back), pump(there, writer))
        self._under_way -= {writer, back}


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
def elsewhere(restate_binary: Path, tmp_path: Path) -> Iterator[Restate]:
    server = Restate(restate_binary, tmp_path / "elsewhere")
    server.start()
    yield server
    server.kill()


@pytest.fixture
async def road() -> AsyncIterator[Road]:
    made = Road()
    await made.open()
    yield made
    await made.block()


async def greeted(page: Page) -> None:
    await page.get_by_label("Name").fill("Ada")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("Hello Ada")).to_be_visible(timeout=30_000)


async def test_a_restate_elsewhere(
    browser: Browser, elsewhere: Restate, road: Road, project: Path, tmp_path: Path, free_port: int
) -> None:
    (project / "actions" / "greet.py").write_text(ACTION)
    (project / "restival.yaml").write_text(
        f"engine: {{ingress: 'http://127.0.0.1:{elsewhere.ingress}', admin: 'http://127.0.0.1:{elsewhere.admin}', "
        f"worker: 'http://127.0.0.1:{road.port}', port: {road.to}, unsigned: true}}\n"
    )
    app = await asyncio.to_thread(AppProcess(project, free_port, tmp_path / "data").start)
    try:
        async with context_of(browser, app) as context:
            page = await context.new_page()
            await page.goto("/greet")
            await expect(page.get_by_label("Name")).to_be_visible()
            banner = page.get_by_role("status").filter(has_text="Nothing is lost")
            await expect(banner).to_be_hidden()
            elsewhere.kill()
            await expect(banner).to_contain_text(AWAY, timeout=15_000)
            await asyncio.to_thread(elsewhere.start)
            await expect(banner).to_be_hidden(timeout=30_000)
            await road.block()
            await expect(banner).to_contain_text(CUT_OFF, timeout=30_000)
            await road.open()
            await expect(banner).to_be_hidden(timeout=30_000)
            await greeted(page)
            elsewhere.kill()  # and it comes back without anything that it knew
            elsewhere.forget()
            await asyncio.to_thread(elsewhere.start)
            for _ in range(100):
                if (await page.request.post("/api/actions/greet", data={})).ok:
                    break
                await asyncio.sleep(0.3)
            await page.goto("/greet")
            await greeted(page)
    finally:
        app.close()


async def test_the_apps_own(
    browser: Browser, restate_binary: Path, project: Path, tmp_path: Path, free_port: int
) -> None:
    (project / "actions" / "greet.py").write_text(ACTION)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    await asyncio.to_thread(app.start)
    try:
        async with context_of(browser, app) as context:
            page = await context.new_page()
            await page.goto("/greet")
            await expect(page.get_by_label("Name")).to_be_visible()
            banner = page.get_by_role("status").filter(has_text="Nothing is lost")
            with (app.data / "server.lock").open("rb+") as lock:
                app.kill_restate()
                await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)  # another can't begin as long as it is held
                await expect(banner).to_contain_text("Restate is restarting")
            await expect(banner).to_be_hidden(timeout=30_000)
            os.kill(app.restate_pid, signal.SIGSTOP)  # as one whose disk hangs
            await expect(banner).to_contain_text("The app can't reach Restate", timeout=20_000)
            os.kill(app.restate_pid, signal.SIGCONT)
            await expect(banner).to_be_hidden(timeout=20_000)
            await greeted(page)
    finally:
        app.close()

"""What all tests share: the real Restate server, one a session, and projects that run on it."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from restival.access.person import Person
from restival.actions.action import Action
from restival.actions.declarations import MARK
from restival.engine.client.client import Client
from restival.engine.engine import Engine
from restival.engine.server.binary import find_or_fetch
from restival.engine.server.data_folder import DataFolder
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.state.transaction import Transaction
from restival.io.core.call import Json
from restival.io.core.file_content import CONTENT
from restival.storage.object_store import Storage
from restival.storage.transaction_files import Files
from restival.web.listening import listen


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=30, help="how many random kills the fault tests do")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that one of several workers isn't left with them alone at the end. A test that waits
    for a browser or calls a whole app gets a second try, which the summary tells: on a busy machine one of a thousand
    comes too late. Those of faults get none."""
    items.sort(key=lambda item: "tests/faults/test_kills" not in item.nodeid)
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        waits = "chromium" in getattr(item, "fixturenames", ()) or "tests/web/" in item.nodeid
        if waits and not item.get_closest_marker("faults"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def restate_binary() -> Path:
    """The server's binary, fetched once into the user's cache."""
    return find_or_fetch(lambda message: None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is: RESTIVAL_CHROMIUM, or on PATH. The build without windows needs half the time for the same."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("RESTIVAL_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium on PATH, and RESTIVAL_CHROMIUM isn't set")
    return found


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def ann() -> Person:
    return Person(name="Ann")


@pytest.fixture
def bob() -> Person:
    return Person(name="Bob")


def declared(*bodies: Callable[..., Any]) -> list[Action]:
    """The actions that decorated functions declare."""
    return [getattr(body, MARK) for body in bodies]


@asynccontextmanager
async def served(engine: Engine) -> AsyncIterator[int]:
    """The engine's worker, served on a port of its own."""
    with listen("127.0.0.1", 0) as listener:
        await engine.listen(listener)
        try:
            yield listener.getsockname()[1]
        finally:
            engine.worker.serve([])


class Bench:
    """A real engine for tests: actions are put onto it, transactions are driven through its client."""

    def __init__(self, engine: Engine, port: int, files: Files) -> None:
        self.engine = engine
        self.files = files
        self._uri = f"http://127.0.0.1:{port}"

    @property
    def client(self) -> Client:
        return self.engine.client

    async def serve(self, *bodies: Callable[..., Any]) -> list[Action]:
        actions = declared(*bodies)
        self.engine.serve(actions)
        await self.engine.register(self._uri, http2=True)
        return actions

    async def until(self, transaction: str, ready: Callable[[Transaction], bool], seconds: float = 20) -> Transaction:
        """The view as soon as it is as the test wants it."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            view = await self.client.view(transaction)
            if ready(view):
                return view
            assert asyncio.get_running_loop().time() < end, f"not ready in time: {view!r}"
            await asyncio.sleep(0.02)

    async def asked(self, transaction: str, n: int, attempt: int = 0) -> Transaction:
        """The view once IO call `n` waits in its attempt."""
        return await self.until(
            transaction, lambda view: view.pending is not None and view.pending.version == (n, attempt)
        )

    async def ended(self, transaction: str) -> Transaction:
        return await self.until(transaction, lambda view: view.outcome is not None)

    async def answer(self, transaction: str, n: int, by: Person, attempt: int = 0, **values: Any) -> None:
        """Answer IO call `n`; a single field's key is given as `value`."""
        pending = (await self.asked(transaction, n, attempt)).pending
        assert pending is not None
        given = {"0": values["value"]} if "value" in values else values
        await self.client.answer(transaction, pending, given, by)


async def anybody(by: Person, answer: Json, grace: timedelta, question: str) -> bool:
    """Where nobody signs in a yes is enough."""
    return answer is not False


@asynccontextmanager
async def bench_on(
    binary: Path,
    folder: Path,
    inactivity: timedelta,
    retention: timedelta = timedelta(days=1),
    settings: dict[str, str] | None = None,
) -> AsyncIterator[Bench]:
    """An engine on a server of its own; `settings` are Restate's."""
    data = DataFolder(folder)
    data.open()
    server = EmbeddedServer(data, binary, settings)
    files = Files(Storage(f"file://{folder}/files"))
    engine = Engine(
        server,
        secret=data.secret(),
        confirm_identity=anybody,
        files=files,
        retention=retention,
        answer_bytes=1_000_000,
        inactivity=inactivity,
        environment=lambda: "test",
    )
    await engine.start()
    try:
        async with served(engine) as port:
            yield Bench(engine, port, files)
    finally:
        await engine.stop()
        data.close()


@pytest.fixture(scope="session")
async def bench(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    """One engine for all tests of a session. What waits is suspended after a second, so that tests replay."""
    async with bench_on(restate_binary, tmp_path_factory.mktemp("engine"), timedelta(seconds=1)) as made:
        yield made


@pytest.fixture
def bench_files(bench: Bench) -> Iterator[None]:
    """Actions read their files from the engine's."""
    with CONTENT.provided(bench.files):
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project folder."""
    (tmp_path / "actions").mkdir()
    return tmp_path

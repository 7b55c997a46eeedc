"""Restate's admin API and ingress, on a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from restival import IO, action
from restival.access.person import Person
from restival.engine.engine import Engine
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin, RegistrationFailed
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.transport import Transport
from restival.engine.server.data_folder import DataFolder
from restival.engine.server.embedded import EmbeddedServer
from restival.storage.object_store import Storage
from restival.storage.transaction_files import Files
from tests.conftest import Bench, anybody, served
from tests.engine.server.running import running


@action
async def greet(io: IO) -> str:
    """Ask for a name."""
    return "Hello " + await io.input.text("Name")


@pytest.fixture(scope="module")
async def server(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedServer]:
    """A server that knows of no actions."""
    async with running(restate_binary, tmp_path_factory.mktemp("server")) as started:
        yield started


async def test_a_transaction_goes_on_at_the_address_that_the_app_has_moved_to(
    restate_binary: Path, tmp_path: Path, ann: Person
) -> None:
    data = DataFolder(tmp_path / "data")
    data.open()
    server = EmbeddedServer(data, restate_binary)
    files = Files(Storage(f"file://{tmp_path}/files"))
    engine = Engine(
        server,
        secret=data.secret(),
        confirm_identity=anybody,
        retention=timedelta(days=1),
        files=files,
        answer_bytes=1_000,
        inactivity=timedelta(milliseconds=100),
        environment=lambda: "test",
    )
    await engine.start()
    try:
        async with served(engine) as port:
            bench = Bench(engine, port, files)
            [declared] = await bench.serve(greet)
            transaction = await bench.client.start(declared, declared.params(), ann)
            await bench.asked(transaction, 1)
        former = await server.admin.query("SELECT id, endpoint FROM sys_deployment")
        async with served(engine) as port:
            bench = Bench(engine, port, files)
            await bench.serve(greet)
            await bench.answer(transaction, 1, ann, value="Bob")
            outcome = (await bench.ended(transaction)).outcome
            assert outcome is not None and outcome.value == "Hello Bob"
        [moved] = await server.admin.query("SELECT id, endpoint FROM sys_deployment")
        assert [moved["id"]] == [row["id"] for row in former]
        assert moved["endpoint"] == f"http://127.0.0.1:{port}/"
    finally:
        await engine.stop()
        data.close()


async def test_an_address_where_nothing_is_served_is_told(server: EmbeddedServer, free_port: int) -> None:
    with pytest.raises(RegistrationFailed, match=rf"from this app at http://127.0.0.1:{free_port} \(.*refused.*worker"):
        await server.admin.register(f"http://127.0.0.1:{free_port}", http2=True, sole=True)
    with pytest.raises(RegistrationFailed, match=r"at nonsense \(.*not absolute"):
        await server.admin.register("nonsense", http2=True, sole=False)


async def test_what_restate_refuses_is_told_in_its_words(server: EmbeddedServer) -> None:
    with pytest.raises(EngineRefused, match=r"\(404\): service 'nope' not found"):
        await server.ingress.send("nope", "key", "run", b"{}")
    with pytest.raises(EngineRefused, match=r"\(400\): bad awakeable id 'nope'"):
        await server.ingress.resolve("nope", b"{}")
    with pytest.raises(EngineRefused, match=r"\(400\): .*'invocation_id' is invalid"):
        await server.admin.cancel("nope")


async def test_an_invocation_that_has_gone_is_nothing_to_end(server: EmbeddedServer) -> None:
    gone = "inv_1gdJBtdVEcM942bjcDmb1c1khoaJe11Hbz"
    assert await server.admin.invocation(gone) is None
    for end in (server.admin.cancel, server.admin.kill, server.admin.pause, server.admin.resume):
        await end(gone)


async def test_a_start_that_is_sent_again_starts_nothing(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(greet)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 1)
    assert await bench.client.start(declared, declared.params(), ann, transaction) == transaction
    after = await bench.client.view(transaction)
    assert view.meta is not None and after.meta is not None
    assert after.meta.invocation == view.meta.invocation


async def test_an_endpoint_that_is_not_there_is_told(free_port: int) -> None:
    with pytest.raises(EngineUnavailable, match="can't be reached at unix:/nowhere"):
        await Admin(Transport("unix:/nowhere")).healthy()
    async with Transport(f"http://127.0.0.1:{free_port}") as transport:
        with pytest.raises(EngineUnavailable, match=f"can't be reached at http://127.0.0.1:{free_port}"):
            await transport.request("GET", "/")


@asynccontextmanager
async def heard(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """The URL of something that answers each request alike, and the requests' heads that it has got."""
    heads: list[bytes] = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(respond, "127.0.0.1", 0) as listener:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}", heads


async def test_the_token_is_sent_along() -> None:
    async with heard(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") as (url, heads):
        ingress = Ingress(Transport(url, "s3cret"))
        await ingress.healthy()
        await ingress.close()
    assert b"authorization: bearer s3cret" in heads[0].lower()


async def test_a_proxy_in_between_that_fails_is_unavailable() -> None:
    failing = heard(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 4\r\n\r\ngone")
    async with failing as (url, _), Transport(url) as transport:
        with pytest.raises(EngineUnavailable, match="502: gone"):
            await transport.request("GET", "/")

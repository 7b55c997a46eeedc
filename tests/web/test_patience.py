"""Half and slow requests, large heads and too many connections are ended, and hold up nobody."""

import asyncio
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from restival.web import http_protocol as patience
from restival.web.http_protocol import BODY_SECONDS, CONNECTIONS, HEAD_SECONDS, PatientHttp
from tests.process import AppProcess
from tests.web.test_app import ACTION, Caller, environment


@pytest.fixture(scope="module")
def call(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    project = tmp_path_factory.mktemp("patience")
    (project / "actions").mkdir()
    (project / "actions" / "ask.py").write_text(ACTION)
    (project / "restival.yaml").write_text("proxies: [127.0.0.2/31]\n")
    app = AppProcess(project, 0, project / "data", environment(restate_binary))
    app.take_free_port()
    yield Caller(app.start())
    app.close()


def connected(call: Caller, sent: bytes, address: str = "127.0.0.1") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", call.app.port), 5, (address, 0))
    connection.sendall(sent)
    return connection


def closed_within(connection: socket.socket, seconds: float) -> bool:
    connection.settimeout(seconds)
    try:
        while connection.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def is_ended(connection: socket.socket, parts: list[bytes], pause: float) -> bool:
    """Whether the app ends a connection before it has sent all these parts."""
    try:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
    except OSError:
        return True
    return False


HALF_HEAD = b"GET /api/actions HTTP/1.1\r\nhost: localhost\r\nx-a: "
HALF_BODY = (
    b"POST /api/actions/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    b'content-length: 100\r\n\r\n{"count":'
)


def test_half_requests_are_ended_and_others_answered_meanwhile(call: Caller) -> None:
    heads = [connected(call, part) for part in (HALF_HEAD, b"GET", b"") for _ in range(40)]
    bodies = [connected(call, HALF_BODY) for _ in range(10)]
    began = time.monotonic()
    assert call("GET", "/api/actions")[0] == 200
    assert time.monotonic() - began < 1
    assert all(closed_within(each, HEAD_SECONDS + 5) for each in heads)
    assert time.monotonic() - began < HEAD_SECONDS + 10
    assert all(closed_within(each, BODY_SECONDS + 5) for each in bodies)
    assert call("GET", "/api/actions")[0] == 200


def test_a_head_that_comes_byte_by_byte_is_ended(call: Caller) -> None:
    connection = connected(call, HALF_HEAD)
    began = time.monotonic()
    assert is_ended(connection, [b"a"] * 30, 0.5)
    assert time.monotonic() - began < HEAD_SECONDS + 5


def test_a_large_head_is_refused(call: Caller) -> None:
    connection = connected(call, b"GET / HTTP/1.1\r\nhost: localhost\r\n")
    assert is_ended(connection, [b"x-%d: %s\r\n" % (number, b"a" * 1_000) for number in range(1_000)], 0.002)


def test_one_address_cannot_take_all_connections(call: Caller) -> None:
    soft, _ = resource.prlimit(call.app.pid, resource.RLIMIT_NOFILE)
    assert soft > CONNECTIONS + 100
    connections = [connected(call, b"") for _ in range(CONNECTIONS)]
    over = connected(call, b"")
    assert closed_within(over, 5)
    for each in connections:
        each.close()
    time.sleep(0.5)
    assert call("GET", "/api/actions")[0] == 200


def test_a_proxy_may_have_more(call: Caller) -> None:
    connections = [connected(call, b"", "127.0.0.3") for _ in range(CONNECTIONS)]
    assert not closed_within(connected(call, b"", "127.0.0.3"), 2)
    for each in connections:
        each.close()


@pytest.mark.parametrize(("count", "most"), [(10, 10), (3_000, 100)])
def test_few_requests_wait_behind_each_other(call: Caller, count: int, most: int) -> None:
    request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n%s\r\n"
    connection = connected(call, request % b"" * (count - 1) + request % b"connection: close\r\n")
    came = b""
    with suppress(OSError):
        while data := connection.recv(65_536):
            came += data
    assert came.count(b"HTTP/1.1 ") <= most
    assert came.count(b"HTTP/1.1 200") == count or count > most


@pytest.mark.parametrize("reads", [True, False])
async def test_an_answer_has_to_be_taken(reads: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "WRITE_SECONDS", 0.3)
    over = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(200):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        over.set()

    server = uvicorn.Server(uvicorn.Config(app, http=PatientHttp, log_config=None, lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        if reads:
            came = 0
            while data := await reader.read(200_000):
                came += len(data)
                await asyncio.sleep(0.01)
            assert came > 20_000_000
        await asyncio.wait_for(over.wait(), 5)
        writer.close()
        server.should_exit = True
        await serving

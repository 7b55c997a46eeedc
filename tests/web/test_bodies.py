"""Each route takes as much of a body as it needs, and no more is read."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from restival.ui.widgets.spreadsheet.read_file import MOST_BYTES
from restival.web.middleware.body_limits import SOCKET_BYTES, UPLOAD_BYTES, USUAL_BYTES, Bodies
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_never_500 import ROUTES
from tests.web.test_sockets import ACTION, entered, settings

API_BYTES = 50_000
MOST = {
    "/sign-in": USUAL_BYTES,
    "/sign-in/invitation": USUAL_BYTES,
    "/sign-in/link": USUAL_BYTES,
    "/sign-out": USUAL_BYTES,
    "/": USUAL_BYTES,
    "/api/actions/{slug:path}": API_BYTES,
    "/api/queue/{slug:path}": API_BYTES,
    "/api/transactions/{transaction}/answer": API_BYTES,
    "/api/transactions/{transaction}/cancel": API_BYTES,
    "/api/transactions/{transaction}/claim": API_BYTES,
    "/api/transactions/{transaction}/give-back": API_BYTES,
    "/api/transactions/{transaction}/hand": API_BYTES,
    "/api/transactions/{transaction}/restart": API_BYTES,
    "/api/transactions/{transaction}/retry": API_BYTES,
    "/_nicegui_ws/socket.io/": SOCKET_BYTES,
    "/_nicegui/client/{id}/upload/{element}": UPLOAD_BYTES,
}
ELSEWHERE = {"/api/files/{transaction}/{n}/{field}", "/worker/invoke/ask/run"}
"""The field of a file names how large it may be; the worker takes signed requests only."""


def test_every_route_that_takes_a_body_is_named() -> None:
    assert {path for method, path in ROUTES if method != "GET"} == MOST.keys() - {"/"} | ELSEWHERE


async def reads(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(str(len(await Request(scope, receive).body())))(scope, receive, send)


async def passed(path: str, size: int, method: str = "POST") -> tuple[int, int]:
    """The status of the answer to a body of that size, and how much of it was taken."""
    chunk, taken, sent = 1_000, 0, list[Message]()

    async def receive() -> Message:
        nonlocal taken
        some = min(chunk, size - taken)
        taken += some
        return {"type": "http.request", "body": b"x" * some, "more_body": taken < size}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Any = {"type": "http", "path": path, "method": method, "headers": [], "query_string": b""}
    await Bodies(reads, API_BYTES)(scope, receive, send)
    return int(sent[0]["status"]), taken


@pytest.mark.parametrize(("path", "most"), MOST.items())
async def test_how_much_is_taken(path: str, most: int) -> None:
    assert await passed(path, most) == (200, most)
    status, taken = await passed(path, most * 3)
    assert (status, taken <= most + 1_000) == (413, True)


async def test_a_field_counts_itself() -> None:
    assert await passed("/api/files/a/1/0", 30_000_000, "PUT") == (200, 30_000_000)
    assert (await passed("/api/files/a/1/0", 30_000_000))[0] == 413


def test_a_sheet_fits() -> None:
    assert MOST_BYTES + USUAL_BYTES < UPLOAD_BYTES


async def test_an_app_that_hides_what_went_wrong_answers_so_all_the_same() -> None:
    async def hides(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await reads(scope, receive, send)
        except Exception:
            await PlainTextResponse("?", 400)(scope, receive, send)

    sent = list[Message]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 20_000, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await Bodies(hides, 1)({"type": "http", "path": "/x", "method": "POST", "headers": []}, receive, send)
    assert [each["status"] for each in sent if "status" in each] == [413]
    assert json.loads(sent[1]["body"]) == {"error": "The request is too large. The limit is 10 KB."}


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("bodies")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "restival.yaml").write_text(settings("ada"))
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def resident(app: AppProcess) -> int:
    """Kilobytes of memory that the app has."""
    status = Path(f"/proc/{app.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/api/actions/ask", "/sign-in/invitation"])
@pytest.mark.parametrize("chunked", [True, False])
def test_no_more_is_kept(app: AppProcess, path: str, chunked: bool) -> None:
    caller, before = entered(app, "ada"), resident(app)
    head = b'--x\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\n'

    def body() -> Iterator[bytes]:
        yield head
        yield from (b"x" * 100_000 for _ in range(1_000))

    connection = http.client.HTTPConnection("localhost", app.port, timeout=30)
    kind = "application/json" if path.startswith("/api") else "multipart/form-data; boundary=x"
    headers = {"cookie": "; ".join(f"{name}={value}" for name, value in caller.cookies.items()), "content-type": kind}
    if not chunked:
        headers["content-length"] = str(100_000_000 + len(head))
    connection.request("POST", path, body(), headers, encode_chunked=chunked)
    assert connection.getresponse().status in (413, 403)  # without a token nobody is invited
    connection.close()
    assert resident(app) - before < 50_000

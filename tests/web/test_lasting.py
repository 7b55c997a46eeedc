"""What lasts is asked of the app once, and given to everybody alike."""

import asyncio
import gzip

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from restival.web.middleware import static_cache as lasting
from restival.web.middleware.static_cache import StaticCache

TEXT = "body {}\n" * 200
asked: list[str] = []


async def style(request: Request) -> Response:
    asked.append(request.url.path)
    answer = PlainTextResponse(TEXT, headers={"cache-control": "immutable"})
    answer.set_cookie("session", "of the first")
    return answer


async def broken_off(scope: Scope, receive: Receive, send: Send) -> None:
    """As many do it: an app that stops as soon as the browser has left."""
    asked.append(scope["path"])
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
    await send(start)
    await send({"type": "http.response.body", "body": b"first, ", "more_body": True})
    left = asyncio.ensure_future(leaving(receive))
    await asyncio.sleep(0.01)
    if left.done():
        return
    left.cancel()
    await send({"type": "http.response.body", "body": b"second"})


async def leaving(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def absent(request: Request) -> Response:
    asked.append(request.url.path)
    return PlainTextResponse("Not there", 404)


@pytest.fixture
def client() -> httpx2.AsyncClient:
    asked.clear()
    routes = [Route("/last/absent", absent), Route("/{path:path}", style)]
    app = StaticCache(Starlette(routes=routes), ("/last/",))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://app")


async def test_it_is_asked_for_once_and_has_nobodys_cookie(client: httpx2.AsyncClient) -> None:
    for _ in range(2):
        answer = await client.get("/last/style.css")
        assert (answer.status_code, answer.text) == (200, TEXT)
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "immutable"
        assert "set-cookie" not in answer.headers
    assert len(asked) == 1


async def test_who_takes_no_gzip_gets_it_plainly(client: httpx2.AsyncClient) -> None:
    for coding in ("gzip", "identity"):
        async with client.stream("GET", "/last/style.css", headers={"accept-encoding": coding}) as answer:
            raw = b"".join([part async for part in answer.aiter_raw()])
        assert int(answer.headers["content-length"]) == len(raw)
        assert (gzip.decompress(raw) if coding == "gzip" else raw).decode() == TEXT
        assert answer.headers["vary"] == "accept-encoding"
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/other", {}),
        ("/last/absent", {}),
        ("/last/part", {"range": "bytes=0-3"}),
        ("/last/if", {"if-none-match": "x"}),
    ],
)
async def test_the_rest_is_asked_each_time(client: httpx2.AsyncClient, path: str, headers: dict[str, str]) -> None:
    for _ in range(2):
        answer = await client.get(path, headers=headers)
        assert answer.status_code == (404 if path.endswith("absent") else 200)
    assert len(asked) == 2


async def test_what_a_browser_breaks_off_is_kept_whole() -> None:
    app = StaticCache(broken_off, ("/last/",))
    sent: list[Message] = []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/last/x", "headers": []}
    await app(scope, gone, send)
    again = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://app")
    assert (await again.get("/last/x")).text == "first, second"


async def test_there_is_an_end_to_what_is_kept(client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting, "MOST_BYTES", 10)
    for _ in range(2):
        assert (await client.get("/last/style.css")).text == TEXT
    assert len(asked) == 2


@pytest.mark.parametrize("path", ["/last//style.css", "/last/./style.css", "/last/a/../style.css"])
async def test_other_ways_to_write_an_address_are_the_same(client: httpx2.AsyncClient, path: str) -> None:
    await client.get("/last/style.css")
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("the app was asked")

    await client._transport.app(scope, receive, send)  # type: ignore[attr-defined]  # httpx2 would mend the path
    assert gzip.decompress(sent[1]["body"]).decode() == TEXT
    assert len(asked) == 1


async def test_only_what_is_kept_is_compressed(client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[int] = []
    compress = gzip.compress

    def counted(data: bytes) -> bytes:
        compressed.append(len(data))
        return compress(data)

    monkeypatch.setattr("gzip.compress", counted)
    await asyncio.gather(*(client.get("/last/style.css") for _ in range(10)))
    assert len(compressed) == 1
    monkeypatch.setattr(lasting, "MOST_BYTES", 10)
    for path, headers in (("/last/more.css", {}), ("/last/style.css", {"if-none-match": "x"})):
        answer = await client.get(path, headers=headers)
        assert (answer.text, answer.headers.get("content-encoding")) == (TEXT, None)
    assert len(compressed) == 1

"""Keeps what never changes under its address, compressed once: a browser's first visit asks for a megabyte of it."""

import asyncio
import gzip
from dataclasses import dataclass, field
from posixpath import normpath

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32_000_000
PIECE = 65_536
SMALLEST = 500
"""Bytes from which on compressing gains something."""
OF_CONTENT = (b"content-type", b"content-length", b"content-encoding", b"cache-control", b"etag", b"last-modified")
"""The headers that are kept. Cookies above all aren't: they belong to the one browser that has asked first."""
CONDITIONS = ("range", "if-none-match", "if-modified-since")


@dataclass
class CachedResponse:
    """A whole response; `body` is compressed where its headers say so."""

    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class StaticCache:
    """Answers from memory what `lasts` says never changes; the first answer to each address comes from the app.

    To compress takes up to half a second, for which everybody waits, and strangers may ask: so each file is compressed
    once, whichever way its address is written, and never for an answer that isn't kept.
    """

    def __init__(self, app: ASGIApp, lasts: tuple[str, ...]) -> None:
        self.app = app
        self._lasts = lasts
        self._kept: dict[tuple[str, bool], CachedResponse] = {}
        self._bytes = 0
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self._lasts):
            await self.app(scope, receive, send)
            return
        headers, plain = Headers(scope=scope), _plainly(scope)
        path = normpath(scope["path"])
        if any(condition in headers for condition in CONDITIONS) or not path.startswith(self._lasts):
            await self.app(plain, receive, send)
            return
        key = path, "gzip" in headers.get("accept-encoding", "")
        if key not in self._kept:
            async with self._asking:  # else many could have the same made at once
                kept, status = (self._kept[key], 200) if key in self._kept else await self._ask(key, plain)
        else:
            kept, status = self._kept[key], 200
        await _answer(kept, send, status)

    async def _ask(self, key: tuple[str, bool], plain: Scope) -> tuple[CachedResponse, int]:
        """Have the app answer plainly, compress that, and keep it if it is good and whole and there is room."""
        kept, parts, status, whole, asked = CachedResponse(), list[bytes](), 0, False, False

        async def receive() -> Message:
            """The request, and never that the browser has left: an answer that it breaks off would be kept so."""
            nonlocal asked
            if asked:
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def collect(message: Message) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                kept.headers = [each for each in message["headers"] if each[0].lower() in OF_CONTENT]
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                whole = not message.get("more_body", False)

        await self.app(plain, receive, collect)
        kept.body = b"".join(parts)
        keeps = status == 200 and whole and self._bytes + len(kept.body) <= MOST_BYTES
        if keeps and key[1] and len(kept.body) >= SMALLEST:
            _compress(kept)
        kept.headers.append((b"vary", b"accept-encoding"))
        if keeps:
            self._kept[key] = kept
            self._bytes += len(kept.body)
        return kept, status


def _plainly(scope: Scope) -> Scope:
    return {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}


def _compress(kept: CachedResponse) -> None:
    headers = MutableHeaders(raw=kept.headers)
    if "content-encoding" in headers:
        return
    kept.body = gzip.compress(kept.body)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(kept.body))


async def _answer(kept: CachedResponse, send: Send, status: int = 200) -> None:
    """Send it in pieces: of one that a browser doesn't take, only so much waits in memory."""
    await send({"type": "http.response.start", "status": status, "headers": kept.headers})
    for start in range(0, len(kept.body), PIECE):
        await send({"type": "http.response.body", "body": kept.body[start : start + PIECE], "more_body": True})
    await send({"type": "http.response.body", "body": b""})

"""Keeps other web sites out of an app that trusts whoever reaches it."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from restival.web.gate import SOCKETS

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginCheck:
    """Refuses (403) requests by a foreign host name, as in DNS rebinding, and writes and websockets of a foreign page.

    `hosts` are the names under which the app is reached; None takes any.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or refuse it."""
        if scope["type"] == "lifespan" or self._allowed(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason="foreign origin")(scope, receive, send)
        else:
            await PlainTextResponse("This app isn't reached by this name.\n", 403)(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._hosts is not None and _name(host) not in self._hosts:
            return False
        writes = (
            scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS or scope["path"].startswith(SOCKETS)
        )
        origin = headers.get("origin")
        return not writes or origin is None or _netloc(origin) == host


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _name(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host

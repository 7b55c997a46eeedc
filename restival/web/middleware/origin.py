"""Keeps other web sites out of an app that trusts whoever reaches it."""

from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from restival.settings.reached import NAME, host_name
from restival.site.addresses import SOCKETS
from restival.web.sign_in.cookies import is_secure

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEALTH = "/healthz"
"""Asked for by the addresses of machines, too."""
REFUSED = (
    "This request comes from a page on another site. If it doesn't, a proxy in front of the app has changed the header "
    "`Host`: configure the proxy to pass it unchanged.\n"
)


class OriginCheck:
    """Refuses (403) requests by a foreign host name, as in DNS rebinding, and writes and websockets of a foreign page.

    `hosts` are the names under which the app is reached; None takes any. `url` is where browsers do: a page that came
    by http may be anybody's if that is https.
    """

    def __init__(self, app: ASGIApp, hosts: Callable[[], frozenset[str] | None], url: Callable[[], str | None]) -> None:
        self._app = app
        self._hosts = hosts
        self._url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or refuse it."""
        refusal = None if scope["type"] == "lifespan" else self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason="foreign origin")(scope, receive, send)
        else:
            await PlainTextResponse(refusal, 403)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        headers, hosts = Headers(scope=scope), self._hosts()
        host = headers.get("host", "")
        if hosts is not None and host_name(host) not in hosts and scope["path"] != HEALTH:
            return _unknown(host_name(host))
        writes = (
            scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS or scope["path"].startswith(SOCKETS)
        )
        origin = headers.get("origin")
        if not writes or origin is None:
            return None
        sealed = is_secure(scope) or self._url() == f"https://{host.lower()}"
        own = _parts(origin)
        return None if own.netloc == host and (own.scheme == "https" or not sealed) else REFUSED


def _parts(origin: str) -> SplitResult:
    try:
        return urlsplit(origin)
    except ValueError:
        return urlsplit("")


def _unknown(name: str) -> str:
    if not NAME.fullmatch(name):
        return "The app doesn't answer to this name.\n"
    return (
        f"The app doesn't answer to the name {name}. If users open it at this name, set `url: https://{name}` in "
        f"restival.yaml. If `url` is already set, add the name: `hosts: [{name}]`.\n"
    )

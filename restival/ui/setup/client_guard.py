"""What NiceGUI serves for one open page is for whom that page was drawn for, and for nobody else."""

from urllib.parse import parse_qs

from nicegui import Client, core
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from restival.i18n import t
from restival.site.addresses import OF_A_PAGE, SOCKETS
from restival.ui.session.current_person import person_of
from restival.ui.session.nicegui_private import request_of


class RequirePageOwner:
    """Refuses (404) what is sent to the page of somebody else, or to one that isn't open, and what goes on with the
    socket that somebody else has opened."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or _is_own(scope):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason="not yours")(scope, receive, send)
            return
        await JSONResponse({"error": t("Page not found")}, 404)(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    if scope["path"].startswith(OF_A_PAGE):
        return _is_own_page(scope)
    return not scope["path"].startswith(SOCKETS) or _is_own_socket(scope)


def _is_own_page(scope: Scope) -> bool:
    page = Client.instances.get(scope["path"].removeprefix(OF_A_PAGE).partition("/")[0])
    request = request_of(page) if page is not None else None
    if request is None:
        return False
    owner = person_of(request)
    return owner.known and owner.same_as(person_of(HTTPConnection(scope)))


def _is_own_socket(scope: Scope) -> bool:
    """Whether what goes on with a socket comes from the person who has opened it; a new one is nobody's yet."""
    name = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("sid", [""])[0]
    opened = core.sio.environ.get(name) if name else None
    asks = person_of(HTTPConnection(scope))
    return opened is None or asks.same_as(person_of(HTTPConnection(opened["asgi.scope"])))

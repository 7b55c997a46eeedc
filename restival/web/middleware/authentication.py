"""Lets in only those who have signed in: pages, websockets, uploads, downloads and the API alike."""

from collections.abc import Callable
from importlib.metadata import version
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from restival.access.person import Person
from restival.auth.audit import Audit
from restival.auth.invitations import PATH as INVITATION
from restival.auth.keys import key_of
from restival.auth.modes.link import PATH as LINK
from restival.i18n import t
from restival.site.addresses import BACK, SIGN_IN

OPEN = frozenset({"/healthz", SIGN_IN, BACK, INVITATION, LINK})
"""What is answered to everybody; a new address isn't, unless it is written here."""
REFUSALS = frozenset({403, 404})
OPEN_BELOW = ("/_restival/", f"/_nicegui/{version('nicegui')}/static/")
"""Style sheets, scripts and fonts of the packages themselves, and the logo. What NiceGUI serves besides can be the
project's: scripts of its components, files that they show."""


class RequireSignIn:
    """Sends people who aren't signed in to do so, and refuses (401) programs and websockets. `signs_in` tells whether
    people sign in at the app itself."""

    def __init__(
        self,
        app: ASGIApp,
        person: Callable[[HTTPConnection], Person],
        signs_in: Callable[[], bool],
        audit: Audit,
    ) -> None:
        self._app = app
        self._person = person
        self._signs_in = signs_in
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        person = self._person(HTTPConnection(scope))
        if person.known:
            await self._app(scope, receive, self._watching(scope, send, person) if scope["type"] == "http" else send)
            return
        if scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason="not signed in")(scope, receive, send)
            return
        await self._refusal(scope)(scope, receive, send)

    def _watching(self, scope: Scope, send: Send, person: Person) -> Send:
        """Writes what the app refuses; what somebody may not see isn't told from what there isn't."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in REFUSALS:
                told = {"method": scope["method"], "path": scope["path"], "status": message["status"]}
                self._audit.refuse(person, **told)
            await send(message)

        return watched

    def _refusal(self, scope: Scope) -> Response:
        path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
        accepts = HTTPConnection(scope).headers.get("accept", "")
        if scope["method"] in ("GET", "HEAD") and "text/html" in accepts and not path.startswith("/api/"):
            if not self._signs_in():  # a proxy says who somebody is, and there is no page to do so
                self._audit.write_stranger("refused", "nobody", method=scope["method"], path=path)
                return PlainTextResponse(
                    t("You don't have access to this app. Ask an administrator for access.") + "\n", 401
                )
            wanted = path + (f"?{query}" if query else "")
            return RedirectResponse(SIGN_IN if wanted == "/" else f"{SIGN_IN}?next={quote(wanted, safe='')}", 303)
        self._audit.write_stranger("refused", "nobody", method=scope["method"], path=path)
        by_key = key_of(HTTPConnection(scope)) is not None
        return JSONResponse({"error": t("Invalid or expired API key.") if by_key else t("Sign in first.")}, 401)


def is_open(path: str) -> bool:
    """Whether somebody gets it who hasn't signed in."""
    return path in OPEN or path.startswith(OPEN_BELOW)

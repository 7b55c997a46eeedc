"""How much of a request's body is taken, counted while it comes."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from restival.i18n import t
from restival.io.input.file import format_size
from restival.site.addresses import OF_A_PAGE, SOCKETS

USUAL_BYTES = 10_000
"""For forms and all that isn't named below."""
SOCKET_BYTES = 1_000_000
"""What pages send at once where they can't have a websocket; it takes as much."""
UPLOAD_BYTES = 20_100_000
"""A file for a field that NiceGUI takes it for, as a spreadsheet, and what is around it."""
FILES = "/api/files/"
"""Below it each field names how large its files may be."""


class TooLong(Exception):
    """More came than is taken."""


class Bodies:
    """Refuses (413) bodies that are too long; what is broken off ends quietly. `api_bytes` are for calls of the API."""

    def __init__(self, app: ASGIApp, api_bytes: int) -> None:
        self._app = app
        self._api_bytes = api_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a body that ends in time."""
        if scope["type"] == "http":
            await Body(scope, receive, send, self._most(scope)).passed_to(self._app)
        else:
            await self._app(scope, receive, send)

    def _most(self, scope: Scope) -> int | None:
        path = scope["path"]
        if path.startswith(FILES) and scope["method"] == "PUT":
            return None  # the route counts itself
        named = {"/api/": self._api_bytes, OF_A_PAGE: UPLOAD_BYTES, SOCKETS: SOCKET_BYTES}
        return next((most for prefix, most in named.items() if path.startswith(prefix)), USUAL_BYTES)


class Body:
    """One request's body, of which at most so many bytes are taken."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, most: int | None) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._most = most
        self._size = 0
        self._whole = self._gone = self._too_long = self._answered = False

    async def passed_to(self, app: ASGIApp) -> None:
        """Have it read there."""
        try:
            await app(self._scope, self._counted, self._answer)
        except Exception:
            if not (self._too_long or self._gone):  # else it comes of that
                raise
        if self._too_long and not self._answered:
            self._too_long = False
            told = t("The request is too large. The limit is {size}.", size=format_size(self._most or 0))
            await JSONResponse({"error": told}, 413)(self._scope, self._receive, self._answer)

    async def _counted(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._gone = not self._whole
            return message
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._most is not None and self._size > self._most:
            self._too_long = True
            raise TooLong
        return message

    async def _answer(self, message: Message) -> None:
        """Send what the app answers, unless that is only to a body that wasn't read to its end."""
        if self._too_long and not self._answered:
            return
        self._answered = True
        await self._send(message)

"""Has what answers a request written for whoever sent it."""

from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.i18n.negotiation import asking, reader_of
from restival.settings import Settings


class LocaleMiddleware:
    """Finds out who reads, for requests and websockets alike."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings]) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        settings = self._settings()
        token = asking.set(reader_of(HTTPConnection(scope), settings.locale, settings.zone))
        try:
            await self._app(scope, receive, send)
        finally:
            asking.reset(token)

"""What NiceGUI serves for one open page is for whom that page was drawn for, and for nobody else."""

from nicegui import Client
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.ui.person import person_of
from restival.web.gate import OF_A_PAGE
from restival.words import t


class OwnPages:
    """Refuses (404) what is sent to the page of somebody else, or to one that isn't open."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(OF_A_PAGE) or _is_own(scope):
            await self._app(scope, receive, send)
            return
        await JSONResponse({"error": t("There is nothing here")}, 404)(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    page = Client.instances.get(scope["path"].removeprefix(OF_A_PAGE).partition("/")[0])
    if page is None or page.request is None:
        return False
    owner = person_of(page.request)
    return owner.known and owner.same_as(person_of(HTTPConnection(scope)))

"""Everything on one port: worker, API, health and the dashboard."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.auth.auth import Auth
from restival.engine.engine import Engine
from restival.pages.files import PageFiles
from restival.site.addresses import WORKER_PATH
from restival.site.site import Site
from restival.storage.transaction_files import Files
from restival.web.api.audit import audit_route
from restival.web.api.files import FileRoutes
from restival.web.api.history import HistoryRoutes
from restival.web.api.page_files import page_file_route
from restival.web.api.transactions import Api
from restival.web.health import health_route
from restival.web.logo import logo_route
from restival.web.middleware.authentication import RequireSignIn
from restival.web.middleware.body_limits import Bodies
from restival.web.middleware.locale import LocaleMiddleware
from restival.web.middleware.origin import OriginCheck
from restival.web.sign_in.password import SignInRoutes

ENVELOPE_BYTES = 10_000
"""What a request around an answer may add to its size."""
CHUNK_BYTES = 1_000_000
"""By so much calls of the API may go over it: the API itself refuses them then, in words of its own."""


@dataclass(frozen=True)
class Dependencies:
    """What the app is composed of."""

    site: Callable[[], Site]
    engine: Engine
    files: Files
    page_files: PageFiles
    auth: Auth
    secret: bytes


class WorkerRouter:
    """Hands requests of a Restate that somebody else runs to the worker, and all others to the app."""

    def __init__(self, worker: ASGIApp, app: ASGIApp) -> None:
        self.worker = worker
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{WORKER_PATH}/"):
            await self.app(scope, receive, send)
        elif all(name.isascii() and value.isascii() for name, value in scope["headers"]):
            await self.worker(scope, receive, send)
        else:  # the worker would fail at it
            await PlainTextResponse("", 400)(scope, receive, send)


def compose(parts: Dependencies) -> FastAPI:
    """The app without the worker and the dashboard, which `restival.ui.setup.install` adds."""
    settings, engine, person = parts.site().settings, parts.engine, parts.auth.person
    most = settings.answer_bytes + ENVELOPE_BYTES
    api = Api(engine.client, engine.timelines, engine.restarts, parts.site, person, most, engine.history)
    files = FileRoutes(engine.client, parts.files, parts.site, person)
    page_files = page_file_route(parts.page_files, parts.site, person)
    sign_in = SignInRoutes(parts.site, parts.auth, parts.secret)
    history = HistoryRoutes(engine.history, parts.site, person)
    health = health_route(lambda: engine.state, lambda: len(parts.site().registry), lambda: len(parts.site().problems))
    return FastAPI(
        title=settings.title,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[
            health,
            logo_route(parts.site),
            *sign_in.routes(),
            *files.routes(),
            page_files,
            *history.routes(),
            audit_route(parts.auth.audit.file, parts.site, person),
            api.mount(),
        ],
        middleware=[
            Middleware(LocaleMiddleware, settings=lambda: parts.site().settings),
            Middleware(Bodies, api_bytes=most + CHUNK_BYTES),
            Middleware(OriginCheck, hosts=lambda: parts.site().hosts, url=lambda: parts.site().settings.url),
            Middleware(RequireSignIn, person=person, signs_in=lambda: parts.auth.has_sessions, audit=parts.auth.audit),
        ],
    )

"""Everything on one port: worker, API, health and the dashboard."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.auth.local import local_person
from restival.engine.engine import Engine
from restival.project import Project
from restival.settings import Settings
from restival.storage.files import Files
from restival.web.api import Api
from restival.web.files import FileRoutes
from restival.web.health import health_route
from restival.web.origin import LOOPBACK_HOSTS, OriginCheck

WORKER_PATH = "/worker"
ENVELOPE_BYTES = 10_000
"""What a request around an answer may add to its size."""


@dataclass(frozen=True)
class Parts:
    """What the app is composed of."""

    settings: Settings
    engine: Engine
    files: Files
    project: Callable[[], Project]


class Front:
    """Hands Restate's requests to the worker and all others to the app: what passes here often takes the short way."""

    def __init__(self, worker: ASGIApp, app: ASGIApp) -> None:
        self.worker = worker
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        ours = scope["type"] == "http" and scope["path"].startswith(f"{WORKER_PATH}/")
        await (self.worker if ours else self.app)(scope, receive, send)


def compose(parts: Parts) -> FastAPI:
    """The app without the worker and the dashboard, which `restival.ui.install` adds."""
    settings, engine = parts.settings, parts.engine
    hosts = LOOPBACK_HOSTS if settings.loopback else None
    api = Api(
        engine.client,
        lambda: parts.project().registry,
        lambda _: local_person(),
        settings.answer_bytes + ENVELOPE_BYTES,
    )
    files = FileRoutes(engine.client, parts.files, lambda: parts.project().registry, lambda _: local_person())
    health = health_route(
        lambda: engine.state, lambda: len(parts.project().registry), lambda: len(parts.project().problems)
    )
    return FastAPI(
        title=settings.title,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[health, *files.routes(), api.mount()],
        middleware=[Middleware(OriginCheck, hosts=hosts)],
    )

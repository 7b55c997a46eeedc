"""Everything on one port: worker, API, health and the dashboard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.identity import Identity
from restival.auth.passwords import Passwords
from restival.auth.second_factor import SecondFactor
from restival.auth.sessions import Sessions
from restival.engine.engine import Engine
from restival.settings.sign_in import PasswordSignIn
from restival.site import Site
from restival.storage.files import Files
from restival.web.api import Api
from restival.web.files import FileRoutes
from restival.web.gate import Gate
from restival.web.health import health_route
from restival.web.origin import LOOPBACK_HOSTS, OriginCheck
from restival.web.sign_in import SignInRoutes

WORKER_PATH = "/worker"
ENVELOPE_BYTES = 10_000
"""What a request around an answer may add to its size."""


@dataclass(frozen=True)
class Parts:
    """What the app is composed of."""

    site: Callable[[], Site]
    engine: Engine
    files: Files
    accounts: Accounts
    audit: Audit
    secret: bytes

    @cached_property
    def sessions(self) -> Sessions:
        """Who has signed in in which browser."""
        return Sessions(self.secret, lambda mail: self.accounts.of(mail).signed_out_at, self._session_lasts)

    @cached_property
    def identity(self) -> Identity:
        """Who somebody is."""
        return Identity(self.site, self.sessions)

    def _session_lasts(self) -> timedelta:
        settings = self.site().settings.sign_in
        return settings.session if isinstance(settings, PasswordSignIn) else timedelta(0)


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
    settings, engine, person = parts.site().settings, parts.engine, parts.identity.person
    api = Api(engine.client, parts.site, person, settings.answer_bytes + ENVELOPE_BYTES)
    files = FileRoutes(engine.client, parts.files, parts.site, person)
    passwords = Passwords(parts.site, parts.accounts, SecondFactor(parts.secret))
    sign_in = SignInRoutes(parts.site, parts.sessions, passwords, parts.accounts, parts.audit, parts.secret)
    health = health_route(
        lambda: engine.state, lambda: len(parts.site().registry), lambda: len(parts.site().project.problems)
    )
    return FastAPI(
        title=settings.title,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[health, *sign_in.routes(), *files.routes(), api.mount()],
        middleware=[
            Middleware(OriginCheck, hosts=LOOPBACK_HOSTS if settings.loopback else None),
            Middleware(Gate, person=person, audit=parts.audit),
        ],
    )

"""Signing in at an OpenID Connect provider: to it, and back."""

import hashlib
from collections.abc import Callable
from urllib.parse import quote

from itsdangerous import BadSignature
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.auth import Auth
from restival.auth.oidc import Attempt, ProviderRefused, ProviderUnavailable, SignedIn
from restival.auth.refusals import SignInRefused
from restival.auth.signing import timed_signer
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.site.addresses import BACK, SIGN_IN
from restival.site.site import Site
from restival.web.sign_in.cookies import put_cookie, scheme_of
from restival.web.sign_in.session import begin_session

AGAIN = f"{SIGN_IN}/again"
ATTEMPT = "restival_attempt_"
"""The beginning of the names of cookies that keep a sign-in under way; each has one of its own, as tabs may compete."""
ATTEMPT_SECONDS = 900
TOKEN = "restival_token"
"""The cookie with what the provider ends its own session by."""
LARGEST_COOKIE = 3500

Page = Callable[[Request, str, int], Response]
"""The page to sign in, with what is wrong, and its status."""


class OidcRoutes:
    """The ways to the provider and back. `page` draws the page to sign in."""

    def __init__(self, site: Callable[[], Site], auth: Auth, secret: bytes, page: Page) -> None:
        self._site = site
        self._auth = auth
        self._page = page
        self._attempts = timed_signer(secret, "restival attempt")

    def routes(self) -> list[Route]:
        """Back from the provider, and to it once more for somebody who has signed in."""
        return [Route(BACK, self.back, methods=["GET"]), Route(AGAIN, self.again, methods=["GET"])]

    async def begin(self, request: Request, then: str, *, question: str = "", mail: str = "") -> Response:
        """Send the browser to the provider."""
        back = f"{_here(request)}{BACK}"
        try:
            address, attempt = await self._auth.oidc.begin(back, then, question=question, mail=mail)
        except ProviderUnavailable as error:
            return self._page(request, str(error), 503)
        answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
        kept = self._attempts.dumps(attempt.model_dump(mode="json"))
        put_cookie(request, answer, _name(attempt.state), kept, ATTEMPT_SECONDS)
        return answer

    async def again(self, request: Request) -> Response:
        """Have somebody who has signed in do so again, for a question that asks who they are."""
        session, question = self._auth.sessions.of(request), request.query_params.get("question", "")
        if session is None or self._auth.by_oidc is None or not question:
            return RedirectResponse("/", 303)
        transaction = question.rpartition("/")[0]
        return await self.begin(request, f"/t/{quote(transaction, safe='')}", question=question, mail=session.mail)

    async def back(self, request: Request) -> Response:
        """Take what the provider tells, and begin a session or note that it is still the same person."""
        if self._auth.by_oidc is None:
            return RedirectResponse("/", 303)
        told = dict(request.query_params)
        try:
            attempt = self._attempt(request, told.get("state", ""))
            signed_in = await self._auth.oidc.finish(told, attempt)
            take = self._confirm if attempt.question else self._let_in
            answer = await take(request, attempt, signed_in)
        except ProviderUnavailable as error:
            return self._page(request, str(error), 503)
        except EngineUnavailable:
            return self._page(request, t("The engine is starting. Try again in a moment."), 503)
        except SignInRefused as refused:
            self._auth.audit.write_stranger("sign-in refused", "", why=str(refused))
            return self._page(request, str(refused), 403)
        answer.delete_cookie(_name(attempt.state))
        return answer

    async def end(self, request: Request, then: str) -> str | None:
        """Where to send a browser to end its session at the provider too, if that can be."""
        if self._auth.by_oidc is None:
            return None
        try:
            return await self._auth.oidc.end(request.cookies.get(TOKEN, ""), f"{_here(request)}{then}")
        except ProviderUnavailable:
            return None

    def _attempt(self, request: Request, state: str) -> Attempt:
        try:
            kept = self._attempts.loads(request.cookies.get(_name(state), ""), max_age=ATTEMPT_SECONDS)
        except BadSignature:
            raise ProviderRefused(t("That took too long. Please begin again.")) from None
        return Attempt.model_validate(kept)

    async def _let_in(self, request: Request, attempt: Attempt, signed_in: SignedIn) -> Response:
        mail, settings = signed_in.mail, self._auth.by_oidc
        assert settings is not None
        if self._site().person(mail) is None:
            raise SignInRefused(t("{mail} may not come in here. Ask those who manage this app.", mail=mail))
        await self._auth.subjects.keep(mail, signed_in.subject)
        self._auth.audit.write("signed in", mail)
        answer = RedirectResponse(attempt.next, 303)
        await begin_session(request, answer, self._auth, mail, shown=signed_in.asked)
        seconds = int(settings.session.total_seconds())
        if len(signed_in.token) <= LARGEST_COOKIE:
            put_cookie(request, answer, TOKEN, signed_in.token, seconds, path="/sign-out")
        return answer

    async def _confirm(self, request: Request, attempt: Attempt, signed_in: SignedIn) -> Response:
        session = self._auth.sessions.of(request)
        if session is None or session.mail != signed_in.mail:
            raise SignInRefused(t("You have signed in as {mail}, which isn't who has to confirm.", mail=signed_in.mail))
        self._auth.confirmations.confirm_for(session.id, attempt.question)
        self._auth.audit.write("identity confirmed", session.mail, question=attempt.question)
        return RedirectResponse(attempt.next, 303)


def _here(request: Request) -> str:
    """Under which address the browser reaches the app. The provider only sends people to addresses that it knows."""
    return f"{scheme_of(request)}://{request.headers.get('host', '')}"


def _name(state: str) -> str:
    return ATTEMPT + hashlib.sha256(state.encode()).hexdigest()[:12]

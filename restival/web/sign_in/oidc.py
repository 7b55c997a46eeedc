"""Signing in at an OpenID Connect provider: to it, and back."""

import hashlib
from urllib.parse import quote

from itsdangerous import BadSignature
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.modes.oidc import OidcMode
from restival.auth.oidc import Attempt, ProviderRefused, ProviderUnavailable, SignedIn
from restival.auth.refusals import SignInRefused
from restival.auth.sessions import Session
from restival.auth.signing import timed_signer
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.site.addresses import BACK, SIGN_IN
from restival.web.sign_in.cookies import put_cookie, scheme_of
from restival.web.sign_in.page import ModePage, PageParts, next_of
from restival.web.sign_in.session import begin_session

ATTEMPT = "restival_attempt_"
"""The beginning of the names of cookies that keep a sign-in under way; each has one of its own, as tabs may compete."""
ATTEMPT_SECONDS = 900
TOKEN = "restival_token"
"""The cookie with what the provider ends its own session by."""
LARGEST_COOKIE = 3500


class OidcPage(ModePage):
    """A button, and the ways to the provider and back."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(parts)
        self._mode = parts.auth.by(OidcMode)
        self._attempts = timed_signer(parts.secret, "restival attempt")

    def routes(self) -> list[Route]:
        """Returns the way back from the provider."""
        return [Route(BACK, self.back, methods=["GET"])]

    async def submit(self, request: Request) -> Response:
        """Sends the browser to the provider."""
        return await self._begin(request, next_of(request))

    async def again(self, request: Request, session: Session, question: str) -> Response:
        """Sends it there for a person who has to sign in again."""
        transaction = question.rpartition("/")[0]
        return await self._begin(request, f"/t/{quote(transaction, safe='')}", question=question, mail=session.mail)

    async def _begin(self, request: Request, then: str, *, question: str = "", mail: str = "") -> Response:
        back = f"{_here(request)}{BACK}"
        try:
            address, attempt = await self._mode.oidc.begin(back, then, question=question, mail=mail)
        except ProviderUnavailable as error:
            return self.page(request, str(error), 503)
        answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
        kept = self._attempts.dumps(attempt.model_dump(mode="json"))
        put_cookie(request, answer, _name(attempt.state), kept, ATTEMPT_SECONDS)
        return answer

    async def back(self, request: Request) -> Response:
        """Take what the provider tells, and begin a session or note that it is still the same person."""
        if not self._mode.is_set:
            return RedirectResponse("/", 303)
        told = dict(request.query_params)
        try:
            attempt = self._attempt(request, told.get("state", ""))
            signed_in = await self._mode.oidc.finish(told, attempt)
            take = self._confirm if attempt.question else self._let_in
            answer = await take(request, attempt, signed_in)
        except ProviderUnavailable as error:
            return self.page(request, str(error), 503)
        except EngineUnavailable:
            return self.page(request, t("Restate is starting. Try again in a moment."), 503)
        except SignInRefused as refused:
            self.auth.audit.write_stranger("sign-in refused", "", why=str(refused))
            return self.page(request, str(refused), 403)
        answer.delete_cookie(_name(attempt.state))
        return answer

    async def leave(self, request: Request) -> Response:
        """Returns the way to the end of the session at the provider too, if that can be."""
        try:
            end = await self._mode.oidc.end(request.cookies.get(TOKEN, ""), f"{_here(request)}{SIGN_IN}")
        except ProviderUnavailable:
            end = None
        answer = RedirectResponse(end or SIGN_IN, 303)
        answer.delete_cookie(TOKEN, path="/sign-out")
        return answer

    def _attempt(self, request: Request, state: str) -> Attempt:
        try:
            kept = self._attempts.loads(request.cookies.get(_name(state), ""), max_age=ATTEMPT_SECONDS)
        except BadSignature:
            raise ProviderRefused(t("The sign-in timed out. Start again.")) from None
        return Attempt.model_validate(kept)

    async def _let_in(self, request: Request, attempt: Attempt, signed_in: SignedIn) -> Response:
        mail = signed_in.mail
        if self.site().person(mail) is None:
            raise SignInRefused(
                t("{mail} doesn't have access to this app. Ask an administrator for access.", mail=mail)
            )
        await self._mode.subjects.keep(mail, signed_in.subject)
        self.auth.audit.write("signed in", mail)
        answer = RedirectResponse(attempt.next, 303)
        await begin_session(request, answer, self.auth, mail, shown=signed_in.asked)
        seconds = int(self._mode.settings.session.total_seconds())
        if len(signed_in.token) <= LARGEST_COOKIE:
            put_cookie(request, answer, TOKEN, signed_in.token, seconds, path="/sign-out")
        return answer

    async def _confirm(self, request: Request, attempt: Attempt, signed_in: SignedIn) -> Response:
        session = self.auth.sessions.of(request)
        if session is None or session.mail != signed_in.mail:
            raise SignInRefused(
                t("You signed in as {mail}. Sign in with the account that has to confirm.", mail=signed_in.mail)
            )
        self.auth.confirmations.confirm_for(session.id, attempt.question)
        self.auth.audit.write("identity confirmed", session.mail, question=attempt.question)
        return RedirectResponse(attempt.next, 303)


def _here(request: Request) -> str:
    """Under which address the browser reaches the app. The provider only sends people to addresses that it knows."""
    return f"{scheme_of(request)}://{request.headers.get('host', '')}"


def _name(state: str) -> str:
    return ATTEMPT + hashlib.sha256(state.encode()).hexdigest()[:12]

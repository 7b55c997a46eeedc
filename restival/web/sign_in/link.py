"""The pages to sign in by a link: one asks for it, the other is what it opens."""

from html import escape
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.attempts import in_session
from restival.auth.modes.link import PATH, Link, LinkMode
from restival.auth.refusals import SignInRefused, TooBusy
from restival.auth.sessions import Session
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.site.addresses import SIGN_IN
from restival.web.sign_in.page import LONGEST_MAIL, ModePage, PageParts, is_too_large, mail_field, next_of
from restival.web.sign_in.session import begin_session, remember_browser, source_of


class LinkPage(ModePage):
    """Asks for an email address, or for nothing if somebody who is signed in has to do so again."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(parts)
        self._mode = parts.auth.by(LinkMode)

    def routes(self) -> list[Route]:
        """Returns what a link opens. It only signs in at the press of a button: programs open links to preview them."""
        return [Route(PATH, self.show, methods=["GET"]), Route(PATH, self.take, methods=["POST"])]

    def page(self, request: Request, problem: str = "", status: int = 200, *, mail: str = "") -> Response:
        """Returns the form for the email address."""
        hint = f'<p class="r-hint">{escape(t("The link appears in the terminal where the app runs."))}</p>'
        action = f"{SIGN_IN}?next={quote(next_of(request), safe='')}"
        return self.draw(mail_field(mail) + hint, action, t("Get a sign-in link"), problem, status)

    async def again(self, request: Request, session: Session, question: str) -> Response:
        """Returns the form for somebody whose address is known."""
        about = t("Confirm with another sign-in link that it is you, {mail}.", mail=session.mail)
        action = f"{SIGN_IN}?again={quote(question, safe='')}"
        return self.draw(f"<p>{escape(about)}</p>", action, t("Get a sign-in link"), "", 200)

    async def submit(self, request: Request) -> Response:
        """Has a link printed. The answer doesn't show whether anybody has the address."""
        if is_too_large(request):
            return self.page(request, t("The request is too large."), 413)
        question, session = request.query_params.get("again", ""), self.auth.sessions.of(request)
        if question and session is not None:
            mail, source = session.mail, in_session(session.id)
            wanted = f"/t/{quote(question.rpartition('/')[0], safe='')}"
        else:
            mail = str((await request.form()).get("mail", "")).strip().lower()[:LONGEST_MAIL]
            source, wanted, question = source_of(request, self.auth, mail), next_of(request), ""
        try:
            link = self._mode.ask(mail, wanted, source, question)
        except TooBusy as refused:
            answer = self.page(request, str(refused), 429, mail=mail)
            answer.headers["retry-after"] = str(refused.seconds)
            return answer
        except SignInRefused as refused:
            self.auth.audit.write_stranger("sign-in refused", mail, why=type(refused).__name__)
            return self.page(request, str(refused), 403, mail=mail)
        self.auth.audit.write_stranger("sign-in link requested", mail)
        told = t("If {mail} can sign in, the link is now in the terminal. It works once, for 15 minutes.", mail=mail)
        answer = self.draw(f'<p role="status">{escape(told)}</p>', "", "", "", 200)
        answer.background = BackgroundTask(self._mode.send, link, source, self._address(request))
        return answer

    async def show(self, request: Request) -> Response:
        """What a link opens: a button."""
        if not self._mode.is_set:
            return RedirectResponse("/", 303)
        token = request.query_params.get("token", "")
        try:
            link = self._mode.read(token)
        except SignInRefused as refused:
            return self._refused(str(refused), 403)
        about = f"<p>{escape(t('Sign in as {mail}.', mail=link.mail))}</p>"
        return self.draw(about, f"{PATH}?token={quote(token, safe='')}", t("Sign in"), "", 200)

    async def take(self, request: Request) -> Response:
        """Uses a link up, and begins a session or notes that it is still the same person."""
        if not self._mode.is_set:
            return RedirectResponse("/", 303)
        try:
            link = self._mode.read(request.query_params.get("token", ""))
            session = self._confirming(request, link)
            await self._mode.use(link, source_of(request, self.auth, link.mail))
        except SignInRefused as refused:
            self.auth.audit.write_stranger("sign-in refused", "", why=type(refused).__name__)
            return self._refused(str(refused), 403)
        except EngineUnavailable:
            return self._refused(t("Restate is starting. Try again in a moment."), 503)
        answer = RedirectResponse(link.next, 303)
        if session is not None:
            self.auth.confirmations.confirm_for(session.id, link.question)
            self.auth.audit.write("identity confirmed", session.mail, question=link.question)
            return answer
        self.auth.audit.write("signed in", link.mail)
        await begin_session(request, answer, self.auth, link.mail, shown=True)
        remember_browser(request, answer, self.auth, link.mail)
        return answer

    def _refused(self, problem: str, status: int) -> Response:
        again = f'<a href="{SIGN_IN}">{escape(t("Get a sign-in link"))}</a>'
        return self.draw(again, "", "", problem, status)

    def _confirming(self, request: Request, link: Link) -> Session | None:
        """The session whose person a link confirms; None for one that signs in."""
        if not link.question:
            return None
        session = self.auth.sessions.of(request)
        if session is None or session.mail != link.mail:
            raise SignInRefused(t("Open this link in the browser where {mail} is signed in.", mail=link.mail))
        return session

    def _address(self, request: Request) -> str:
        """Where the app is, by its settings and its own socket: a request could name the port of somebody else."""
        return self.site().settings.url or f"http://localhost:{request.scope['server'][1]}"

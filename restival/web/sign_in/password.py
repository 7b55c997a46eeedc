"""Signing in and out. The page is plain HTML: nobody gets a websocket before we know who it is."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from restival.auth.attempts import Source, from_address, from_browser
from restival.auth.auth import Auth
from restival.auth.known_browsers import COOKIE as BROWSER
from restival.auth.known_browsers import LASTS_SECONDS
from restival.auth.refusals import SignInRefused, TooBusy
from restival.auth.sessions import COOKIE
from restival.engine.errors import EngineUnavailable
from restival.i18n import current_locale, t
from restival.site.addresses import SIGN_IN
from restival.site.site import Site
from restival.site.theme import theme_css
from restival.web.sign_in.cookies import put_cookie
from restival.web.sign_in.invitation import InvitationRoutes
from restival.web.sign_in.oidc import TOKEN, OidcRoutes
from restival.web.sign_in.second_factor import PENDING, Pending, SecondStep
from restival.web.sign_in.session import address_of, begin_session, end_session

PAGE = Template((Path(__file__).parent / "sign_in.html").read_text(encoding="utf-8"))
LARGEST = 10_000
LONGEST_MAIL = 254
"""RFC 5321."""

MAIL_FIELDS = """
<label class="r-field"><span class="r-label">$mail_label</span><span class="r-box">
<input name="mail" type="email" autocomplete="username" required autofocus value="$mail"></span></label>
<label class="r-field"><span class="r-label">$password_label</span><span class="r-box">
<input name="password" type="password" autocomplete="current-password" required></span></label>
"""


class SignInRoutes:
    """The routes /sign-in and /sign-out."""

    def __init__(self, site: Callable[[], Site], auth: Auth, secret: bytes) -> None:
        self._site = site
        self._auth = auth
        self._second_step = SecondStep(auth, secret)
        self._oidc = OidcRoutes(
            site, auth, secret, lambda request, problem, status: self._page(request, problem, status=status)
        )

        self._invitation = InvitationRoutes(auth, secret, self._draw)

    def routes(self) -> list[Route]:
        """The form, what it sends, and the way out."""
        return [
            Route(SIGN_IN, self.show, methods=["GET"]),
            Route(SIGN_IN, self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            *self._oidc.routes(),
            *self._invitation.routes(),
        ]

    async def show(self, request: Request) -> Response:
        """The form."""
        return self._page(request) if self._auth.has_sessions else RedirectResponse(_next(request), 303)

    async def sign_in(self, request: Request) -> Response:
        """Check what was filled in, and begin a session."""
        if self._auth.by_oidc is not None:
            return await self._oidc.begin(request, _next(request))
        if self._auth.by_password is None:
            return RedirectResponse("/", 303)
        if int(request.headers.get("content-length") or LARGEST) >= LARGEST:
            return self._page(request, t("That is too large."), status=413)
        form = await request.form()
        given = {name: str(form.get(name, "")) for name in ("mail", "password", "code")}
        mail = given["mail"].strip().lower()[:LONGEST_MAIL]
        pending: Pending | None = None
        try:
            if given["code"]:
                pending = self._second_step.read(request)
                mail = pending.mail
                await self._second_step.take(pending, given["code"], self._source(request, mail))
            else:
                await self._auth.passwords.check(mail, given["password"], self._source(request, mail))
                if (pending := self._second_step.after_password(mail)) is not None:
                    return self._page(request, pending=pending)
            self._auth.attempts.succeeded(mail, self._source(request, mail))
        except TooBusy as refused:  # it isn't written down: those who flood the app would fill the disk
            answer = self._page(request, str(refused), mail=mail, pending=pending, status=429)
            answer.headers["retry-after"] = str(refused.seconds)
            return answer
        except SignInRefused as refused:
            self._auth.audit.write_stranger("sign-in refused", mail, why=type(refused).__name__)
            return self._page(request, str(refused), mail=mail, pending=pending, status=403)
        except EngineUnavailable:
            problem = t("The engine is starting. Try again in a moment.")
            return self._page(request, problem, mail=mail, pending=pending, status=503)
        self._auth.audit.write("signed in", mail)
        answer = RedirectResponse(_next(request), 303)
        await begin_session(request, answer, self._auth, mail, shown=True)
        known = self._auth.browsers.having(request.cookies.get(BROWSER, ""), mail)
        put_cookie(request, answer, BROWSER, known, LASTS_SECONDS, path=SIGN_IN)
        answer.delete_cookie(PENDING)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser, or with `everywhere` all of the person's."""
        session = self._auth.sessions.of(request)
        form = await request.form()
        if session is not None:
            everywhere = bool(form.get("everywhere"))
            await end_session(self._auth, session, everywhere=everywhere)
            self._auth.audit.write("signed out", session.mail, everywhere=everywhere)
        answer = RedirectResponse(await self._oidc.end(request, SIGN_IN) or SIGN_IN, 303)
        answer.delete_cookie(COOKIE)
        answer.delete_cookie(TOKEN, path="/sign-out")
        return answer

    def _source(self, request: Request, mail: str) -> Source:
        browser = self._auth.browsers.browser(request.cookies.get(BROWSER, ""), mail)
        return from_address(address_of(request)) if browser is None else from_browser(browser)

    def _page(
        self, request: Request, problem: str = "", *, mail: str = "", pending: Pending | None = None, status: int = 200
    ) -> Response:
        """The form; that for the code of somebody whose password was right."""
        words = {"mail_label": t("Email"), "password_label": t("Password"), "mail": mail}
        fields = Template(MAIL_FIELDS).substitute({name: escape(word) for name, word in words.items()})
        if request.method == "GET" and "chosen" in request.query_params:
            fields = f'<p role="status">{escape(t("Your password is set. Sign in with it."))}</p>{fields}'
        if pending is not None:
            fields = self._second_step.fields(pending)
        fields = "" if self._auth.by_oidc else fields
        address = f"{SIGN_IN}?next={quote(_next(request), safe='')}"
        answer = self._draw(fields, address, t("Sign in"), problem, status)
        if pending is not None and not problem:
            self._second_step.remember(request, answer, pending)
        return answer

    def _draw(self, fields: str, action: str, button: str, problem: str, status: int) -> Response:
        settings = self._site().settings
        label = escape(button)
        body = PAGE.substitute(
            language=current_locale().language,
            sign_in=escape(t("Sign in")),
            button=f'<button class="r-button r-primary" type="submit">{label}</button>' if button else "",
            title=escape(settings.title),
            theme=theme_css(settings.theme),
            logo=f'<img class="r-logo" src="{self._site().logo_address}" alt="">' if self._site().logo else "",
            dark=settings.theme.dark,
            action=escape(action),
            fields=fields,
            problem=f'<p class="r-error" role="alert">{escape(problem)}</p>' if problem else "",
        )
        return HTMLResponse(body, status, {"cache-control": "no-store"})


def _next(request: Request) -> str:
    """Where the person wanted to go: a path of this app and nothing else."""
    wanted = request.query_params.get("next", "/")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\", SIGN_IN))
    return wanted if local and wanted.isprintable() else "/"

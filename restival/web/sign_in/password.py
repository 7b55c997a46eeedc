"""The page to sign in with email and password."""

from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.refusals import SignInRefused, TooBusy
from restival.engine.errors import EngineUnavailable
from restival.i18n import t
from restival.web.sign_in.invitation import InvitationRoutes
from restival.web.sign_in.page import LONGEST_MAIL, ModePage, PageParts, is_too_large, mail_field, next_of
from restival.web.sign_in.second_factor import PENDING, Pending, SecondStep
from restival.web.sign_in.session import begin_session, remember_browser, source_of

PASSWORD_FIELD = Template(
    """
<label class="r-field"><span class="r-label">$label</span><span class="r-box">
<input name="password" type="password" autocomplete="current-password" required></span></label>
"""
)


class PasswordPage(ModePage):
    """Asks for email and password, then for a code of the authenticator app if the person has one."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(parts)
        self._second_step = SecondStep(parts.auth, parts.secret)
        self._invitation = InvitationRoutes(parts.auth, parts.secret, self.draw)

    def routes(self) -> list[Route]:
        """Returns those of invitations."""
        return self._invitation.routes()

    async def submit(self, request: Request) -> Response:
        """Checks what was filled in, and begins a session."""
        if is_too_large(request):
            return self.page(request, t("The request is too large."), 413)
        form = await request.form()
        given = {name: str(form.get(name, "")) for name in ("mail", "password", "code")}
        mail = given["mail"].strip().lower()[:LONGEST_MAIL]
        pending: Pending | None = None
        try:
            if given["code"]:
                pending = self._second_step.read(request)
                mail = pending.mail
                await self._second_step.take(pending, given["code"], source_of(request, self.auth, mail))
            else:
                await self.auth.passwords.check(mail, given["password"], source_of(request, self.auth, mail))
                if (pending := self._second_step.after_password(mail)) is not None:
                    return self._filled(request, pending=pending)
            self.auth.attempts.succeeded(mail, source_of(request, self.auth, mail))
        except TooBusy as refused:  # it isn't written down: those who flood the app would fill the disk
            answer = self._filled(request, str(refused), 429, mail=mail, pending=pending)
            answer.headers["retry-after"] = str(refused.seconds)
            return answer
        except SignInRefused as refused:
            self.auth.audit.write_stranger("sign-in refused", mail, why=type(refused).__name__)
            return self._filled(request, str(refused), 403, mail=mail, pending=pending)
        except EngineUnavailable:
            problem = t("Restate is starting. Try again in a moment.")
            return self._filled(request, problem, 503, mail=mail, pending=pending)
        self.auth.audit.write("signed in", mail)
        answer = RedirectResponse(next_of(request), 303)
        await begin_session(request, answer, self.auth, mail, shown=True)
        remember_browser(request, answer, self.auth, mail)
        answer.delete_cookie(PENDING)
        return answer

    def page(self, request: Request, problem: str = "", status: int = 200) -> Response:
        """Returns the form for email and password."""
        return self._filled(request, problem, status)

    def _filled(
        self, request: Request, problem: str = "", status: int = 200, *, mail: str = "", pending: Pending | None = None
    ) -> Response:
        """The form with what was filled in; that for the code of somebody whose password was right."""
        if pending is not None:
            answer = self.draw_form(request, self._second_step.fields(pending), problem, status)
            if not problem:
                self._second_step.remember(request, answer, pending)
            return answer
        fields = mail_field(mail) + PASSWORD_FIELD.substitute(label=escape(t("Password")))
        if request.method == "GET" and "chosen" in request.query_params:
            fields = f'<p role="status">{escape(t("Your password is set. Sign in with it."))}</p>{fields}'
        return self.draw_form(request, fields, problem, status)

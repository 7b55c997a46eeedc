"""The page on which somebody who was invited chooses a password. It is plain HTML, as that to sign in."""

from collections.abc import Callable
from functools import partial
from html import escape
from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from restival.auth.auth import Auth
from restival.auth.invitations import PATH, Invitations
from restival.auth.passwords import SHORTEST
from restival.auth.refusals import BadPassword, SignInRefused, TooBusy
from restival.engine.errors import EngineUnavailable
from restival.i18n import t

FIELDS = Template(
    """
<p>$welcome</p>
<label class="r-field"><span class="r-label">$wanted</span><span class="r-box">
<input name="wanted" type="password" autocomplete="new-password" required autofocus minlength="$shortest"
 aria-describedby="about-password"></span></label>
<p class="r-hint" id="about-password">$about</p>
<label class="r-field"><span class="r-label">$again</span><span class="r-box">
<input name="again" type="password" autocomplete="new-password" required></span></label>
"""
)
LARGEST = 10_000

Draw = Callable[[str, str, str, str, int], Response]
"""The page with these fields, where they are sent to, the button's label, what is wrong, and the status."""


class InvitationRoutes:
    """The route /sign-in/invitation."""

    def __init__(self, auth: Auth, secret: bytes, draw: Draw) -> None:
        self._auth = auth
        self._invitations = Invitations(secret)
        self._draw = draw

    def routes(self) -> list[Route]:
        """The form, and what it sends."""
        return [Route(PATH, self.show, methods=["GET"]), Route(PATH, self.choose, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        """The form."""
        return self._page(request)

    async def choose(self, request: Request) -> Response:
        """Take the password, and lead on to signing in with it."""
        if int(request.headers.get("content-length") or LARGEST) >= LARGEST:
            return self._page(request, t("The request is too large."), 413)
        form = await request.form()
        if form.get("wanted") != form.get("again"):
            return self._page(request, t("Passwords don't match."), 422)
        try:
            invited = partial(self._invitations.mail, request.query_params.get("token", ""), self._auth.passwords)
            mail = invited()
            await self._auth.passwords.choose(mail, str(form.get("wanted", "")), invited)
        except BadPassword as refused:
            return self._page(request, str(refused), 422)
        except TooBusy as refused:
            answer = self._page(request, str(refused), 429)
            answer.headers["retry-after"] = str(refused.seconds)
            return answer
        except SignInRefused:
            return self._page(request)
        except EngineUnavailable:
            return self._page(request, t("Restate is starting. Try again in a moment."), 503)
        self._auth.audit.write("invitation taken", mail)
        return RedirectResponse("/sign-in?chosen=yes", 303)

    def _page(self, request: Request, problem: str = "", status: int = 200) -> Response:
        if not self._auth.mode.has_password:
            return RedirectResponse("/", 303)
        token = request.query_params.get("token", "")
        try:
            mail = self._invitations.mail(token, self._auth.passwords)
        except SignInRefused as refused:
            return self._draw("", "", "", str(refused), 403)
        words = {
            "welcome": t("Choose a password for {mail}.", mail=mail),
            "wanted": t("New password"),
            "about": t("At least {count} characters.", count=SHORTEST),
            "again": t("Confirm new password"),
        }
        fields = FIELDS.substitute({name: escape(word) for name, word in words.items()}, shortest=SHORTEST)
        return self._draw(fields, f"{PATH}?token={quote(token, safe='')}", t("Set password"), problem, status)

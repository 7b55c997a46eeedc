"""What comes after the password: a code of the authenticator app, which is set up first if it is needed and missing."""

from html import escape
from string import Template

from itsdangerous import BadSignature
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from restival.auth.attempts import Source
from restival.auth.auth import Auth
from restival.auth.refusals import SignInRefused
from restival.auth.signing import timed_signer
from restival.i18n import t
from restival.web.sign_in.cookies import put_cookie

PENDING = "restival_pending"
"""The cookie of somebody whose password was right and whose code isn't there yet."""
PENDING_SECONDS = 300
CODE = Template(
    """
<label class="r-field"><span class="r-label">$label</span><span class="r-box">
<input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" required autofocus
 aria-describedby="about-code"></span></label>
<p class="r-hint" id="about-code">$about</p>
"""
)
NEW = Template(
    """
<p>$needed</p>
<p>$how</p>
<div class="r-qr" role="img" aria-label="$picture_name">$picture</div>
<code class="r-value">$secret</code>
"""
)


class Pending(BaseModel):
    """Somebody whose password was right."""

    mail: str
    standing: str
    """By which password: another one, and it counts no longer."""
    new: str = ""
    """The secret, encrypted, of an app that is being set up."""


class SecondStep:
    """Asks for a code, and takes it."""

    def __init__(self, auth: Auth, secret: bytes) -> None:
        self._auth = auth
        self._signer = timed_signer(secret, "restival pending")

    def after_password(self, mail: str) -> Pending | None:
        """What to ask for next of somebody whose password was right; None if that was all."""
        factors, standing = self._auth.factors, self._auth.mode.standing(mail)
        if factors.of(mail) is not None:
            return Pending(mail=mail, standing=standing)
        return Pending(mail=mail, standing=standing, new=factors.new()) if factors.needed(mail) else None

    def read(self, request: Request) -> Pending:
        """Who has given the password in this browser. Raises SignInRefused if that was too long ago."""
        try:
            known = self._signer.loads(request.cookies.get(PENDING, ""), max_age=PENDING_SECONDS)
            pending = Pending.model_validate(known)
        except (BadSignature, ValidationError):
            raise SignInRefused(t("The sign-in timed out. Start again.")) from None
        set_up_elsewhere = bool(pending.new) and self._auth.factors.of(pending.mail) is not None
        if pending.standing != self._auth.mode.standing(pending.mail) or set_up_elsewhere:
            raise SignInRefused(t("The sign-in timed out. Start again."))
        return pending

    async def take(self, pending: Pending, code: str, source: Source) -> None:
        """Check the code, and with a new app keep that. Raises WrongCode, Locked, EngineUnavailable."""
        if pending.new:
            await self._auth.factors.take(pending.mail, pending.new, code)
            self._auth.audit.write("second factor added", pending.mail)
            await self._auth.sessions.end_all(pending.mail)  # those without it
        else:
            await self._auth.factors.check(pending.mail, code, source)

    def remember(self, request: Request, answer: Response, pending: Pending) -> None:
        """Have the browser store it until the code is there."""
        put_cookie(request, answer, PENDING, self._signer.dumps(pending.model_dump()), PENDING_SECONDS)

    def fields(self, pending: Pending) -> str:
        """What to fill in, as HTML."""
        about = t("The current six-digit code from your authenticator app.")
        code = CODE.substitute(label=escape(t("Code")), about=escape(about))
        if not pending.new:
            return code
        factors = self._auth.factors
        words = {
            "needed": t("You need an authenticator app to sign in here."),
            "how": t("Scan the QR code with your authenticator app, or enter the key."),
            "picture_name": t("QR code"),
            "secret": factors.in_clear(pending.new),
        }
        shown = {name: escape(word) for name, word in words.items()}
        return NEW.substitute(shown, picture=factors.picture(pending.new, pending.mail)) + code

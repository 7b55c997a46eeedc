"""Invitations: links by which somebody chooses a password for the first time, or anew."""

from itsdangerous import BadSignature

from restival.auth.passwords import Passwords
from restival.auth.refusals import SignInRefused
from restival.auth.signing import fingerprint, timed_signer
from restival.i18n import t

LASTS_SECONDS = 7 * 24 * 3600
"""How long a link can be used."""
PATH = "/sign-in/invitation"


class Invitations:
    """Makes and reads what such a link says. It holds for one choice: once there is another password, no longer."""

    def __init__(self, secret: bytes) -> None:
        self._signer = timed_signer(secret, "restival invitation")

    def make(self, mail: str, password_hash: str) -> str:
        """A link's token for somebody whose password in the settings has that hash."""
        return self._signer.dumps([mail, fingerprint(password_hash)])

    def mail(self, token: str, passwords: Passwords) -> str:
        """Whom a token is for. Raises SignInRefused for one that is too old, used or not ours."""
        try:
            mail, known = self._signer.loads(token, max_age=LASTS_SECONDS)
        except (BadSignature, ValueError):
            mail, known = "", ""
        present = passwords.hash_of(mail)
        if present is None or fingerprint(present) != known:
            raise SignInRefused(t("This invitation has expired or was already used. Ask for a new invitation."))
        return str(mail)

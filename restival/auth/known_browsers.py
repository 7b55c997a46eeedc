"""Browsers that somebody has signed in with before: what strangers fail at doesn't shut them out."""

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature
from pydantic import BaseModel, ValidationError

from restival.auth.signing import signer

COOKIE = "restival_browser"
LASTS_SECONDS = 365 * 24 * 3600
MOST_PEOPLE = 10
"""So many people who share a browser are remembered."""


class KnownBrowser(BaseModel):
    """What such a browser stores, signed: marks of the people, which don't tell their mails."""

    id: str
    people: list[str] = []


class KnownBrowsers:
    """Makes and reads the cookies."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._signer = signer(secret, "restival browser")

    def browser(self, cookie: str, mail: str) -> str | None:
        """The id of the browser that sends a cookie, if somebody has signed in there by that mail before."""
        known = self._read(cookie)
        return known.id if known is not None and self._mark(mail) in known.people else None

    def having(self, cookie: str, mail: str) -> str:
        """The cookie of a browser that somebody has just signed in with."""
        known = self._read(cookie) or KnownBrowser(id=secrets.token_urlsafe(9))
        mark = self._mark(mail)
        people = [mark, *(each for each in known.people if each != mark)][:MOST_PEOPLE]
        return self._signer.dumps(KnownBrowser(id=known.id, people=people).model_dump())

    def _read(self, cookie: str) -> KnownBrowser | None:
        try:
            return KnownBrowser.model_validate(self._signer.loads(cookie))
        except (BadSignature, ValidationError):
            return None

    def _mark(self, mail: str) -> str:
        return hmac.new(self._secret, b"known browser " + mail.encode(), hashlib.sha256).hexdigest()[:20]

"""The second factor: codes of an authenticator app that change every 30 seconds (TOTP, RFC 6238)."""

import base64
import hashlib
from datetime import UTC, datetime

import pyotp
import segno
from cryptography.fernet import Fernet

BEFORE = 1
"""The code of so many steps before counts too, as it takes a moment to type one (RFC 6238, 5.2); none of later ones."""


class SecondFactor:
    """Makes and checks secrets of authenticator apps; what it gives to be kept is encrypted by the app's secret."""

    def __init__(self, secret: bytes) -> None:
        key = hashlib.blake2b(secret, digest_size=32, person=b"second factors").digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def new(self) -> str:
        """A new secret, as it is kept."""
        return self._fernet.encrypt(pyotp.random_base32().encode()).decode()

    def in_clear(self, kept: str) -> str:
        """The secret as a person can type it into an app that can't read the picture."""
        return self._fernet.decrypt(kept.encode()).decode()

    def picture(self, kept: str, mail: str, issuer: str) -> str:
        """The QR code, as SVG, that an authenticator app reads the secret from."""
        address = pyotp.TOTP(self.in_clear(kept)).provisioning_uri(name=mail, issuer_name=issuer)
        return str(segno.make(address, error="m").svg_inline(scale=4, dark="#000", light="#fff"))

    def check(self, kept: str, code: str, after: int = 0) -> int | None:
        """The step (of 30 seconds since 1970) that a code is of, if it is valid and later than step `after`."""
        totp = pyotp.TOTP(self.in_clear(kept))
        now = int(datetime.now(UTC).timestamp()) // totp.interval
        for step in range(now - BEFORE, now + 1):
            if step > after and totp.verify(code.strip().replace(" ", ""), for_time=step * totp.interval):
                return step
        return None

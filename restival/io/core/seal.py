"""Tells what this app has checked from what was sent past it."""

import hashlib
import hmac

SEAL_BYTES = 64


def seal(body: bytes, secret: bytes, awakeable: str) -> bytes:
    """A JSON object with a seal in front, which says that this app has checked it for this awakeable."""
    return _seal(secret, awakeable, body) + body


def unseal(data: bytes, secret: bytes, awakeable: str) -> tuple[bytes, bool]:
    """The JSON object that was sent, and whether the seal of the app with this secret is on it."""
    seal, body = (b"", data) if data.startswith(b"{") else (data[:SEAL_BYTES], data[SEAL_BYTES:])
    return body, hmac.compare_digest(seal, _seal(secret, awakeable, body))


def _seal(secret: bytes, awakeable: str, body: bytes) -> bytes:
    """A MAC: BLAKE2 with a key (RFC 7693)."""
    mac = hashlib.blake2b(awakeable.encode(), key=secret, digest_size=SEAL_BYTES // 2)
    mac.update(body)
    return mac.hexdigest().encode()

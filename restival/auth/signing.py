"""How what browsers store is signed."""

import hashlib

from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

BY = {"digest_method": hashlib.sha256}
"""HMAC with SHA-256; the library's default is SHA-1."""


def signer(secret: bytes, purpose: str) -> URLSafeSerializer:
    """Signs what holds until it says otherwise itself. What is signed for one purpose holds for no other."""
    return URLSafeSerializer(secret, salt=purpose, signer_kwargs=BY)


def timed_signer(secret: bytes, purpose: str) -> URLSafeTimedSerializer:
    """Signs with the time, so that it can be too old."""
    return URLSafeTimedSerializer(secret, salt=purpose, signer_kwargs=BY)


def fingerprint(value: str) -> str:
    """By which a long random value, such as a password's hash, is known again without telling it."""
    return hashlib.sha256(value.encode()).hexdigest()[:32]

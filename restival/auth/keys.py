"""Keys by which programs call the API: how they are made, known and written into restival.yaml."""

import hashlib
import secrets
from datetime import date
from pathlib import Path

from starlette.requests import HTTPConnection

from restival.settings.people_editor import write_key

PREFIX = "restival_key_"
"""By which keys are told from what else may stand in that header, and found where they don't belong."""
PATH = "/api/"


def key_hash(key: str) -> str:
    """What is kept of a key. A key is long and random, so a fast hash gives nothing away."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def key_of(connection: HTTPConnection) -> str | None:
    """The key that a call of the API shows, None where it shows none. Pages take no keys."""
    scheme, _, told = connection.headers.get("authorization", "").partition(" ")
    ours = scheme.lower() == "bearer" and told.strip().startswith(PREFIX)
    return told.strip() if ours and connection.scope["path"].startswith(PATH) else None


def add_key(file: Path, name: str, roles: list[str], expires: date | None) -> str:
    """Make a key and write its hash; the key itself is told only now. Raises KeyExists."""
    made = PREFIX + secrets.token_urlsafe(32)
    write_key(file, name, roles, key_hash(made), expires)
    return made

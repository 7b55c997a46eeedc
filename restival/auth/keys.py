"""Keys by which programs call the API: how they are made, known and written into restival.yaml."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from starlette.requests import HTTPConnection

from restival.errors import RestivalError
from restival.settings.file_editor import SettingsFile
from restival.settings.keys import Key

PREFIX = "restival_key_"
"""By which keys are told from what else may stand in that header, and found where they don't belong."""
PATH = "/api/"


class NoSuchKey(RestivalError):
    """No key in the settings has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"keys: there is none called {name}.")


class KeyExists(RestivalError):
    """A key in the settings has that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"keys: {name} is there already; remove it first with `restival key remove {name}`.")


def key_hash(key: str) -> str:
    """What is kept of a key. A key is long and random, so a fast hash gives nothing away."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def key_of(connection: HTTPConnection) -> str | None:
    """The key that a call of the API shows, None where it shows none. Pages take no keys."""
    scheme, _, told = connection.headers.get("authorization", "").partition(" ")
    ours = scheme.lower() == "bearer" and told.strip().startswith(PREFIX)
    return told.strip() if ours and connection.scope["path"].startswith(PATH) else None


def add_key(file: Path, name: str, roles: Sequence[str], expires: date | None) -> str:
    """Make a key and write its hash; the key itself is told only now. Raises KeyExists."""
    made = PREFIX + secrets.token_urlsafe(32)
    try:
        Key(name=name, roles=list(roles), hash=key_hash(made), expires=expires)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        raise RestivalError("\n".join(f"{each['loc'][0]}: {each['msg']}" for each in wrong)) from None
    settings = SettingsFile(file)
    keys = settings.content.setdefault("keys", CommentedSeq())
    if any(each.get("name") == name for each in keys):
        raise KeyExists(name)
    entry = CommentedMap({"name": name, "roles": CommentedSeq(roles), "hash": key_hash(made)})
    entry["roles"].fa.set_flow_style()
    if expires is not None:
        entry["expires"] = expires
    keys.append(entry)
    settings.write()
    return made


def remove_key(file: Path, name: str) -> None:
    """Take a key out. Raises NoSuchKey."""
    settings = SettingsFile(file)
    keys = settings.content.get("keys", [])
    found = next((each for each in keys if each.get("name") == name), None)
    if found is None:
        raise NoSuchKey(name)
    keys.remove(found)
    if not keys:
        del settings.content["keys"]
    settings.write()

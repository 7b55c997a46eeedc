"""Who somebody is: by proxy header, by session, or not at all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer
from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.account import Accounts
from restival.auth.attempts import from_address
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.passwords import hashed
from restival.auth.refusals import BadPassword, Locked, WrongPassword
from restival.auth.sessions import COOKIE
from restival.auth.signing import signer
from restival.io.core.call import InvalidAnswer
from restival.settings import Settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names

SECRET = b"a secret of thirty-two characters"
PASSWORD = "correct horse battery"
ADA = {"mail": "Ada@Example.com", "name": "Ada", "roles": ["support"], "password": hashed(PASSWORD)}


HERE = from_address("192.0.2.1")


class Memory:
    """Keeps accounts for a test."""

    async def all(self) -> dict[str, dict[str, Any]]:
        return {}

    async def put(self, mail: str, document: dict[str, Any]) -> None:
        pass


def auth_with(tmp_path: Path, **settings: object) -> Auth:
    site = Site(Settings.model_validate({"people": [ADA], **settings}), load_project(tmp_path, forget=release_names))
    return Auth(lambda: site, Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)


def connection(client: str = "127.0.0.1", cookie: str = "", **headers: str) -> HTTPConnection:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    given += [(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie else []
    return HTTPConnection({"type": "http", "headers": given, "client": (client, 1), "path": "/"})


HEADER = {"mode": "header", "trusted": ["10.0.0.0/8", "127.0.0.1"]}


@pytest.mark.parametrize(
    ("client", "headers", "name"),
    [
        ("10.1.2.3", {"x_forwarded_email": "ADA@example.com"}, "Ada"),
        ("127.0.0.1", {"x_forwarded_email": "ada@example.com"}, "Ada"),
        ("11.1.2.3", {"x_forwarded_email": "ada@example.com"}, ""),
        ("10.1.2.3", {"x_forwarded_email": "eve@example.com"}, ""),
        ("10.1.2.3", {}, ""),
        ("nonsense", {"x_forwarded_email": "ada@example.com"}, ""),
    ],
)
def test_a_header_is_believed_from_the_proxy_only(
    client: str, headers: dict[str, str], name: str, tmp_path: Path
) -> None:
    assert auth_with(tmp_path, sign_in=HEADER).person(connection(client, **headers)).name == name


def test_a_header_that_is_there_twice_is_not_believed(tmp_path: Path) -> None:
    header = (b"x-forwarded-email", b"ada@example.com")
    twice = HTTPConnection({"type": "http", "headers": [header, header], "client": ("10.1.2.3", 1), "path": "/"})
    assert auth_with(tmp_path, sign_in=HEADER).person(twice) == NOBODY


def test_without_sign_in_everybody_is_the_developer(tmp_path: Path) -> None:
    assert auth_with(tmp_path).person(connection()).developer


def test_sessions_hold_until_they_are_over_signed_out_or_tampered_with(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "session": "1h"})
    _, cookie = auth.sessions.begin("ada@example.com")
    assert auth.person(connection(cookie=cookie)).roles == ("support",)
    assert auth.person(connection(cookie=cookie[:-2])) == NOBODY
    assert auth.person(connection(cookie=cookie.swapcase())) == NOBODY
    assert auth.person(connection()) == NOBODY
    known = signer(SECRET, "restival session")
    now = datetime.now(UTC)
    told = known.loads(cookie)
    assert auth.person(connection(cookie=known.dumps(told))).roles == ("support",)
    for change in (
        {"at": (now - timedelta(hours=2)).isoformat()},  # the settings allow an hour
        {"until": (now - timedelta(seconds=1)).isoformat()},
        {"mail": "gone@example.com"},
        {"standing": ""},
    ):
        assert auth.person(connection(cookie=known.dumps(told | change))) == NOBODY, change
    assert auth.person(connection(cookie=signer(b"another secret", "restival session").dumps(told))) == NOBODY
    assert auth.person(connection(cookie=signer(SECRET, "restival pending").dumps(told))) == NOBODY
    by_sha1 = URLSafeSerializer(SECRET, salt="restival session")
    assert auth.person(connection(cookie=by_sha1.dumps(told))) == NOBODY


async def test_signing_out_everywhere_ends_sessions_of_before(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password"})
    _, cookie = auth.sessions.begin("ada@example.com")
    ada = auth.person(connection(cookie=cookie))
    await auth.own.sign_out_everywhere(ada)
    assert auth.person(connection(cookie=cookie)) == NOBODY
    _, later = auth.sessions.begin("ada@example.com")
    assert auth.person(connection(cookie=later)).name == "Ada"


async def test_passwords_lock_after_failures_and_a_reset_counts_over_a_choice(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 2})
    await auth.passwords.check("ADA@example.com ", PASSWORD, HERE)
    for mail in ("ada@example.com", "nobody@example.com"):
        for _ in range(2):
            with pytest.raises(WrongPassword):
                await auth.passwords.check(mail, "wrong", HERE)
        with pytest.raises(Locked):
            await auth.passwords.check(mail, PASSWORD, HERE)
    with pytest.raises(BadPassword):
        await auth.passwords.choose("ada@example.com", "short")
    await auth.accounts.change("ada@example.com", tried={})
    await auth.passwords.choose("ada@example.com", "another long password")
    await auth.passwords.check("ada@example.com", "another long password", HERE)
    with pytest.raises(WrongPassword):
        await auth.passwords.check("ada@example.com", PASSWORD, HERE)
    reset = auth_with(tmp_path, sign_in={"mode": "password"}, people=[{**ADA, "password": hashed("given by admin")}])
    reset.accounts = reset.passwords._accounts = auth.accounts
    await reset.accounts.change("ada@example.com", tried={})
    await reset.passwords.check("ada@example.com", "given by admin", HERE)


async def test_identity_needs_the_password_only_where_there_is_one(tmp_path: Path) -> None:
    nobody_signs_in = auth_with(tmp_path)
    person = Person(name="Dev", developer=True)
    assert await nobody_signs_in.confirm_identity(person, {}, timedelta(0), "x/1") is True
    assert await nobody_signs_in.confirm_identity(person, False, timedelta(0), "x/1") is False
    auth = auth_with(tmp_path, sign_in={"mode": "password"})
    session, cookie = auth.sessions.begin("ada@example.com")
    auth.confirmations.confirm(session.id)
    ada = auth.person(connection(cookie=cookie))
    assert ada.session == session.id
    assert session.id not in ada.model_dump_json()
    assert await auth.confirm_identity(ada, {}, timedelta(minutes=5), "x/1") is True  # signed in a moment ago
    for proof in ({}, {"password": ""}, {"password": "wrong"}):
        with pytest.raises(InvalidAnswer):
            await auth.confirm_identity(ada, proof, timedelta(0), "x/1")
    assert await auth.confirm_identity(ada, {"password": PASSWORD}, timedelta(0), "x/1") is True

"""How attempts to sign in are counted: before they are checked, and by where they come from."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from restival.access.person import Person
from restival.auth.account import Account, Accounts, Tried
from restival.auth.attempts import ANYWHERE, ANYWHERE_TIMES, Source, from_address, from_browser, in_session
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.invitations import Invitations
from restival.auth.passwords import hashed
from restival.auth.refusals import Locked, SignInRefused, WrongPassword
from restival.io.core.call import InvalidAnswer
from restival.settings import Settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import ADA as PERSON
from tests.auth.test_identity import PASSWORD, SECRET, Memory, auth_with, connection

ADA = "ada@example.com"
HERE = from_address("192.0.2.1")


async def tried(auth: Auth, mail: str, password: str, source: Source = HERE) -> str:
    try:
        await auth.passwords.check(mail, password, source)
    except SignInRefused as refused:
        return type(refused).__name__
    return "in"


@pytest.mark.parametrize("mail", [ADA, "nobody@example.com"])
async def test_attempts_at_once_are_counted_before_they_are_checked(tmp_path: Path, mail: str) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 5})
    guesses = [*("wrong" for _ in range(39)), PASSWORD]
    outcomes = await asyncio.gather(*(tried(auth, mail, guess) for guess in guesses))
    assert outcomes.count("WrongPassword") == 5
    assert "in" not in outcomes
    assert await tried(auth, mail, PASSWORD, from_address("192.0.2.2")) == ("in" if mail == ADA else "WrongPassword")


async def test_what_succeeds_is_given_back(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 2})
    for _ in range(5):
        assert await tried(auth, ADA, PASSWORD) == "in"
    assert [await tried(auth, ADA, "wrong") for _ in range(3)] == ["WrongPassword", "WrongPassword", "Locked"]


async def test_a_stranger_shuts_out_nobody_elsewhere(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 2})
    for _ in range(2):
        await tried(auth, ADA, "wrong", from_address("198.51.100.7"))
    assert await tried(auth, ADA, PASSWORD, from_address("198.51.100.7")) == "Locked"
    assert await tried(auth, ADA, PASSWORD) == "in"


async def test_strangers_of_many_addresses_have_a_count_together(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 1})
    for number in range(ANYWHERE_TIMES):
        assert await tried(auth, ADA, "wrong", from_address(f"198.51.100.{number}")) == "WrongPassword"
    assert await tried(auth, ADA, PASSWORD) == "Locked"
    assert await tried(auth, ADA, PASSWORD, from_browser("hers")) == "in"
    assert await tried(auth, ADA, PASSWORD, in_session("hers")) == "in"
    await auth.others.unlock(ADA, by=Person(name="Cy", email="cy@example.com"))
    assert await tried(auth, ADA, PASSWORD) == "in"


def test_addresses_of_one_ipv6_network_are_one_place() -> None:
    assert from_address("2001:db8:1:2::5") == from_address("2001:db8:1:2:ffff::1") != from_address("2001:db8:1:3::5")
    assert from_address("::ffff:192.0.2.1") == HERE != from_address("::ffff:192.0.2.2")
    assert from_address("") == from_address("") != HERE


async def test_failures_at_the_door_leave_sessions_alone_and_these_have_a_count(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 2})
    for number in range(2 * ANYWHERE_TIMES):
        await tried(auth, ADA, "wrong", from_address(f"198.51.100.{number // 2}"))
    _, cookie = auth.sessions.begin(ADA)
    ada = auth.person(connection(cookie=cookie))
    assert await auth.confirm_identity(ada, {"password": PASSWORD}, timedelta(0), "x/1") is True
    for _ in range(2):
        with pytest.raises(InvalidAnswer, match="Incorrect password"):
            await auth.confirm_identity(ada, {"password": "wrong"}, timedelta(0), "x/1")
    with pytest.raises(InvalidAnswer, match="Too many failed attempts"):
        await auth.confirm_identity(ada, {"password": PASSWORD}, timedelta(0), "x/1")
    with pytest.raises(Locked):
        await auth.own.change_password(ada, PASSWORD, "another long password")


async def test_a_pause_ends_and_what_is_old_is_dropped(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password", "attempts": 1, "lock": "1s"})
    assert [await tried(auth, ADA, "wrong") for _ in range(2)] == ["WrongPassword", "Locked"]
    await asyncio.sleep(1.1)
    assert await tried(auth, ADA, PASSWORD) == "in"
    auth.attempts.succeeded(ADA, HERE)
    assert auth.accounts.of(ADA).tried == {}


async def test_what_the_account_had_before_is_read() -> None:
    before = '{"password": "x", "failures": 3, "locked_until": "2026-11-29T08:00:00Z", "favourites": ["shop"]}'
    account = Account.model_validate_json(before)
    assert (account.password, account.tried, account.favourites) == ("x", {}, ["shop"])


class Slow:
    """A store that writes the first account last."""

    def __init__(self) -> None:
        self.kept: list[int] = []

    async def all(self) -> dict[str, dict[str, Any]]:
        return {}

    async def put(self, mail: str, account: dict[str, Any]) -> None:
        await asyncio.sleep(0.02 if not self.kept else 0)
        self.kept.append(account["tried"][ANYWHERE]["failures"])


async def test_the_newest_state_of_an_account_is_stored_last() -> None:
    store = Slow()
    accounts = Accounts(store)
    now = datetime.now(UTC)
    await asyncio.gather(*(accounts.change(ADA, tried={ANYWHERE: Tried(failures=n, at=now)}) for n in range(1, 4)))
    assert store.kept[-1] == 3


async def test_a_wrong_password_raises(tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        await auth_with(tmp_path, sign_in={"mode": "password"}).passwords.check(ADA, "wrong", HERE)


async def test_what_was_tried_before_somebody_was_added_is_forgotten(tmp_path: Path) -> None:
    site = Site(
        Settings.model_validate({"sign_in": {"mode": "password", "attempts": 1}}),
        load_project(tmp_path, forget=release_names),
    )
    sites = [site]
    auth = Auth(lambda: sites[-1], Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    assert [await tried(auth, ADA, PASSWORD) for _ in range(2)] == ["WrongPassword", "Locked"]
    added = {"people": [PERSON], "sign_in": {"mode": "password", "attempts": 1}}
    sites.append(replace(site, settings=Settings.model_validate(added)))
    assert await tried(auth, ADA, PASSWORD) == "in"


async def test_a_password_that_was_replaced_while_it_was_checked_opens_nothing(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password"})
    await tried(auth, ADA, PASSWORD)
    under_way = asyncio.create_task(tried(auth, ADA, PASSWORD))
    await asyncio.sleep(0)
    await auth.accounts.change(ADA, password=hashed("another long password"), replaces=auth.passwords._given(ADA))
    assert await under_way == "WrongPassword"


async def test_an_invitation_is_taken_once_also_when_two_take_it_at_once(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={"mode": "password"})
    invitations = Invitations(SECRET)
    token = invitations.make(ADA, str(auth.passwords.hash_of(ADA)))
    invited = partial(invitations.mail, token, auth.passwords)
    choices = [auth.passwords.choose(ADA, f"{word} long password", invited) for word in ("another", "one more")]
    outcomes = await asyncio.gather(*choices, return_exceptions=True)
    assert [type(each) for each in outcomes] == [type(None), SignInRefused]
    assert await tried(auth, ADA, "another long password") == "in"

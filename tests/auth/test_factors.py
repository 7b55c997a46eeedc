"""Second factors: who needs one, who has one, and codes that count once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from typer.testing import CliRunner

from restival.access.person import Person
from restival.auth.account import Account, Accounts
from restival.auth.attempts import from_address
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.refusals import SecondFactorNeeded, WrongCode, WrongPassword
from restival.cli.main import app
from restival.settings import Settings, SettingsError, load_settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import ADA, PASSWORD, SECRET, auth_with, connection
from tests.auth.test_sessions import Memory

MAIL = "ada@example.com"
HERE = from_address("192.0.2.1")
OPTIONAL = {"mode": "password"}


def signed_in(auth: Auth) -> Person:
    _, cookie = auth.sessions.begin(MAIL)
    return auth.person(connection(cookie=cookie))


def code(auth: Auth, kept: str, steps: int = 0) -> str:
    return pyotp.TOTP(auth.factors.in_clear(kept)).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


async def with_factor(auth: Auth) -> str:
    kept = auth.factors.new()
    await auth.factors.take(MAIL, kept, code(auth, kept, -1))
    return kept


async def test_it_is_added_only_with_the_password_and_ends_other_sessions(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=OPTIONAL)
    kept = auth.factors.new()
    _, other = auth.sessions.begin(MAIL)
    ada = signed_in(auth)
    with pytest.raises(WrongPassword):
        await auth.own.take_second_factor(ada, kept, "wrong", code(auth, kept))
    with pytest.raises(WrongCode):
        await auth.own.take_second_factor(ada, kept, PASSWORD, "000000")
    assert auth.factors.of(MAIL) is None
    await auth.own.take_second_factor(ada, kept, PASSWORD, code(auth, kept))
    assert auth.factors.of(MAIL) == kept
    assert not auth.person(connection(cookie=other)).known


async def test_a_code_counts_once_from_the_enrolment_on_and_over_restarts(tmp_path: Path) -> None:
    store = Memory()
    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": OPTIONAL}), load_project(tmp_path, forget=release_names)
    )

    async def started() -> Auth:
        auth = Auth(lambda: site, Accounts(store), Audit(tmp_path / "audit.jsonl", 1), SECRET)
        await auth.accounts.load()
        return auth

    auth = await started()
    kept = await with_factor(auth)
    before, now = code(auth, kept, -1), code(auth, kept)
    with pytest.raises(WrongCode):
        await auth.factors.check(MAIL, before, HERE)
    await auth.factors.check(MAIL, now, HERE)
    with pytest.raises(WrongCode):
        await (await started()).factors.check(MAIL, now, HERE)


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, False)])
async def test_only_the_code_of_now_and_the_one_before_count(tmp_path: Path, steps: int, counts: bool) -> None:
    auth = auth_with(tmp_path, sign_in=OPTIONAL)
    kept = auth.factors.new()
    if counts:
        await auth.factors.take(MAIL, kept, code(auth, kept, steps))
    else:
        with pytest.raises(WrongCode):
            await auth.factors.take(MAIL, kept, code(auth, kept, steps))


@pytest.mark.parametrize(
    ("sign_in", "needed"),
    [
        ({}, False),
        ({"second_factor": "required"}, True),
        ({"second_factor_roles": ["support"]}, True),
        ({"second_factor_roles": ["everyone"]}, True),
        ({"second_factor_roles": ["boss"]}, False),
    ],
)
async def test_it_is_needed_by_setting_or_role_at_once(
    tmp_path: Path, sign_in: dict[str, object], needed: bool
) -> None:
    auth = auth_with(tmp_path, sign_in={**OPTIONAL, **sign_in})
    assert auth.factors.needed(MAIL) is needed
    assert signed_in(auth).known is not needed  # also a session of before
    await with_factor(auth)
    ada = signed_in(auth)
    assert ada.known
    if needed:
        with pytest.raises(SecondFactorNeeded):
            await auth.own.drop_second_factor(ada, PASSWORD)
    else:
        await auth.own.drop_second_factor(ada, PASSWORD)
    assert (auth.factors.of(MAIL) is not None) is needed


async def test_off_is_off(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={**OPTIONAL, "second_factor": "off"})
    auth.accounts.hold(MAIL, second_factor=auth.factors.new())
    assert auth.factors.of(MAIL) is None
    (tmp_path / "restival.yaml").write_text(
        "sign_in: {mode: password, second_factor: off, second_factor_roles: [boss]}\n"
    )
    with pytest.raises(SettingsError, match="remove second_factor_roles"):
        load_settings(tmp_path, {}, {})


async def test_guesses_of_codes_are_counted_wherever_they_come_from(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={**OPTIONAL, "attempts": 3})
    kept = await with_factor(auth)
    for number in range(3):
        with pytest.raises(WrongCode):
            await auth.factors.check(MAIL, "000000", from_address(f"198.51.100.{number}"))
    with pytest.raises(Exception, match="Too many failed attempts"):
        await auth.factors.check(MAIL, code(auth, kept), HERE)


async def test_those_who_manage_can_have_it_forgotten(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=OPTIONAL)
    await with_factor(auth)
    _, cookie = auth.sessions.begin(MAIL)
    await auth.others.forget_second_factor(MAIL, by=Person(name="Cy", email="cy@example.com"))
    assert auth.factors.of(MAIL) is None
    assert not auth.person(connection(cookie=cookie)).known
    line = json.loads((tmp_path / "audit.jsonl").read_text().splitlines()[-1])
    assert (line["event"], line["who"], line["whom"]) == ("second factor forgotten", "cy@example.com", MAIL)


async def test_a_command_has_it_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESTIVAL_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    (tmp_path / "restival.yaml").write_text(
        f'# ours\npeople:\n  - {{mail: {MAIL}, name: Ada, password: "{ADA["password"]}"}}\n'
    )

    def run(mail: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["user", "forget-second-factor", mail, "--project", str(tmp_path)])
        return result.exit_code, result.output

    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": OPTIONAL}), load_project(tmp_path, forget=release_names)
    )
    sites = [site]
    auth = Auth(lambda: sites[-1], Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    await with_factor(auth)
    _, cookie = auth.sessions.begin(MAIL)
    assert run("Ada@example.com") == (
        0,
        "ada@example.com can sign in without an authenticator app, or set up a new one.\n",
    )
    assert (tmp_path / "restival.yaml").read_text().startswith("# ours\n")
    settings = Settings.model_validate({"people": load_settings(tmp_path, {}, {}).people, "sign_in": OPTIONAL})
    sites.append(replace(site, settings=settings))
    assert auth.factors.of(MAIL) is None
    assert not auth.person(connection(cookie=cookie)).known
    line = json.loads((tmp_path / "data" / "audit.jsonl").read_text())
    assert (line["event"], line["whom"]) == ("second factor forgotten", MAIL)
    kept = await with_factor(auth)  # another one counts
    assert auth.factors.of(MAIL) == kept
    assert run("eve@example.com")[0] == 1


def test_a_factor_that_was_added_before_is_read() -> None:
    account = Account.model_validate_json('{"second_factor": "x", "signed_out_at": null, "failures": 0}')
    assert (account.second_factor, account.second_factor_at, account.second_factor_step) == ("x", None, 0)

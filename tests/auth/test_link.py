"""Sign-in by a link: who gets one, and that it works once, for a while, and in this mode only."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from restival.access.person import NOBODY
from restival.auth.account import Accounts
from restival.auth.attempts import from_address, from_browser
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.budget import AT_ONCE
from restival.auth.modes.link import LASTS, Link, LinkMode
from restival.auth.refusals import Locked, SignInRefused, TooBusy
from restival.auth.signing import signer
from restival.engine.errors import EngineUnavailable
from restival.settings import Settings, SettingsError, load_settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import ADA, SECRET, auth_with, connection
from tests.auth.test_sessions import BY_PASSWORD, Memory

MAIL = "ada@example.com"
BY_LINK = {"mode": "link"}
HERE = from_address("127.0.0.1")
ADDRESS = "http://localhost:8000"


async def printed(auth: Auth, capsys: pytest.CaptureFixture[str], mail: str = MAIL) -> str:
    """What the terminal shows after a request; the token if there is one."""
    mode = auth.by(LinkMode)
    await mode.send(mode.ask(mail, "/", HERE), HERE, ADDRESS)
    out = capsys.readouterr().out
    found = re.search(r"http://localhost:8000/sign-in/link\?token=(\S+)", out)
    return found[1] if found else out


def signed(auth: Auth, **changes: object) -> str:
    link = Link(id="x", mail=MAIL, at=datetime.now(UTC), next="/").model_copy(update=changes)
    return str(signer(SECRET, "restival sign-in link").dumps(link.model_dump(mode="json")))


async def test_a_link_is_printed_for_people_of_the_settings_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    auth = auth_with(tmp_path, sign_in=BY_LINK)
    assert auth.by(LinkMode).read(await printed(auth, capsys)).mail == MAIL
    assert await printed(auth, capsys, "nobody@example.com") == ""


async def test_it_works_once_even_at_the_same_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    auth = auth_with(tmp_path, sign_in=BY_LINK)
    mode, token = auth.by(LinkMode), await printed(auth, capsys)

    async def enter() -> bool:
        try:
            await mode.use(mode.read(token), HERE)
        except SignInRefused:
            return False
        return True

    assert mode.read(token) == mode.read(token)  # looking at it doesn't use it
    assert sorted(await asyncio.gather(*(enter() for _ in range(5)))) == [False] * 4 + [True]


async def test_it_stays_used_over_a_restart_and_after_signing_out_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Memory()
    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": BY_LINK}), load_project(tmp_path, forget=release_names)
    )

    async def started() -> LinkMode:
        auth = Auth(lambda: site, Accounts(store), Audit(tmp_path / "audit.jsonl", 1), SECRET)
        await auth.accounts.load()
        return auth.by(LinkMode)

    auth = Auth(lambda: site, Accounts(store), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    used, unused = await printed(auth, capsys), await printed(auth, capsys)
    await auth.by(LinkMode).use(auth.by(LinkMode).read(used), HERE)
    with pytest.raises(SignInRefused):
        (await started()).read(used)
    assert (await started()).read(unused).mail == MAIL
    await auth.sessions.end_all(MAIL)
    for token in (used, unused):
        with pytest.raises(SignInRefused):
            (await started()).read(token)


async def test_a_link_whose_use_can_not_be_stored_signs_nobody_in(tmp_path: Path) -> None:
    class Down(Memory):
        async def put(self, mail: str, document: object) -> None:
            raise EngineUnavailable("nowhere", "down")

    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": BY_LINK}), load_project(tmp_path, forget=release_names)
    )
    auth = Auth(lambda: site, Accounts(Down()), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    mode, token = auth.by(LinkMode), signed(auth)
    with pytest.raises(EngineUnavailable):
        await mode.use(mode.read(token), HERE)
    with pytest.raises(SignInRefused):
        mode.read(token)


@pytest.mark.parametrize(
    ("changes", "works"),
    [
        ({}, True),
        ({"at": datetime.now(UTC) - LASTS + timedelta(minutes=5)}, True),
        ({"at": datetime.now(UTC) - LASTS}, False),
        ({"mail": "nobody@example.com"}, False),
    ],
)
async def test_it_works_for_fifteen_minutes_and_for_people_who_are_there(
    tmp_path: Path, changes: dict[str, object], works: bool
) -> None:
    auth = auth_with(tmp_path, sign_in=BY_LINK)
    if works:
        assert auth.by(LinkMode).read(signed(auth, **changes)).id == "x"
    else:
        with pytest.raises(SignInRefused, match="used or has expired"):
            auth.by(LinkMode).read(signed(auth, **changes))


async def test_only_a_signed_link_works_and_no_other_signature(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=BY_LINK)
    told = signer(SECRET, "restival sign-in link").loads(signed(auth))
    wrong = [
        "",
        "x.y",
        signed(auth)[:-1],
        auth.sessions.begin(MAIL)[1],
        str(signer(SECRET, "restival session").dumps(told)),
        str(signer(b"another secret", "restival sign-in link").dumps(told)),
        str(signer(SECRET, "restival sign-in link").dumps([1])),
    ]
    for token in wrong:
        with pytest.raises(SignInRefused):
            auth.by(LinkMode).read(token)


@pytest.mark.parametrize("mail", [MAIL, "nobody@example.com"])
async def test_requests_are_bounded_alike_for_all_addresses(
    tmp_path: Path, mail: str, capsys: pytest.CaptureFixture[str]
) -> None:
    auth = auth_with(tmp_path, sign_in={**BY_LINK, "attempts": 3})
    mode = auth.by(LinkMode)
    for _ in range(3):
        await mode.send(mode.ask(mail, "/", HERE), HERE, ADDRESS)
    with pytest.raises(Locked, match="15 minutes"):
        mode.ask(mail, "/", HERE)
    assert mode.ask(mail, "/", from_browser("known")).mail == mail
    for number in range(AT_ONCE - 4):
        mode.ask(f"{number}@example.com", "/", HERE)
    with pytest.raises(TooBusy):
        mode.ask("one-more@example.com", "/", HERE)
    assert capsys.readouterr().out.count("token=") == (3 if mail == MAIL else 0)


async def test_signing_in_clears_the_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    auth = auth_with(tmp_path, sign_in={**BY_LINK, "attempts": 2})
    mode = auth.by(LinkMode)
    for _ in range(5):
        await mode.use(mode.read(await printed(auth, capsys)), HERE)


async def test_sessions_end_with_the_mode(tmp_path: Path) -> None:
    by_link, by_password = auth_with(tmp_path, sign_in=BY_LINK), auth_with(tmp_path, sign_in=BY_PASSWORD)
    cookie = by_link.sessions.begin(MAIL)[1]
    assert by_link.person(connection(cookie=cookie)).name == "Ada"
    assert by_password.person(connection(cookie=cookie)) == NOBODY
    assert by_link.person(connection(cookie=by_password.sessions.begin(MAIL)[1])) == NOBODY


@pytest.mark.parametrize("more", ["host: 0.0.0.0", "url: https://tools.example.com", "hosts: [tools.example.com]"])
def test_it_is_for_an_app_that_only_this_machine_reaches(tmp_path: Path, more: str) -> None:
    file = tmp_path / "restival.yaml"
    file.write_text("sign_in: {mode: link}\n")
    assert load_settings(tmp_path, {}, {}).sign_in.mode == "link"
    file.write_text(f"sign_in: {{mode: link}}\n{more}\n")
    with pytest.raises(SettingsError, match="links are printed to the terminal"):
        load_settings(tmp_path, {}, {})

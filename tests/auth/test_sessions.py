"""Sessions end where people end them, by time, and by a change of what they rest on."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.passwords import hashed
from restival.auth.sessions import MOST
from restival.settings import Settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import ADA, SECRET, auth_with, connection

MAIL = "ada@example.com"
BY_PASSWORD = {"mode": "password"}
BY_OIDC = {"mode": "oidc", "issuer": "https://accounts.example.com", "client_id": "restival"}


def begun(auth: Auth) -> str:
    return auth.sessions.begin(MAIL)[1]


def at(auth: Auth, cookie: str) -> Person:
    return auth.person(connection(cookie=cookie))


async def test_one_session_ends_and_the_others_do_not(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=BY_PASSWORD)
    one, two, three = begun(auth), begun(auth), begun(auth)
    told: list[str] = []
    stop = auth.sessions.on_ended(told.append)
    await auth.own.end_sessions(at(auth, one), [at(auth, two).session])
    assert [at(auth, each).known for each in (one, two, three)] == [True, False, True]
    await auth.own.end_other_sessions(at(auth, one))
    assert [at(auth, each).known for each in (one, two, three)] == [True, False, False]
    assert list(auth.own.sessions(at(auth, one))) == [at(auth, one).session]
    assert told == [MAIL, MAIL]
    stop()
    await auth.own.sign_out_everywhere(at(auth, one))
    assert at(auth, one) == NOBODY
    assert told == [MAIL, MAIL]


async def test_nobody_ends_sessions_of_others(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=BY_PASSWORD)
    cookie = begun(auth)
    await auth.own.end_sessions(Person(name="Eve", email="eve@example.com"), [at(auth, cookie).session])
    assert at(auth, cookie).known


async def test_an_ended_session_stays_so_when_sessions_may_last_longer(tmp_path: Path) -> None:
    """What is stored of it is dropped once it would have been over: then the cookie itself is."""
    settings = {"people": [ADA], "sign_in": {**BY_PASSWORD, "session": "1s"}}
    site = Site(Settings.model_validate(settings), load_project(tmp_path, forget=release_names))
    sites = [site]
    auth = Auth(lambda: sites[-1], Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    cookie = begun(auth)
    await auth.own.end_sessions(at(auth, cookie), [at(auth, cookie).session])
    await asyncio.sleep(1.1)
    sites.append(replace(site, settings=Settings.model_validate({**settings, "sign_in": BY_PASSWORD})))
    begun(auth)
    assert auth.accounts.of(MAIL).ended == {}
    assert at(auth, cookie) == NOBODY


class Memory:
    """Stores accounts as Restate does: as JSON."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def all(self) -> dict[str, dict[str, Any]]:
        return {mail: json.loads(text) for mail, text in self.kept.items()}

    async def put(self, mail: str, document: dict[str, Any]) -> None:
        self.kept[mail] = json.dumps(document)


async def test_what_ended_stays_so_after_a_restart(tmp_path: Path) -> None:
    store = Memory()
    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": BY_PASSWORD}), load_project(tmp_path, forget=release_names)
    )

    async def started() -> Auth:
        auth = Auth(lambda: site, Accounts(store), Audit(tmp_path / "audit.jsonl", 1), SECRET)
        await auth.accounts.load()
        return auth

    auth = await started()
    ended, open_still = begun(auth), begun(auth)
    await auth.own.end_sessions(at(auth, ended), [at(auth, ended).session])
    auth = await started()
    assert at(auth, ended) == NOBODY
    assert list(auth.own.sessions(at(auth, open_still))) == [at(auth, open_still).session]


async def test_another_password_ends_sessions_whichever_way_it_comes(tmp_path: Path) -> None:
    site = Site(
        Settings.model_validate({"people": [ADA], "sign_in": BY_PASSWORD}), load_project(tmp_path, forget=release_names)
    )
    sites = [site]
    auth = Auth(lambda: sites[-1], Accounts(Memory()), Audit(tmp_path / "audit.jsonl", 1), SECRET)
    before = begun(auth)
    reset = {**ADA, "password": hashed("given by an administrator")}
    sites.append(replace(site, settings=Settings.model_validate({"people": [reset], "sign_in": BY_PASSWORD})))
    assert at(auth, before) == NOBODY
    after = begun(auth)
    assert at(auth, after).known
    await auth.passwords.choose(MAIL, "chosen by herself")
    assert at(auth, after) == NOBODY


async def test_another_way_to_sign_in_ends_sessions(tmp_path: Path) -> None:
    by_password, by_oidc = auth_with(tmp_path, sign_in=BY_PASSWORD), auth_with(tmp_path, sign_in=BY_OIDC)
    assert at(by_oidc, begun(by_password)) == NOBODY
    assert at(by_oidc, begun(by_oidc)).known
    elsewhere = auth_with(tmp_path, sign_in={**BY_OIDC, "issuer": "https://other.example.com"})
    assert at(elsewhere, begun(by_oidc)) == NOBODY


def later(auth: Auth, by: timedelta) -> None:
    """As if the last thing that was done were that long ago."""
    auth.sessions._seen = {id: seen - by for id, seen in auth.sessions._seen.items()}
    account = auth.accounts.of(MAIL)
    aged = {
        id: each.model_copy(update={"seen": each.seen - by, "at": each.at - by})
        for id, each in account.sessions.items()
    }
    auth.accounts.hold(MAIL, sessions=aged)


async def test_without_activity_a_session_ends(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={**BY_PASSWORD, "idle": "30m"})
    idle, cookie = begun(auth), begun(auth)
    page = connection(cookie=cookie)
    me = auth.person(page)
    for _ in range(3):
        later(auth, timedelta(minutes=20))
        auth.person(page)  # as an open page asks again and again: nobody is there
        auth.sessions.active(MAIL, me.session)
    assert auth.person(page).known
    assert at(auth, idle) == NOBODY
    later(auth, timedelta(minutes=20))
    assert auth.person(page).known
    later(auth, timedelta(minutes=11))
    assert auth.person(page) == NOBODY


async def test_each_request_is_activity_but_not_that_of_an_open_page(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in={**BY_PASSWORD, "idle": "30m"})
    cookie = begun(auth)

    def seen() -> datetime:
        [(_, session)] = auth.own.sessions(Person(name="Ada", email=MAIL)).items()
        return session.seen

    later(auth, timedelta(minutes=20))
    assert at(auth, cookie).known
    assert datetime.now(UTC) - seen() < timedelta(minutes=1)
    later(auth, timedelta(minutes=20))
    socket = connection(cookie=cookie)
    socket.scope["path"] = "/_nicegui_ws/socket.io/"
    assert auth.person(HTTPConnection(socket.scope)).known
    assert datetime.now(UTC) - seen() > timedelta(minutes=19)


async def test_sessions_make_room_and_end_for_that(tmp_path: Path) -> None:
    auth = auth_with(tmp_path, sign_in=BY_PASSWORD)
    cookies = [begun(auth) for _ in range(MOST + 1)]
    assert len(auth.accounts.of(MAIL).sessions) == MOST
    assert [at(auth, cookie).known for cookie in cookies] == [False] + [True] * MOST

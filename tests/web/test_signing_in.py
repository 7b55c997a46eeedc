"""Signing in and out of a real app, over HTTP; what is stored of it holds when the app is killed."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pyotp
import pytest
from typer.testing import CliRunner

from restival.auth.passwords import hashed
from restival.cli.main import app
from tests.browser.test_sign_in import guarded_app
from tests.process import AppProcess

PASSWORD = "correct horse battery"
HASH = hashed(PASSWORD)
SETTINGS = """
sign_in: {mode: password, attempts: 3, lock: 1h}
roles: {boss: {"*": [manage]}}
people:
"""
NAMES = ("ada", "bo", "cy", "dee", "eve", "fil", "gil")


def settings(**sign_in: str) -> str:
    written = SETTINGS.replace("lock: 1h", ", ".join(["lock: 1h", *(f"{k}: {v}" for k, v in sign_in.items())]))
    return written + "".join(
        f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [boss], password: "{HASH}"}}\n' for name in NAMES
    )


@pytest.fixture(scope="module")
def guarded(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    with guarded_app(restate_binary, tmp_path_factory.mktemp("signing"), settings()) as process:
        yield process


class Visitor:
    """A browser without a screen."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def sign_in(self, name: str, password: str = PASSWORD) -> int:
        form = {"mail": f"{name}@example.com", "password": password}
        async with self.session.post("/sign-in", data=form, allow_redirects=False) as answer:
            return answer.status

    async def page_after_password(self, name: str) -> str:
        """Which asks for a code."""
        form = {"mail": f"{name}@example.com", "password": PASSWORD}
        async with self.session.post("/sign-in", data=form, allow_redirects=False) as answer:
            assert answer.status == 200
            return await answer.text()

    async def give_code(self, code: str) -> int:
        async with self.session.post("/sign-in", data={"code": code}, allow_redirects=False) as answer:
            return answer.status

    async def sign_out(self) -> None:
        async with self.session.post("/sign-out", allow_redirects=False) as answer:
            assert answer.status == 303

    async def status(self) -> int:
        """Of a call that only people who have signed in may make."""
        async with self.session.get("/api/actions") as answer:
            return answer.status

    def cookies(self) -> dict[str, str]:
        return {each.key: each.value for each in self.session.cookie_jar}


@asynccontextmanager
async def visiting(app: AppProcess, cookies: dict[str, str] | None = None) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession(
        app.url, cookies=cookies, connector=aiohttp.TCPConnector(force_close=True)
    ) as session:
        yield Visitor(session)


@pytest.fixture
async def visitor(guarded: AppProcess) -> AsyncIterator[Visitor]:
    async with visiting(guarded) as made:
        yield made


async def test_attempts_at_once_get_no_more_guesses(visitor: Visitor, guarded: AppProcess) -> None:
    wrong = [asyncio.create_task(visitor.sign_in("ada", "wrong")) for _ in range(12)]
    await asyncio.wait(wrong, return_when=asyncio.FIRST_COMPLETED)
    assert await visitor.sign_in("ada") == 403
    assert set(await asyncio.gather(*wrong)) == {403}
    assert await visitor.sign_in("ada") == 403
    guarded.kill()
    guarded.start()
    assert await visitor.sign_in("ada") == 403


async def test_a_browser_that_has_signed_in_before_is_not_shut_out(visitor: Visitor, guarded: AppProcess) -> None:
    assert await visitor.sign_in("bo") == 303
    assert "@" not in str(visitor.cookies())
    await visitor.sign_out()
    async with visiting(guarded) as stranger:
        assert [await stranger.sign_in("bo", "wrong") for _ in range(4)] == [403] * 4
        assert await stranger.sign_in("bo") == 403
    assert await visitor.sign_in("bo", "wrong") == 403
    assert await visitor.sign_in("bo") == 303
    for _ in range(3):
        assert await visitor.sign_in("bo", "wrong") == 403
    assert await visitor.sign_in("bo") == 403  # its own attempts are counted too


async def test_signing_out_ends_the_session_also_over_a_restart(visitor: Visitor, guarded: AppProcess) -> None:
    assert await visitor.sign_in("cy") == 303
    cookies = visitor.cookies()
    async with visiting(guarded, cookies) as thief, visiting(guarded) as elsewhere:
        assert await elsewhere.sign_in("cy") == 303
        assert await thief.status() == 200
        await visitor.sign_out()
        assert (await thief.status(), await elsewhere.status()) == (401, 200)
        guarded.kill()
        guarded.start()
        assert (await thief.status(), await elsewhere.status()) == (401, 200)


async def test_another_sign_in_in_a_browser_ends_the_session_before(visitor: Visitor, guarded: AppProcess) -> None:
    assert await visitor.sign_in("cy") == 303
    async with visiting(guarded, visitor.cookies()) as other_tab:
        assert await visitor.sign_in("dee") == 303
        assert (await visitor.status(), await other_tab.status()) == (200, 401)


@pytest.mark.parametrize("command", ["reset", "invite"])
async def test_a_reset_by_an_administrator_ends_sessions(
    visitor: Visitor, guarded: AppProcess, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESTIVAL_DATA", str(guarded.data))
    assert await visitor.sign_in("dee") == 303
    assert await visitor.status() == 200
    arguments = ["user", command, "dee@example.com", "--project", str(guarded.project)]
    try:
        result = CliRunner().invoke(app, arguments, input="given by an administrator\n")
        assert result.exit_code == 0, result.output
        await until(lambda: visitor.status(), 401)
    finally:
        (guarded.project / "restival.yaml").write_text(settings())
        await asyncio.sleep(1)


async def until(status: Callable[[], Awaitable[int]], wanted: int, seconds: float = 5) -> None:
    """Wait for the settings to be followed."""
    end = asyncio.get_running_loop().time() + seconds
    while await status() != wanted:
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.1)


async def test_a_flood_of_attempts_is_refused_at_once_and_holds_up_nobody(
    visitor: Visitor, guarded: AppProcess
) -> None:
    assert await visitor.sign_in("eve") == 303
    async with visiting(guarded) as stranger:

        async def attempt(number: int) -> tuple[int, str | None]:
            form = {"mail": f"nobody{number}@example.com", "password": "wrong"}
            async with stranger.session.post("/sign-in", data=form, allow_redirects=False) as answer:
                return answer.status, answer.headers.get("retry-after")

        flood = asyncio.gather(*(attempt(number) for number in range(60)))
        await asyncio.sleep(0.3)
        began = time.monotonic()
        assert await visitor.status() == 200
        assert await visitor.sign_in("eve") == 303  # this browser is known
        assert time.monotonic() - began < 5
        answers = await flood
    refused = [after for status, after in answers if status == 429]
    assert len(refused) >= 40
    assert all(after is not None and int(after) >= 1 for after in refused)
    assert {status for status, _ in answers} == {403, 429}
    audited = (guarded.data / "audit.jsonl").read_text()
    assert "TooBusy" not in audited


async def test_a_second_factor_holds_over_kills_until_it_is_forgotten(
    visitor: Visitor, guarded: AppProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESTIVAL_DATA", str(guarded.data))
    file = guarded.project / "restival.yaml"
    assert await visitor.sign_in("fil") == 303
    before = visitor.cookies()
    file.write_text(settings(second_factor="required"))
    try:
        await until(visitor.status, 401)  # also who has signed in before needs one
        key = await new_key(visitor)
        code = pyotp.TOTP(key).now()
        assert await visitor.give_code(code) == 303
        assert await visitor.status() == 200
        async with visiting(guarded, before) as thief:
            assert await thief.status() == 401
        guarded.kill()
        guarded.start()
        assert await visitor.status() == 200
        async with visiting(guarded) as other:
            assert "otpauth" not in await other.page_after_password("fil")
            assert await other.give_code(code) == 403  # it was used
        asked = ["user", "forget-second-factor", "fil@example.com", "--project", str(guarded.project)]
        result = CliRunner().invoke(app, asked)
        assert result.exit_code == 0, result.output
        await until(visitor.status, 401)
        assert await new_key(visitor) != key
        file.write_text(settings(second_factor="off"))
        await asyncio.sleep(1)
        assert await visitor.sign_in("fil") == 303
    finally:
        file.write_text(settings())
        await asyncio.sleep(1)
    lines = [json.loads(line) for line in (guarded.data / "audit.jsonl").read_text().splitlines()]
    told = [line["event"] for line in lines if "fil@example.com" in (line["who"], line.get("whom"))]
    assert [event for event in told if "second factor" in event] == ["second factor added", "second factor forgotten"]
    assert key not in str(lines) + (guarded.data / "app.log").read_text()


async def new_key(visitor: Visitor) -> str:
    """The key of the app that somebody without one is told to set up."""
    found = re.search(r'<code class="r-value">([A-Z2-7]+)</code>', await visitor.page_after_password("fil"))
    assert found is not None
    return found[1]

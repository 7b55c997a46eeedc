"""Signing in at a real OpenID provider, in a browser."""

import json
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.browser.provider import Provider, provider_package
from tests.browser.test_accessible import violations_in_all_looks
from tests.process import AppProcess

GUARDED = Path(__file__).parent / "guarded"
SETTINGS = """
title: Acme
sign_in:
  mode: oidc
  issuer: {issuer}
  client_id: restival
  client_secret: ${{CLIENT_SECRET}}
  session: {session}
{more}
roles:
  everyone: {{}}
  support: {{shop: [run, answer, view_history]}}
  boss: {{"*": [manage]}}
people:
  - {{mail: ada@example.com, name: Ada, roles: [support]}}
  - {{mail: bo@example.com, name: Bo}}
  - {{mail: dee@example.com, name: Dee}}
  - {{mail: cy@example.com, name: Cy, roles: [boss]}}
"""
CASES = [
    ("", "silent", "the claim email_verified is missing."),
    ("", "edov", "the claim email_verified is missing."),
    ("verified_claim: xms_edov", "edov", None),
    ("verified_claim: xms_edov", "ok", "the claim xms_edov is missing."),
    ("trust_email: true", "silent", None),
    ("trust_email: true", "unchecked", None),
]
"""Each of somebody who is new: whoever has signed in before is known by the account at the provider."""
NEW = [f"  - {{mail: new{n}@example.com, name: New, roles: [support]}}\n" for n in range(len(CASES))]


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("oidc")
    shutil.copytree(GUARDED, folder / "project")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "CLIENT_SECRET": "a secret of the tests"}
    process = AppProcess(folder / "project", 0, folder / "data", environment)
    process.take_free_port()
    yield process
    process.close()


@pytest.fixture(scope="module")
def provider(app: AppProcess) -> Iterator[Provider]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Provider(provider_package(), port, app.url, app.data.parent / "provider.out")
    made.start()
    write(app, made)
    app.start()
    yield made
    made.stop()


def write(app: AppProcess, provider: Provider, session: str = "12h", more: str = "") -> None:
    settings = SETTINGS.format(issuer=provider.issuer, session=session, more=f"  {more}")
    (app.project / "restival.yaml").write_text(settings + "".join(NEW))


@pytest.fixture
async def visitor(browser: Browser, app: AppProcess, provider: Provider) -> AsyncIterator[Page]:
    async with context_of(browser, app) as context:
        yield await context.new_page()


async def at_provider(page: Page, login: str) -> None:
    await page.get_by_placeholder("Enter any login").fill(login)
    await page.get_by_placeholder("and password").fill("anything")
    await page.get_by_role("button", name="Sign-in").click()


async def sign_in(page: Page, login: str) -> None:
    await page.get_by_role("button", name="Sign in").click()
    await at_provider(page, login)


async def test_signing_in_and_out_at_the_provider(visitor: Page, app: AppProcess, provider: Provider) -> None:
    await visitor.goto("/shop/refund?x=1")
    await expect(visitor.get_by_text("Refund")).to_have_count(0)
    await sign_in(visitor, "ada@example.com:ok")
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await expect(visitor.get_by_label("Amount")).to_be_visible()
    cookies = {each["name"]: each for each in await visitor.context.cookies(app.url)}
    session = cookies["restival_session"]
    assert session["httpOnly"] and session["sameSite"] == "Lax" and not session["secure"]
    assert not [name for name in cookies if name.startswith("restival_attempt")]
    await visitor.get_by_role("button", name="Person: Ada").click()
    await visitor.get_by_role("button", name="Sign out").click()
    await visitor.get_by_role("button", name="Yes, sign me out").click()  # the provider's
    await expect(visitor.get_by_role("button", name="Sign in")).to_be_visible()
    assert visitor.url.startswith(app.url)
    await visitor.goto("/shop/refund")
    await visitor.get_by_role("button", name="Sign in").click()
    await expect(visitor.get_by_placeholder("Enter any login")).to_be_visible()  # signed out there too


async def test_only_people_of_the_settings_with_a_mail_that_was_checked(
    visitor: Page, app: AppProcess, provider: Provider, browser: Browser
) -> None:
    await visitor.goto("/")
    await sign_in(visitor, "eve@example.com:ok")
    await expect(visitor.get_by_role("alert")).to_have_text(
        "eve@example.com doesn't have access to this app. Ask an administrator for access."
    )
    assert await violations_in_all_looks(visitor) == []
    async with context_of(browser, app) as context:
        other = await context.new_page()
        await other.goto("/")
        await sign_in(other, "ada@example.com:unchecked")
        await expect(other.get_by_role("alert")).to_have_text(
            "The sign-in service says that ada@example.com isn't verified: email_verified is false. Verify the "
            "address there, or ask an administrator to set sign_in.trust_email in restival.yaml."
        )
        await other.goto("/shop/refund")
        await expect(other.get_by_role("button", name="Sign in")).to_be_visible()
        assert await violations_in_all_looks(other) == []
    lines = [json.loads(line) for line in (app.data / "audit.jsonl").read_text().splitlines()]
    refused = [line["why"] for line in lines if line["event"] == "sign-in refused"]
    assert [why.split()[0] for why in refused] == ["eve@example.com", "The"]


@pytest.mark.parametrize("n", range(len(CASES)))
async def test_how_a_provider_says_that_a_mail_is_verified_is_a_setting(
    visitor: Page, app: AppProcess, provider: Provider, n: int
) -> None:
    setting, login, refused = CASES[n]
    write(app, provider, more=setting)
    try:
        await visitor.wait_for_timeout(1_000)  # the settings are followed
        await visitor.goto("/shop/refund")
        await sign_in(visitor, f"new{n}@example.com:{login}")
        if refused is None:
            await visitor.get_by_role("main").get_by_role("button", name="Start").click()
            await expect(visitor.get_by_label("Amount")).to_be_visible()
        else:
            await expect(visitor.get_by_role("alert")).to_contain_text(refused)
            await expect(visitor.get_by_role("alert")).to_contain_text("sign_in.trust_email in restival.yaml")
    finally:
        write(app, provider)
        await visitor.wait_for_timeout(1_000)


async def test_what_the_provider_has_not_sent_signs_nobody_in(
    visitor: Page, browser: Browser, app: AppProcess, provider: Provider
) -> None:
    await visitor.goto("/")
    await visitor.get_by_role("button", name="Sign in").click()
    await visitor.get_by_placeholder("Enter any login").wait_for()
    cookies = await visitor.context.cookies(app.url)
    [attempt] = [each for each in cookies if each["name"].startswith("restival_attempt")]
    await visitor.context.clear_cookies(name=attempt["name"])  # so the code stays unused
    await at_provider(visitor, "bo@example.com:ok")
    await expect(visitor.get_by_role("alert")).to_have_text("The sign-in timed out. Start again.")
    back = visitor.url
    async with context_of(browser, app) as context:  # somebody is led to sign in as another
        assert (await context.request.get(back)).status == 403
        await context.add_cookies([{**attempt, "value": attempt["value"][:-3] + "AAA"}])  # type: ignore[list-item]
        assert (await context.request.get(back)).status == 403
    state = parse_qs(urlsplit(back).query)["state"][0]
    for wrong in (
        f"?code=forged&state={state}",
        f"?error=access_denied&state={state}",
        f"?state={state}",
        "?code=x",
        "",
    ):
        assert (await visitor.context.request.get(f"/sign-in/back{wrong}")).status == 403, wrong
    assert (await visitor.context.request.get("/api/actions")).status == 401
    await visitor.context.add_cookies([attempt])  # type: ignore[list-item]
    await visitor.goto(back)  # what was sent holds, once
    await expect(visitor.get_by_role("heading", name="Acme")).to_be_visible()
    await visitor.context.clear_cookies(name="restival_session")
    assert (await visitor.context.request.get(back)).status == 403


async def test_identity_is_confirmed_by_signing_in_again(visitor: Page, app: AppProcess, provider: Provider) -> None:
    await visitor.goto("/shop/refund")
    await sign_in(visitor, "ada@example.com:ok")
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await visitor.get_by_label("Amount").fill("5")
    await visitor.wait_for_timeout(2_100)  # the grace period of this action
    await visitor.get_by_role("button", name="Continue").click()
    dialog = visitor.get_by_role("alertdialog", name="Really pay?")
    await expect(dialog.get_by_text("You sign in again")).to_be_visible()
    transaction = visitor.url.rpartition("/")[2]
    answer = await visitor.request.post(f"/api/transactions/{transaction}/answer", data={"n": 2, "values": {"0": {}}})
    assert (answer.status, (await answer.json())["fields"]) == (422, {"": "Sign in again."})
    await dialog.get_by_role("button", name="Sign in again").click()
    await at_provider(visitor, "bo@example.com:ok")
    await expect(visitor.get_by_role("alert")).to_contain_text("You signed in as bo@example.com")
    await visitor.goto(f"/t/{transaction}")
    app.kill()
    async with visitor.expect_event("load", timeout=40_000):
        app.start()
    await dialog.get_by_role("button", name="Sign in again").click()
    await at_provider(visitor, "ada@example.com:ok")
    await expect(visitor).to_have_url(f"{app.url}/t/{transaction}")
    await visitor.wait_for_timeout(2_100)
    await dialog.get_by_role("button", name="Yes").click()
    await expect(visitor.get_by_role("region", name="Result")).to_contain_text("Yes")
    await visitor.goto("/shop/check")
    await visitor.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    await expect(visitor.get_by_role("region", name="Result")).to_contain_text("Yes")


async def test_a_session_ends_by_itself_and_everywhere(
    visitor: Page, browser: Browser, app: AppProcess, provider: Provider
) -> None:
    await visitor.goto("/account")
    await sign_in(visitor, "ada@example.com:ok")
    async with context_of(browser, app) as context:
        other = await context.new_page()
        await other.goto("/shop/refund")
        await sign_in(other, "ada@example.com:ok")
        await other.get_by_role("main").get_by_role("button", name="Start").click()
        await expect(other.get_by_label("Amount")).to_be_visible()
        await expect(visitor.get_by_role("heading", name="Password")).to_have_count(0)
        await visitor.get_by_role("button", name="Sign out everywhere").click()
        for page in (visitor, other):
            await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    write(app, provider, session="3s")
    try:
        await visitor.wait_for_timeout(1_000)
        await visitor.get_by_role("button", name="Sign in").click()
        await expect(visitor.get_by_role("button", name="Sign out everywhere")).to_be_visible()
        await expect(visitor.get_by_role("button", name="Sign in")).to_be_visible(timeout=8_000)
    finally:
        write(app, provider)


async def test_without_the_provider_who_is_in_stays_in(visitor: Page, app: AppProcess, provider: Provider) -> None:
    await visitor.goto("/")
    await sign_in(visitor, "ada@example.com:ok")
    await expect(visitor.get_by_role("heading", name="Acme")).to_be_visible()
    provider.stop()
    try:
        app.kill()  # nothing of the provider is known any more
        async with visitor.expect_event("load", timeout=30_000):
            app.start()
        await visitor.goto("/shop/refund")
        await expect(visitor.get_by_label("Amount")).to_be_visible()
        await visitor.context.clear_cookies()
        await visitor.goto("/")
        await visitor.get_by_role("button", name="Sign in").click()
        await expect(visitor.get_by_role("alert")).to_contain_text("The sign-in service can't be reached")
    finally:
        provider.start()


async def test_people_are_known_by_their_account_at_the_provider(
    visitor: Page, browser: Browser, app: AppProcess, provider: Provider
) -> None:
    """Whatever mail it has later; and who gets that mail later is somebody else."""
    provider.rename({"one": "dee@example.com", "two": "dee@example.com"})
    await visitor.goto("/shop/refund")
    await sign_in(visitor, "one:ok")
    await expect(visitor.get_by_role("button", name="Person: Dee")).to_be_visible()
    app.kill()
    app.start()
    provider.rename({"one": "renamed@example.com", "two": "dee@example.com"})
    async with context_of(browser, app) as context:
        other = await context.new_page()
        await other.goto("/")
        await sign_in(other, "one:ok")
        await expect(other.get_by_role("button", name="Person: Dee")).to_be_visible()
    async with context_of(browser, app) as context, context_of(browser, app) as managing:
        other = await context.new_page()
        await other.goto("/")
        await sign_in(other, "two:ok")
        await expect(other.get_by_role("alert")).to_contain_text("linked to another account")
        boss = await managing.new_page()
        await boss.goto("/people")
        await sign_in(boss, "cy@example.com:ok")
        await boss.get_by_role("button", name="Unlink provider account: Dee").click()
        await expect(visitor.get_by_role("button", name="Sign in")).to_be_visible()
        await other.goto("/")
        await other.get_by_role("button", name="Sign in").click()
        await expect(other.get_by_role("button", name="Person: Dee")).to_be_visible()

"""What people do with their own accounts: sessions, passwords and second factors, in browsers."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import PASSWORD, guarded_app, settings, sign_in, signed_in
from tests.process import AppProcess


@pytest.fixture(scope="module")
def guarded(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    with guarded_app(restate_binary, tmp_path_factory.mktemp("account"), settings()) as process:
        yield process


@pytest.fixture
async def visitor(browser: Browser, guarded: AppProcess) -> AsyncIterator[Page]:
    async with context_of(browser, guarded) as context:
        yield await context.new_page()


async def test_a_page_of_somebody_who_has_signed_out_does_nothing_any_more(visitor: Page) -> None:
    await visitor.goto("/shop/refund")
    await sign_in(visitor, "ada")
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await expect(visitor.get_by_label("Amount")).to_be_visible()
    other = await visitor.context.new_page()
    await other.goto("/")
    await other.get_by_role("button", name="Person: Ada").click()
    await other.get_by_role("button", name="Sign out").click()
    await sign_in(other, "cy")
    await expect(other.get_by_role("button", name="Person: Cy")).to_be_visible()
    await expect(visitor.get_by_role("button", name="Person: Ada")).to_have_count(0)
    await expect(visitor.get_by_label("Amount")).to_have_count(0)


async def test_sessions_are_listed_and_ended(visitor: Page, browser: Browser, guarded: AppProcess) -> None:
    await visitor.goto("/account")
    await sign_in(visitor, "dee")
    sessions = visitor.get_by_role("list", name="Sessions")
    await expect(sessions.get_by_role("listitem")).to_have_count(1)
    await expect(visitor.get_by_role("button", name="End other sessions")).to_have_count(0)
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Mobile/15E148 Safari/604.1"
    async with (
        context_of(browser, guarded, user_agent=agent) as one,
        context_of(browser, guarded) as two,
        context_of(browser, guarded) as three,
    ):
        pages = [await signed_in(context, "dee") for context in (one, two, three)]
        for page in pages:
            await page.goto("/")
        await visitor.reload()
        await expect(sessions.get_by_role("listitem")).to_have_count(4)
        await expect(sessions.get_by_role("listitem").first).to_contain_text("This browser")
        assert await violations_in_all_looks(visitor) == []
        await visitor.get_by_role("button", name="End session: Safari on iPhone").click()
        await expect(sessions.get_by_role("listitem")).to_have_count(3)
        await expect(pages[0].get_by_label("Email")).to_be_visible()
        await expect(pages[1].get_by_label("Email")).to_have_count(0)
        await visitor.get_by_role("button", name="End other sessions").click()
        await expect(sessions.get_by_role("listitem")).to_have_count(1)
        for page in pages:
            await expect(page.get_by_label("Email")).to_be_visible()
    await expect(visitor.get_by_role("heading", name="Your account")).to_be_visible()


async def test_a_page_that_nobody_uses_leads_to_signing_in(visitor: Page, guarded: AppProcess) -> None:
    file = guarded.project / "restival.yaml"
    file.write_text(settings().replace("lock: 1h", "lock: 1h, idle: 5s"))
    try:
        await visitor.wait_for_timeout(1_000)
        await visitor.goto("/")
        await sign_in(visitor, "bo")
        home = visitor.get_by_role("button", name="Person: Bo")
        await expect(home).to_be_visible()
        await visitor.wait_for_timeout(2_500)
        await visitor.keyboard.press("Shift")
        await visitor.wait_for_timeout(3_500)
        await expect(home).to_be_visible()
        await expect(visitor.get_by_label("Email")).to_be_visible(timeout=5_000)
    finally:
        file.write_text(settings())


async def later_code(key: str, used: str) -> str:
    """The next code after one that was used, once it is time for it."""
    while (code := pyotp.TOTP(key).now()) == used:
        await asyncio.sleep(0.5)
    return code


async def test_second_factor_password_and_sessions(visitor: Page, browser: Browser, guarded: AppProcess) -> None:
    """As somebody who is new: what another try has left of their password and codes isn't theirs."""
    who = f"fil{time.time_ns() % 1000}"
    (guarded.project / "restival.yaml").write_text(settings(**{who: "finance"}))
    await visitor.wait_for_timeout(2_000)
    await visitor.goto("/account")
    await sign_in(visitor, who)
    await visitor.get_by_role("button", name="Add an authenticator app").click()
    await expect(visitor.get_by_role("img", name="QR code")).to_be_visible()
    assert await violations_in_all_looks(visitor) == []
    key = await visitor.get_by_role("code").inner_text()
    await visitor.get_by_label("Code", exact=True).fill("000000")
    await visitor.get_by_role("button", name="Use this authenticator app").click()
    await expect(visitor.get_by_text("This field is required.")).to_be_visible()
    await visitor.get_by_label("Your password").fill("not this one")
    await visitor.get_by_role("button", name="Use this authenticator app").click()
    await expect(visitor.get_by_text("Incorrect password.")).to_be_visible()
    await visitor.get_by_label("Your password").fill(PASSWORD)
    await visitor.get_by_role("button", name="Use this authenticator app").click()
    await expect(visitor.get_by_text("The code is incorrect or already used.")).to_be_visible()
    used = pyotp.TOTP(key).now()
    await visitor.get_by_label("Code", exact=True).fill(used)
    await visitor.get_by_role("button", name="Use this authenticator app").click()
    await expect(visitor.get_by_text("Each sign-in asks for a code from your authenticator app.")).to_be_visible()
    guarded.kill()
    guarded.start()
    async with context_of(browser, guarded) as context:
        other = await context.new_page()
        await other.goto("/account")
        await sign_in(other, who)
        await expect(other.get_by_label("Code")).to_be_focused()
        await other.get_by_label("Code", exact=True).fill(used)
        await other.get_by_role("button", name="Sign in").click()
        await expect(other.get_by_role("alert")).to_contain_text("The code is incorrect or already used.")
        await other.get_by_label("Code", exact=True).fill(await later_code(key, used))
        await other.get_by_role("button", name="Sign in").click()
        await expect(other.get_by_role("heading", name="Your account")).to_be_visible()
        await other.get_by_label("Current password").fill(PASSWORD)
        await other.get_by_label("New password", exact=True).fill("another long password")
        await other.get_by_label("Confirm new password").fill("another long one")
        await other.get_by_role("button", name="Change password").click()
        await expect(other.get_by_text("Passwords don't match.")).to_be_visible()
        await other.get_by_label("Confirm new password").fill("another long password")
        await other.get_by_role("button", name="Change password").click()
        await expect(other.get_by_label("Email")).to_be_visible()
    await expect(visitor.get_by_label("Email")).to_be_visible()  # signed out here too
    await sign_in(visitor, who)
    await expect(visitor.get_by_role("alert")).to_have_text("Incorrect email, password, or code.")
    assert await violations_in_all_looks(visitor) == []
    await sign_in(visitor, who, "another long password")
    await expect(visitor.get_by_label("Code")).to_be_visible()


async def test_a_second_factor_that_is_needed_is_set_up_at_the_sign_in(
    visitor: Page, browser: Browser, guarded: AppProcess
) -> None:
    file = guarded.project / "restival.yaml"
    file.write_text(settings(gil="finance").replace("lock: 1h", "lock: 1h, second_factor_roles: [finance]"))
    try:
        await visitor.wait_for_timeout(1_000)
        await visitor.goto("/account")
        await sign_in(visitor, "gil")
        await expect(visitor.get_by_text("You need an authenticator app to sign in here.")).to_be_visible()
        await expect(visitor.get_by_role("img", name="QR code")).to_be_visible()
        assert await violations_in_all_looks(visitor) == []
        key = await visitor.get_by_role("code").inner_text()
        await visitor.get_by_label("Code", exact=True).fill("000000")
        await visitor.keyboard.press("Enter")
        await expect(visitor.get_by_role("alert")).to_contain_text("The code is incorrect")
        assert await visitor.get_by_role("code").inner_text() == key
        await visitor.get_by_label("Code", exact=True).fill(pyotp.TOTP(key).now())
        await visitor.keyboard.press("Enter")
        await expect(visitor.get_by_role("heading", name="Your account")).to_be_visible()
        await expect(visitor.get_by_role("button", name="Replace the authenticator app")).to_be_visible()
        await expect(visitor.get_by_role("button", name="Remove the authenticator app")).to_have_count(0)
        async with context_of(browser, guarded) as context:
            boss = await signed_in(context, "cy")
            await boss.goto("/people")
            await boss.get_by_role("button", name="Remove second factor: Gil").click()
            await expect(boss.get_by_role("button", name="Remove second factor: Gil")).to_have_count(0)
        await sign_in(visitor, "gil")
        await expect(visitor.get_by_text("You need an authenticator app to sign in here.")).to_be_visible()
    finally:
        file.write_text(settings())

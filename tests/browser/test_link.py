"""Signing in by a link from the terminal, in a browser."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import guarded_app
from tests.process import AppProcess
from tests.web.test_link import links

SETTINGS = """
title: Acme
sign_in: {mode: link}
roles: {boss: {"*": [manage]}}
people:
  - {mail: ada@example.com, name: Ada, roles: [boss]}
"""
MAIL = "ada@example.com"


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    with guarded_app(restate_binary, tmp_path_factory.mktemp("link"), SETTINGS) as process:
        yield process


@pytest.fixture
async def visitor(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async with context_of(browser, app) as context:
        yield await context.new_page()


async def open_link(page: Page, app: AppProcess, before: int) -> None:
    """Opens the link that the terminal has got."""
    while len(found := links(app, MAIL)) <= before:
        await page.wait_for_timeout(100)
    await page.goto(found[-1])


async def sign_in(page: Page, app: AppProcess) -> None:
    before = len(links(app, MAIL))
    await page.get_by_label("Email").fill(MAIL)
    await page.get_by_role("button", name="Get a sign-in link").click()
    await expect(page.get_by_role("status")).to_contain_text("the link is now in the terminal")
    await open_link(page, app, before)
    await page.get_by_role("button", name="Sign in").click()


async def test_a_link_leads_to_the_page_that_was_wanted_and_works_once(visitor: Page, app: AppProcess) -> None:
    await visitor.goto("/shop/refund")
    assert await violations_in_all_looks(visitor) == []
    await sign_in(visitor, app)
    await visitor.wait_for_url("**/shop/refund")
    await visitor.goto("/account")
    await expect(visitor.get_by_role("heading", name="Sessions")).to_be_visible()
    await expect(visitor.get_by_role("heading", name="Password")).to_have_count(0)
    await visitor.get_by_role("button", name="Person: Ada").click()
    await visitor.get_by_role("button", name="Sign out", exact=True).click()
    await expect(visitor.get_by_label("Email")).to_be_visible()
    await visitor.goto(links(app, MAIL)[-1])
    await expect(visitor.get_by_role("alert")).to_have_text("This link was used or has expired. Get another one.")
    await expect(visitor.get_by_role("button")).to_have_count(0)
    await visitor.get_by_role("link", name="Get a sign-in link").click()
    await expect(visitor.get_by_label("Email")).to_be_visible()


async def test_the_page_that_a_link_opens_is_accessible(visitor: Page, app: AppProcess) -> None:
    await visitor.goto("/")
    before = len(links(app, MAIL))
    await visitor.get_by_label("Email").fill(MAIL)
    await visitor.keyboard.press("Enter")
    await expect(visitor.get_by_role("status")).to_be_visible()
    assert await violations_in_all_looks(visitor) == []
    await open_link(visitor, app, before)
    await expect(visitor.get_by_text(f"Sign in as {MAIL}.")).to_be_visible()
    assert await violations_in_all_looks(visitor) == []


async def test_identity_is_confirmed_by_another_link(visitor: Page, app: AppProcess) -> None:
    await visitor.goto("/shop/refund")
    await sign_in(visitor, app)
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await visitor.get_by_label("Amount").fill("12")
    await visitor.wait_for_timeout(2_100)  # the grace period of this action
    await visitor.get_by_role("button", name="Continue").click()
    dialog = visitor.get_by_role("alertdialog", name="Really pay?")
    await expect(dialog.get_by_text("You sign in again")).to_be_visible()
    here, before = visitor.url, len(links(app, MAIL))
    await dialog.get_by_role("button", name="Sign in again").click()
    await expect(visitor.get_by_text(f"Confirm with another sign-in link that it is you, {MAIL}.")).to_be_visible()
    await visitor.get_by_role("button", name="Get a sign-in link").click()
    await expect(visitor.get_by_role("status")).to_be_visible()
    await open_link(visitor, app, before)
    await visitor.get_by_role("button", name="Sign in").click()
    await visitor.wait_for_url(here)
    await visitor.wait_for_timeout(2_100)  # what was confirmed is confirmed for this question
    await dialog.get_by_role("button", name="Yes").click()
    await expect(visitor.get_by_role("region", name="Result")).to_contain_text("Yes")

"""A page whose session ends shows nothing more, and its browser is at the sign-in page by itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import context_of
from tests.browser.test_sign_in import sign_in, signed_in
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_sockets import ACTION, settings

SIGN_IN = re.compile("/sign-in")


@pytest.fixture
def app(restate_binary: Path, project: Path, tmp_path: Path) -> Iterator[AppProcess]:
    (project / "actions" / "ask.py").write_text(ACTION)
    (project / "restival.yaml").write_text(settings("ada", "bo"))
    process = AppProcess(project, 0, tmp_path / "data", environment(restate_binary))
    process.take_free_port()
    yield process.start()
    process.close()


async def test_all_open_pages_are_left(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app) as hers, context_of(browser, app) as his, context_of(browser, app) as other:
        pages = [await signed_in(hers, "ada"), await hers.new_page(), await signed_in(his, "bo")]
        for page, path in zip(pages, ("/people", "/ask", "/people"), strict=True):
            await page.goto(path)
            await expect(page.get_by_role("heading", level=1)).to_be_visible()
        away = await (await signed_in(other, "ada")).context.request.post("/sign-out", form={"everywhere": "1"})
        assert away.ok
        for page in pages[:2]:
            await expect(page).to_have_url(SIGN_IN, timeout=4_000)
        await expect(pages[2].get_by_role("heading", level=1)).to_be_visible()
        await sign_in(pages[0], "ada")
        await expect(pages[0].get_by_role("heading", level=1)).to_have_text("People and roles")
        (app.project / "restival.yaml").write_text(settings("bo"))
        await expect(pages[0]).to_have_url(SIGN_IN, timeout=4_000)


async def test_a_page_that_was_cut_off_meanwhile_finds_out_when_it_comes_back(
    browser: Browser, app: AppProcess
) -> None:
    async with context_of(browser, app) as context, context_of(browser, app) as other:
        page = await signed_in(context, "ada")
        await page.goto("/people")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        app.kill()
        app.start()
        await (await signed_in(other, "ada")).context.request.post("/sign-out", form={"everywhere": "1"})
        await expect(page).to_have_url(SIGN_IN, timeout=15_000)


async def test_signing_out_in_one_tab_leaves_the_other(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app) as context:
        one, other = await signed_in(context, "ada"), await context.new_page()
        await other.goto("/people")
        await expect(other.get_by_role("heading", level=1)).to_be_visible()
        await one.goto("/")
        await one.get_by_role("button", name="Person: Ada").click()
        await one.get_by_role("button", name="Sign out").click()
        await expect(one).to_have_url(SIGN_IN)
        await expect(other).to_have_url(SIGN_IN, timeout=4_000)
        await sign_in(one, "bo")
        await expect(one.get_by_role("button", name="Person: Bo")).to_be_visible()
        await expect(other.get_by_label("Email")).to_be_visible()

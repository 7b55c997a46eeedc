"""Texts that are formatted apart from the app come into a page once, as they stay: nothing moves."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import fresh_page
from tests.process import AppProcess
from tests.web.test_app import environment

ACTIONS = '''
from restival import IO, action

LONG = "# Title\\n\\n" + "Some **bold** words, and more of them. " * 200 + "\\n\\n```python\\ndef f(): ...\\n```\\n"


@action
async def texts(io: IO) -> None:
    """Asks, and shows long texts then."""
    for number in range(3):
        await io.input.text("Go on")
        await io.display.markdown(LONG + str(number))
        await io.display.code("def g(): ...  # " + str(number), language="python")
        await io.display.diff(f"a = {number}\\n" * 60, f"a = {number}\\n" * 59 + "b = 1\\n", language="python")
    await io.input.text("Then")


@action
async def slow(io: IO) -> None:
    """Shows what takes too long."""
    await io.display.code("\\n" * 20_000 + "the end", language="java")
    await io.display.markdown("*a*" * 50_000)
    await io.input.text("After")


@action
async def code(io: IO) -> None:
    """Waits for the worker process."""
    await io.display.code("def g(): ...", language="python")
'''
WATCH = """
window.plain = [];
new MutationObserver(() => {
    const texts = ".nicegui-markdown .r-wrap, .r-source code:not(:has(span)), .r-diff code";
    for (const each of document.querySelectorAll(texts))
        if (!each.matches(".r-diff code") || each.textContent.includes("=") && !each.querySelector("span"))
            window.plain.push(each.textContent.slice(0, 80));
}).observe(document, {subtree: true, childList: true});
"""


@pytest.fixture
def app(restate_binary: Path, project: Path) -> Iterator[AppProcess]:
    (project / "actions" / "texts.py").write_text(ACTIONS)
    process = AppProcess(project, 0, project / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture
async def page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async for opened in fresh_page(browser, app):
        yield opened


async def test_texts_come_into_an_open_page_as_they_stay(page: Page) -> None:
    await page.goto("/code")
    await expect(page.locator(".r-source .k")).to_be_visible()
    await page.add_init_script(WATCH)
    await page.goto("/texts")
    for number in range(3):
        await page.get_by_label("Go on").fill("x")
        await page.get_by_role("button", name="Continue").click()
        await expect(page.locator(".nicegui-markdown strong").nth(200 * number)).to_be_visible()
    await expect(page.get_by_label("Then")).to_be_visible()
    assert await page.evaluate("window.plain") == []
    await page.reload()
    await expect(page.get_by_label("Then")).to_be_visible()
    assert await page.evaluate("window.plain") == []


async def test_what_takes_too_long_is_shown_as_it_is_written(page: Page) -> None:
    await page.goto("/slow")
    await expect(page.get_by_label("After")).to_be_visible()
    await page.wait_for_timeout(2_500)
    await expect(page.locator(".r-source")).to_contain_text("the end")
    await expect(page.locator(".r-source span")).to_have_count(0)
    await expect(page.locator(".nicegui-markdown")).to_contain_text("*a**a**a*")
    await page.get_by_label("After").fill("x")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_text("Done", exact=False).first).to_be_visible()

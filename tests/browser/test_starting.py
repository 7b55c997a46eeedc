"""An action that starts as its page opens is started once, however often the page is loaded meanwhile."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import fresh_page
from tests.process import AppProcess

ACTION = """
from restival import IO, action


@action
async def ask(io: IO) -> str:
    return await io.input.text("Name")
"""


@pytest.fixture
def app(restate_binary: Path, tmp_path: Path, project: Path) -> Iterator[AppProcess]:
    (project / "actions" / "ask.py").write_text(ACTION)
    process = AppProcess(project, 0, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    yield process.start()
    process.close()


async def started(page: Page) -> int:
    """How many transactions the first page tells of."""
    await page.goto("/")
    listed = page.get_by_role("main").get_by_role("listitem")
    await listed.first.wait_for()
    return await listed.count()


async def test_a_reload_while_it_starts_starts_nothing_more(browser: Browser, app: AppProcess) -> None:
    async for page in fresh_page(browser, app):
        os.kill(app.restate_pid, signal.SIGSTOP)
        try:
            async with page.expect_event("websocket"):
                await page.goto("/ask")
            for _ in range(2):
                await page.wait_for_function("history.state?.start")
                await page.reload()
                await expect(page.get_by_text("Starting…")).to_be_visible()
        finally:
            os.kill(app.restate_pid, signal.SIGCONT)
        await expect(page.get_by_label("Name")).to_be_visible(timeout=30_000)
        await page.reload()
        await expect(page.get_by_label("Name")).to_be_visible()
        assert await started(page) == 1


async def test_each_visit_starts_anew(browser: Browser, app: AppProcess) -> None:
    async for page in fresh_page(browser, app):
        await page.goto("/")
        for _ in range(2):
            await page.get_by_role("navigation").get_by_role("link", name="Ask").click()
            await expect(page.get_by_label("Name")).to_be_visible()
            await expect(page).to_have_url(re.compile("/t/ask"))
            await page.get_by_role("navigation").get_by_role("link", name="Home").click()
        assert await started(page) == 2

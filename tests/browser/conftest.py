"""A real app and a real browser for all browser tests of a session."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.browser.chromium import context_of, launched
from tests.process import AppProcess

PROJECT = Path(__file__).parent / "project"


@pytest.fixture(scope="session")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("browser")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "SHOP_DATABASE": str(folder / "shop.sqlite")}
    process = AppProcess(PROJECT, 0, folder / "data", environment)
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with launched(chromium) as opened:
        yield opened


@pytest.fixture
async def page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    """A page of a browser that nobody has used yet; what it logs as an error fails the test."""
    async for opened in fresh_page(browser, app):
        yield opened


@pytest.fixture
async def other_page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    """A page of somebody else's browser."""
    async for opened in fresh_page(browser, app):
        yield opened


async def fresh_page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    errors: list[str] = []
    async with context_of(browser, app, wait=30_000) as context:
        opened = await context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
    assert errors == []

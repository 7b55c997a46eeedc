"""Chromium, driven by Playwright."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.process import AppProcess

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = "Content Security Policy"
"""What a browser writes of whatever the app's own headers keep it from loading or running: nothing ever."""
CLOSE_SECONDS = 15
"""Chromium has been seen to never answer a close; what it leaves ends with its process."""


@asynccontextmanager
async def launched(executable: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            await _closed(browser)


@asynccontextmanager
async def context_of(
    browser: Browser, app: AppProcess, wait: int = 10_000, **options: Any
) -> AsyncIterator[BrowserContext]:
    """A browser on the app that nobody has used yet; `wait` in milliseconds. It wants little motion, so that what is
    looked at has come to rest."""
    context = await browser.new_context(base_url=app.url, **{"reduced_motion": "reduce", **options})
    context.set_default_timeout(wait)
    refused: list[str] = []
    context.on("console", lambda message: refused.append(message.text) if POLICY in message.text else None)
    try:
        yield context
    finally:
        await _closed(context)
    assert refused == []


async def _closed(what: Browser | BrowserContext) -> None:
    await asyncio.wait([asyncio.ensure_future(what.close())], timeout=CLOSE_SECONDS)

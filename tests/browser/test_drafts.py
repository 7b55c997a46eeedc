"""Half-filled forms against kill -9 of the app."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PROJECT
from tests.process import AppProcess


@pytest.fixture
async def own_app(restate_binary: Path, tmp_path: Path) -> AsyncIterator[AppProcess]:
    """An app that a test may kill."""
    process = AppProcess(PROJECT, 0, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start()
    yield process
    process.close()


async def test_what_was_typed_half_a_second_ago_survives_a_kill(own_app: AppProcess, page: Page) -> None:
    await page.goto(f"{own_app.url}/forms/everything")
    await page.get_by_label("Full name").fill("Ada")
    await page.get_by_role("radio", name="Blue").click()
    await page.get_by_label("Notes").press_sequentially("half a sent")
    await page.wait_for_timeout(500)
    own_app.kill()
    own_app.start(wait=0)
    await asyncio.to_thread(own_app.wait_ready)
    await expect(page.get_by_label("Notes")).to_have_value("half a sent", timeout=20_000)
    await expect(page.get_by_label("Full name")).to_have_value("Ada")
    await expect(page.get_by_role("radio", name="Blue")).to_be_checked()


async def test_what_is_typed_while_the_app_is_away_is_put_back(own_app: AppProcess, page: Page) -> None:
    await page.goto(f"{own_app.url}/forms/everything")
    await page.get_by_label("Full name").fill("Ada")
    await page.get_by_label("Notes").press_sequentially("half a sent")
    await page.wait_for_timeout(500)
    await page.evaluate("window.before = true")
    own_app.kill()
    await page.wait_for_timeout(200)
    await page.get_by_label("Notes").press_sequentially("ence")
    await page.get_by_label("Age").press_sequentially("36")
    own_app.start(wait=0)
    await asyncio.to_thread(own_app.wait_ready)
    await page.wait_for_function("!window.before")  # the page has come back by itself
    await expect(page.get_by_label("Age")).to_have_value("36", timeout=20_000)
    await expect(page.get_by_label("Notes")).to_have_value("half a sentence")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("Notes")).to_have_value("half a sentence")
    await expect(page.get_by_label("Full name")).to_have_value("Ada")


async def test_a_start_form_keeps_its_draft_until_it_is_sent(own_app: AppProcess, page: Page) -> None:
    await page.goto(f"{own_app.url}/forms/start-form")
    await page.get_by_label("Who").fill("Ada")
    await page.wait_for_timeout(500)
    own_app.kill()
    own_app.start(wait=0)
    await asyncio.to_thread(own_app.wait_ready)
    page = await page.context.new_page()  # the old one comes back by itself
    await page.goto(f"{own_app.url}/forms/start-form")
    await expect(page.get_by_label("Who")).to_have_value("Ada")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await page.goto(f"{own_app.url}/forms/start-form")
    await expect(page.get_by_label("Who")).to_have_value("")

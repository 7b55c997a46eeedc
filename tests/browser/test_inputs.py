"""The gallery of inputs, filled in as people do."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
async def gallery(
    restate_binary: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Page]:
    folder = tmp_path_factory.mktemp("gallery")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "SHOP_DATABASE": str(folder / "shop.sqlite")}
    process = AppProcess(ROOT, 0, folder / "data", environment)
    process.take_free_port()
    process.start()
    async with context_of(browser, process) as context:
        yield await context.new_page()
    process.close()


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def settled(page: Page) -> None:
    """What was filled in is kept soon after the last key."""
    await page.get_by_role("button", name="Continue").focus()
    await page.wait_for_timeout(500)


async def test_words(gallery: Page) -> None:
    page = gallery
    await page.goto("/gallery/inputs")
    await page.get_by_role("textbox", name="Name", exact=True).fill("Grace Hopper")
    phone = page.get_by_role("textbox", name="Phone (optional)")
    await expect(phone).to_have_value("+49 1511 2345678")
    await expect(phone).to_have_attribute("autocomplete", "tel")
    await expect(phone).to_have_accessible_description(
        "For questions about the delivery. Without a country code, +49 (Germany) is used."
    )
    await phone.fill("030 12")
    await phone.press("Tab")
    await expect(phone).to_have_attribute("aria-invalid", "true")
    await phone.fill("030 123456")
    await phone.press("Tab")
    await expect(phone).to_have_value("+49 30 123456")
    site, topics = page.get_by_role("textbox", name="Website (optional)"), page.get_by_role("combobox", name="Topics")
    letter = page.get_by_role("textbox", name="Letter")
    await expect(letter).to_have_text("Dear Ada,")
    await expect(letter).to_have_accessible_description("Sent as it looks.")
    await expect(page.get_by_role("textbox", name="Customer number")).not_to_be_editable()
    await site.fill("http://example.com")
    await proceed(page)
    await expect(site).to_be_focused()
    await expect(site).to_have_accessible_description("Only https. Enter a URL that starts with https:")
    await site.fill("https://example.com/a")
    await letter.click()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("Hello ")
    await page.get_by_role("button", name="italic").click()
    await page.keyboard.type("world")
    await topics.press_sequentially("returns")
    await topics.press("Enter")
    await topics.press_sequentially("late, ")
    await topics.press_sequentially("Paris")
    tags = page.get_by_role("list", name="Tags for Topics").get_by_role("listitem")
    await settled(page)
    await expect(tags).to_have_text(["billing×", "returns×", "late×", "Paris×"])
    await page.get_by_role("button", name="Remove late").click()
    await expect(topics).to_be_focused()
    await topics.press("Backspace")
    await expect(tags).to_have_text(["billing×", "returns×"])
    await settled(page)
    await page.reload()
    await expect(tags).to_have_text(["billing×", "returns×"])
    await expect(letter).to_have_text("Hello world")
    await expect(phone).to_have_value("+49 30 123456")
    await expect(page.get_by_role("textbox", name="Website (optional)")).to_have_value("https://example.com/a")
    await proceed(page)
    await expect(page.get_by_role("definition").filter(has_text="Hello world").locator("i")).to_have_text("world")
    await expect(page.get_by_role("definition").filter(has_text="https://example.com/a")).to_be_visible()
    await expect(page.get_by_role("definition").filter(has_text="+49 30 123456")).to_be_visible()


async def test_numbers(gallery: Page) -> None:
    page = gallery
    handle, typed = page.get_by_role("slider", name="Discount"), page.get_by_role("textbox", name="Discount")
    await expect(typed).to_have_value("10")
    await handle.focus()
    await page.keyboard.press("ArrowRight")
    await expect(typed).to_have_value("15")
    await typed.press("ArrowDown")
    await expect(handle).to_have_value("10")
    await typed.fill("12")
    share = page.get_by_role("textbox", name="Share (optional)")
    await expect(share).to_have_value("")
    await share.fill("0.35")
    await page.get_by_label("Price").fill("-3.50")
    await proceed(page)
    await expect(typed).to_have_accessible_description("Enter a number in steps of 5, starting at 0.")
    await typed.fill("20")
    await settled(page)
    await page.reload()
    await expect(typed).to_have_value("20")
    await proceed(page)
    await expect(page.get_by_role("definition").filter(has_text="0.35")).to_be_visible()


async def test_times_and_colours(gallery: Page) -> None:
    page = gallery
    colour = page.get_by_role("textbox", name="Colour", exact=True)
    await expect(colour).to_have_value("#4f46e5")
    await colour.fill("blue")
    await page.get_by_label("Hour (optional)").fill("07:30")
    await proceed(page)
    await expect(colour).to_have_accessible_description("Of the label. Enter a color as #rrggbb, as in #4f46e5.")
    await expect(page.get_by_label("Hour (optional)")).to_have_accessible_description(
        re.compile(r"^While the shop is open\. Time zone: \S+\. Enter a time at or after 8:00 AM\.$")
    )
    await page.get_by_label("Hour (optional)").fill("")
    await page.get_by_label("Colour, picker").fill("#00ff00")
    await expect(colour).to_have_value("#00ff00")
    await settled(page)
    await page.reload()
    await expect(colour).to_have_value("#00ff00")
    await proceed(page)
    await expect(page.get_by_role("definition").filter(has_text="#00ff00")).to_be_visible()


async def test_texts_for_engineers_and_a_secret(gallery: Page) -> None:
    page = gallery
    query, settings = page.get_by_role("textbox", name="Query (SQL)"), page.get_by_role("textbox", name="Settings")
    key = page.get_by_role("textbox", name="API key")
    await expect(settings).to_have_value('{\n  "retries": 3\n}')
    await query.fill("SELECT '<b>'\n\tFROM x")
    await settings.fill('{"retries": 11}')
    await key.fill("short")
    await proceed(page)
    await expect(settings).to_have_accessible_description(
        "At most 10 retries. retries: 11 is greater than the maximum of 10."
    )
    await expect(key).to_have_accessible_description(
        "Encrypted, and shown to nobody. 5 of 80 characters. Enter at least 8 characters."
    )
    await settings.fill('{"retries": 5}')
    await key.fill("s3cret-s3cret")
    await settled(page)
    await page.reload()
    await expect(query).to_have_value("SELECT '<b>'\n\tFROM x")
    await expect(key).to_have_value("")
    await key.fill("s3cret-s3cret")
    await proceed(page)
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    await expect(page.get_by_text("••••••••")).to_be_visible()
    assert "s3cret-s3cret" not in await page.content()
    assert (
        "s3cret-s3cret"
        not in await (await page.context.request.get(f"/api/transactions/{page.url.rpartition('/')[2]}")).text()
    )

"""Labelled values that take their time."""

from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess


def value(page: Page, label: str) -> Locator:
    return page.locator("div", has=page.locator(f"dt:text-is('{label}')")).last.get_by_role("definition")


async def test_slow_values_come_one_by_one_and_can_be_tried_again(page: Page, app: AppProcess) -> None:
    await page.goto("/forms/values")
    await expect(value(page, "Name")).to_have_text("Ada")
    await expect(value(page, "Quick")).to_have_text("here at once")
    await expect(value(page, "Late").get_by_role("status")).to_have_text("Loading…")
    await expect(value(page, "Broken")).to_contain_text("Loading failed: no <b>connection</b>")
    app.kill()
    async with page.expect_event("load", timeout=30_000):
        app.start()
    await expect(value(page, "Quick")).to_have_text("here at once")
    await expect(value(page, "Late").get_by_role("link", name="here at last")).to_be_visible()
    retry = page.get_by_role("button", name="Retry Broken")
    if await retry.is_visible():  # the kill may have come before or after its second try
        await retry.click()
    await expect(value(page, "Broken")).to_have_text("mended")
    await page.get_by_label("Note").fill("seen")
    await page.get_by_role("button", name="Continue").click()
    alone = page.locator(".r-shown")
    await expect(alone.get_by_text("Alone")).to_be_visible()
    await expect(alone.get_by_text("Ada")).to_be_visible()
    await expect(page.get_by_text("Running", exact=True)).to_be_visible()  # the late value isn't there yet
    await expect(alone.get_by_text("here at once")).to_be_visible()
    await expect(alone.get_by_role("link", name="here at last")).to_be_visible()
    await expect(page.get_by_text("Done", exact=True)).to_be_visible()
    answered = page.locator(".r-answered")
    await expect(answered.get_by_role("link", name="here at last")).to_be_visible()
    await expect(answered.get_by_text("mended")).to_be_visible()
    await page.reload()
    await expect(answered.get_by_text("mended")).to_be_visible()
    await expect(alone.get_by_role("link", name="here at last")).to_be_visible()

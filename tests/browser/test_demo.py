"""The demo's actions, as a newcomer runs them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(180)
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
async def demo(browser: Browser, restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    folder = tmp_path_factory.mktemp("demo")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "SHOP_DATABASE": str(folder / "shop.sqlite")}
    process = AppProcess(ROOT, 0, folder / "data", environment)
    process.take_free_port()
    process.start()
    async with context_of(browser, process, wait=30_000) as context:
        yield await context.new_page()
    process.close()


async def proceed(page: Page) -> None:
    await page.get_by_role("button", name="Continue").click()


async def done(page: Page) -> None:
    await expect(page.get_by_text("Done", exact=True)).to_be_visible(timeout=15_000)


async def test_refund_a_charge(demo: Page) -> None:
    await demo.goto("/shop/refund?email=ada.fischer@example.com")
    await demo.get_by_role("button", name="Start").click()
    await demo.get_by_role("radio").first.click()
    await proceed(demo)
    await demo.get_by_label("Amount").fill("0.5")
    await demo.get_by_role("radio", name="Late").click()
    await proceed(demo)
    await expect(demo.get_by_role("alertdialog")).to_contain_text("Refund €0.50 to Ada Fischer?")
    await demo.get_by_role("button", name="Yes").click()
    await done(demo)
    await expect(demo.get_by_role("region", name="Result")).to_contain_text(re.compile(r"R-\d{5}-50"))


async def test_import_customers_waits_at_bad_rows(demo: Page) -> None:
    await demo.goto("/shop/import-customers")
    await proceed(demo)
    await expect(demo.get_by_text("Row 2 can't be taken.")).to_be_visible()
    await demo.get_by_label("Email").fill("noah.weiss@example.com")
    await demo.get_by_role("radio", name="team").click()
    await proceed(demo)
    await expect(demo.get_by_text("Row 3 can't be taken.")).to_be_visible()
    await demo.get_by_role("radio", name="Leave it out").click()
    await proceed(demo)
    await done(demo)
    result = demo.get_by_role("region", name="Result")
    for shown in ("noah.weiss@example", "left out", "added"):
        await expect(result).to_contain_text(shown)


async def test_onboard_an_employee(demo: Page) -> None:
    await demo.goto("/staff/onboard")
    for label, value in (
        ("Name", "Lin"),
        ("Email", "lin@example.com"),
        ("First day", "2026-12-01"),
        ("Street", "High St 1"),
        ("Postcode", "10115"),
        ("City", "Berlin"),
    ):
        await demo.get_by_label(label, exact=True).fill(value)
    await demo.get_by_role("radio", name="Engineering").click()
    await proceed(demo)
    await expect(demo.get_by_text("Equipment for Lin")).to_be_visible()
    await expect(demo.get_by_role("switch", name="A second monitor")).to_be_checked()
    await proceed(demo)
    await done(demo)
    await expect(demo.get_by_role("region", name="Result")).to_contain_text("16 inch")


async def test_a_long_report_shows_its_progress(demo: Page) -> None:
    await demo.goto("/reports/sales?months=6")
    await demo.get_by_role("button", name="Start").click()
    await expect(demo.get_by_role("progressbar", name="Progress")).to_be_visible()
    await expect(demo.get_by_text(re.compile(r"[1-5] of 6"))).to_be_visible()
    await done(demo)
    await expect(demo.get_by_role("region", name="Result").get_by_role("row")).to_have_count(7)

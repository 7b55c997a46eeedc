"""Tables whose rows come page by page."""

import json

from playwright.async_api import Locator, Page, expect

from tests.process import AppProcess
from tests.web.test_app import Caller


def table(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name=name)


def first_row(page: Page, name: str) -> Locator:
    return table(page, name).get_by_role("row").nth(1)


async def opened(page: Page) -> None:
    await page.goto("/forms/pages")
    await expect(first_row(page, "Customers")).to_contain_text("Customer 000000")


async def turned(page: Page, at: int, name: str = "Next page") -> None:
    await page.get_by_role("button", name=name).nth(at).click()


async def test_rows_are_turned_sorted_found_and_stay_chosen(page: Page, app: AppProcess) -> None:
    await opened(page)
    await table(page, "Squares").get_by_role("checkbox", name="Select 2", exact=True).check()
    await turned(page, 1)
    await expect(first_row(page, "Squares")).to_contain_text("121")
    await table(page, "Squares").get_by_role("button", name="square").click()
    await table(page, "Squares").get_by_role("button", name="square").click()
    await expect(first_row(page, "Squares")).to_contain_text("10000")
    await page.get_by_label("Filter Squares").fill("81")
    await expect(table(page, "Squares").get_by_role("row")).to_have_count(6)
    await table(page, "Squares").get_by_role("checkbox", name="Select 9", exact=True).check()
    await page.get_by_label("Filter Squares").fill("")
    await expect(first_row(page, "Squares")).to_contain_text("10000")
    await expect(page.get_by_text("2 selected")).to_be_visible()
    await page.get_by_label("Filter Customers").fill("099999")
    await table(page, "Customers").get_by_role("checkbox", name="Select Customer 099999").check()
    await page.get_by_role("button", name="Continue").focus()
    await page.wait_for_timeout(300)
    await page.reload()
    await expect(page.get_by_text("2 selected")).to_be_visible()
    await expect(page.get_by_text("1 of 3 selected")).to_be_visible()
    await expect(table(page, "Squares").get_by_role("checkbox", name="Select 2", exact=True)).to_be_checked()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("Customer 099999")
    await expect(page.get_by_role("region", name="Result")).to_contain_text("81")
    await expect(page.get_by_text("First 5 of 100 rows")).to_be_visible()
    view = Caller(app)("GET", f"/api/transactions/{page.url.rpartition('/')[2]}")[1]
    assert len(json.dumps(view)) < 50_000, "the whole table is in the state"


async def test_a_failing_page_is_told_and_another_can_be_had(page: Page) -> None:
    await opened(page)
    await page.get_by_label("Filter Look").fill("fail")
    await expect(page.get_by_role("alert").filter(has_text="The numbers are out.")).to_be_visible()
    await page.get_by_label("Filter Look").fill("64")
    await expect(first_row(page, "Look")).to_contain_text("64")
    await expect(page.get_by_text("The numbers are out.")).to_have_count(0)


async def test_pages_turn_after_the_app_was_killed(page: Page, app: AppProcess) -> None:
    await opened(page)
    await turned(page, 1)
    await expect(first_row(page, "Squares")).to_contain_text("121")
    await table(page, "Squares").get_by_role("checkbox", name="Select 12", exact=True).check()
    await page.get_by_role("button", name="Continue").focus()
    await page.wait_for_timeout(300)
    app.kill()
    async with page.expect_event("load", timeout=20_000):
        app.start()
    await expect(page.get_by_text("1 selected")).to_be_visible()
    await turned(page, 1)
    await expect(table(page, "Squares").get_by_role("checkbox", name="Select 12", exact=True)).to_be_checked()
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("144")


async def test_all_rows_of_a_table_can_be_downloaded(page: Page) -> None:
    await page.goto("/forms/shown")
    await page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download Everybody as CSV").click()
    path = await (await download.value).path()
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "name,age,city" and lines[30].startswith("Person 30,") and len(lines) == 32
    assert (await download.value).suggested_filename == "everybody.csv"

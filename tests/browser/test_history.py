"""History and inbox, as people with different rights see them."""

import csv
import io
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.test_sign_in import call_as, guarded, people  # noqa: F401
from tests.process import AppProcess


async def started(page: Page, path: str) -> str:
    """Start an action without parameters and give its transaction."""
    await page.goto(path)
    await page.wait_for_url("**/t/**")
    await expect(page.get_by_text("Waiting for", exact=False)).to_be_visible()
    return page.url.rpartition("/")[2]


async def test_the_inbox_has_what_the_person_may_answer_and_counts_live(people: dict[str, Page]) -> None:  # noqa: F811
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    await ada.goto("/inbox")
    await expect(ada.get_by_role("heading", name="No questions for you")).to_be_visible()
    await started(cy, "/shop/refund")
    await started(bo, "/finance/salaries")
    await expect(ada.get_by_role("list", name="Waiting for you").get_by_role("link")).to_have_count(1)
    await expect(ada.get_by_label("1 waiting", exact=True)).to_be_visible()
    await expect(ada.get_by_role("main")).to_contain_text("Refund a charge · Amount")
    assert "salaries" not in (await ada.content()).lower()
    await cy.goto("/inbox")
    rows = cy.get_by_role("list", name="Waiting for you").get_by_role("link")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text("Refund a charge")  # the older question
    await bo.get_by_label("Month").fill("May")
    await bo.get_by_role("button", name="Continue").click()
    await expect(rows).to_have_count(1)
    await ada.get_by_role("list", name="Waiting for you").get_by_role("link").click()
    await ada.get_by_label("Amount").fill("3")


async def test_the_history_is_filtered_sorted_and_taken_away(
    people: dict[str, Page],  # noqa: F811
    guarded: AppProcess,  # noqa: F811
    tmp_path: Path,
) -> None:
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    _, told = await call_as(cy, "/api/transactions?status=Failed")
    assert isinstance(told["transactions"], list)
    rows_failed = 2 + len(
        told["transactions"]
    )  # with the head of the table; a second try finds what the first has left
    failing = await started(bo, "/finance/salaries")
    await bo.get_by_label("Month").fill("wrong")
    await bo.get_by_role("button", name="Continue").click()
    await expect(bo.get_by_text("Failed", exact=True)).to_be_visible()
    note = await started(ada, "/shop/only-support")
    await cy.goto("/history")
    table = cy.get_by_role("table", name="Transactions")
    await expect(table.get_by_role("link", name="Pay salaries").first).to_be_visible()
    await expect(cy.get_by_role("main").get_by_text("Only for support")).to_have_count(0)
    await cy.get_by_label("State").select_option("Failed")
    await expect(table.get_by_role("row")).to_have_count(rows_failed)
    await expect(table).to_contain_text("there is no such month")
    assert "status=Failed" in cy.url
    await cy.reload()
    await expect(table.get_by_role("row")).to_have_count(rows_failed)
    await cy.get_by_label("State").select_option("Any state")
    await cy.get_by_label("Started by").select_option("Bo")
    await expect(table.get_by_role("cell", name="Ada")).to_have_count(0)
    await cy.get_by_label("Search").fill("NO such")
    await expect(table.get_by_role("row")).to_have_count(rows_failed)
    await cy.get_by_label("To", exact=True).fill("2020-01-01")
    await expect(cy.get_by_text("No transactions match these filters.")).to_be_visible()
    await cy.get_by_label("To", exact=True).fill("")
    await expect(table.get_by_role("row")).to_have_count(rows_failed)
    async with cy.expect_download() as download:
        await cy.get_by_role("link", name="Download as CSV").click()
    await (await download.value).save_as(tmp_path / "taken.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "taken.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["state"], row["started by"]) for row in rows][:1] == [(failing, "Failed", "Bo")]
    assert len(rows) == rows_failed - 1
    # a kill -9, after which all is known as before
    guarded.kill()
    async with cy.expect_event("load", timeout=30_000):
        guarded.start()
    await cy.goto("/history")
    await expect(table.get_by_role("link", name="Pay salaries").first).to_be_visible()
    await bo.goto("/history")
    await expect(bo.get_by_role("table").get_by_role("cell", name="Ada")).to_have_count(0)
    await ada.goto("/inbox")
    await expect(ada.get_by_role("main").get_by_text("Only for support · Note")).to_be_visible()
    _, told = await call_as(ada, "/api/transactions?status=Waiting")
    listed = told["transactions"]
    assert isinstance(listed, list)
    assert note in [each["id"] for each in listed]
    assert failing not in [each["id"] for each in listed]
    status, told = await call_as(ada, "/api/transactions?since=yesterday")
    assert (status, str(told["error"]).split(":")[0]) == (400, "since")

"""The audit screen: search, filters, pages, download, and who may see it."""

import csv
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import GUARDED, context_of, settings, sign_in
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(180)
MARKUP = "<img src=x onerror=\"document.title='hacked'\">"


def lines() -> Iterator[str]:
    for number in range(120):
        yield json.dumps(
            {"at": f"2026-01-02T10:00:00.{number:03}+00:00", "event": "signed in", "who": f"p{number}@x.y"}
        )
    yield json.dumps({"at": "2026-01-03T10:00:00+00:00", "event": "sign-in refused", "who": MARKUP, "why": "=1+1"})


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("audit-page")
    shutil.copytree(GUARDED, folder / "project")
    (folder / "project" / "restival.yaml").write_text(settings())
    (folder / "data").mkdir()
    (folder / "data" / "audit.jsonl.2026-01-02").write_text("".join(f"{line}\n" for line in lines()))
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start("--reload")
    yield process
    process.close()


@pytest.fixture
async def cy(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async with context_of(browser, app) as context:
        page = await context.new_page()
        await page.goto("/audit")
        await sign_in(page, "cy")
        yield page


async def test_search_filter_page_and_download(cy: Page) -> None:
    table = cy.get_by_role("table", name="Audit")
    rows = table.locator("tbody").get_by_role("row")
    await cy.get_by_role("navigation").get_by_role("link", name="Audit").click()
    await expect(rows.first).to_contain_text("cy@example.com")
    await expect(rows.nth(1)).to_contain_text(MARKUP)
    await expect(rows.nth(1)).to_contain_text("why: =1+1")
    assert await violations_in_all_looks(cy) == []
    await cy.get_by_role("combobox", name="Event").select_option("signed in")
    await cy.get_by_label("To", exact=True).fill("2026-01-02")
    await expect(cy.get_by_role("status").filter(has_text="120 entries")).to_be_visible()
    await expect(rows).to_have_count(50)
    await cy.get_by_role("button", name="Older").click()
    await expect(rows.first).to_contain_text("p69@x.y")
    await cy.get_by_role("button", name="Newer").click()
    await cy.get_by_label("Search").fill("P11")
    await expect(cy.get_by_role("status").filter(has_text="11 entries")).to_be_visible()
    await expect(rows).to_have_count(11)
    await cy.reload()
    await expect(rows).to_have_count(11)
    async with cy.expect_download() as downloading:
        await cy.get_by_role("link", name="Download as CSV").click()
    found = list(csv.DictReader((await (await downloading.value).path()).read_text("utf-8-sig").splitlines()))
    assert [row["who"] for row in found] == [*(f"p{number}@x.y" for number in range(119, 109, -1)), "p11@x.y"]
    await cy.get_by_label("Search").fill("nothing of that kind")
    await cy.get_by_role("button", name="Clear filters").click()
    await expect(rows.nth(1)).to_contain_text(MARKUP)
    await expect(cy).to_have_url(re.compile("/audit$"))
    await expect(cy.get_by_label("Search")).to_have_value("")


async def test_a_formula_in_the_log_is_text_in_the_csv(cy: Page) -> None:
    await cy.get_by_role("table", name="Audit").wait_for()
    answer = await cy.request.get("/api/audit.csv?since=2026-01-03&until=2026-01-03")
    [row] = csv.DictReader((await answer.text()).removeprefix("\ufeff").splitlines())
    assert json.loads(row["details"]) == {"why": "=1+1"}
    assert (await cy.request.get("/api/audit.csv?since=x")).status == 400


async def test_only_managers_see_it_and_an_open_page_loses_it_with_the_right(
    browser: Browser, cy: Page, app: AppProcess
) -> None:
    async with context_of(browser, app) as context:
        ada = await context.new_page()
        await ada.goto("/audit")
        await sign_in(ada, "ada")
        await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
        await expect(ada.get_by_role("navigation").get_by_role("link", name="Audit")).to_have_count(0)
        assert (await ada.request.get("/api/audit.csv")).status == 404
    await cy.get_by_role("table", name="Audit").wait_for()
    (app.project / "restival.yaml").write_text(settings(cy="support"))
    await expect(cy.get_by_role("heading", name="Page not found")).to_be_visible()
    (app.project / "restival.yaml").write_text(settings())

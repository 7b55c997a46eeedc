"""The engine's page: what is stuck and what goes on, and stepping in."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import GUARDED, context_of, settings, sign_in
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(180)
STUCK = """
from restival import IO, Context, action


@action(title="Changes its mind")
async def changing(io: IO, ctx: Context) -> str:
    first = await io.input.text("First")
    return first + await io.input.text("Second")
"""
CHANGED = STUCK.replace("    first =", "    await ctx.now()\n    first =")


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("engine-page")
    shutil.copytree(GUARDED, folder / "project")
    (folder / "project" / "actions" / "shop" / "stuck.py").write_text(STUCK)
    (folder / "project" / "restival.yaml").write_text(settings())
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start("--reload")
    yield process
    process.close()


@pytest.fixture
async def cy(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async with context_of(browser, app) as context:
        page = await context.new_page()
        await page.goto("/engine")
        await sign_in(page, "cy")
        yield page


def row(page: Page, section: str, title: str) -> Locator:
    return page.get_by_role("list", name=section).get_by_role("listitem").filter(has_text=title)


async def begun(page: Page, path: str) -> str:
    await page.goto(path)
    await page.wait_for_url("**/t/**")
    await expect(page.get_by_text("Waiting for you", exact=True)).to_be_visible()
    return page.url.rpartition("/")[2]


async def test_stepping_in(cy: Page, app: AppProcess) -> None:
    await expect(cy.get_by_role("heading", name="Restate")).to_be_visible()
    await expect(cy.get_by_text("No stopped transactions.")).to_be_visible()
    await expect(cy.get_by_text("1.7.12, embedded")).to_be_visible()
    await expect(cy.get_by_role("list", name="Deployments")).to_contain_text(
        re.compile("HTTP/2.0, bidirectional streaming")
    )
    storage = cy.get_by_role("table", name="Storage").get_by_role("row")
    await expect(storage).to_have_count(4)
    await expect(storage.nth(1)).to_contain_text(re.compile(r"\d (MB|KB)"))

    changing, refund = await begun(cy, "/shop/changing"), await begun(cy, "/shop/refund")
    await cy.get_by_label("Amount").fill("3")
    await cy.goto(f"/t/{changing}")
    await cy.get_by_label("First").fill("a")
    await cy.get_by_role("button", name="Continue").click()
    await expect(cy.get_by_label("Second")).to_be_visible()
    await cy.goto("/engine")
    await expect(row(cy, "Active", "Refund a charge")).to_be_visible()
    (app.project / "actions" / "shop" / "stuck.py").write_text(CHANGED)
    stuck = row(cy, "Stopped", "Changes its mind")
    await expect(stuck).to_contain_text("Stuck", timeout=20_000)
    await expect(stuck).to_contain_text("All answers are saved")
    await stuck.get_by_role("button", name="Resume").click()
    await expect(stuck.get_by_role("button", name="Resume")).to_be_visible()

    going = row(cy, "Active", "Refund a charge")
    await going.get_by_role("button", name="Pause").click()
    paused = row(cy, "Stopped", "Refund a charge")
    await expect(paused).to_contain_text("Paused")
    await paused.get_by_role("link", name="Refund a charge").click()
    await expect(cy.get_by_role("heading", name="This transaction is paused")).to_be_visible()
    await cy.go_back()
    await paused.get_by_role("button", name="Resume").click()
    await expect(going).to_be_visible()
    await going.get_by_role("button", name="Kill").click()
    await cy.get_by_role("button", name="Keep running").click()
    await going.get_by_role("button", name="Kill").click()
    await cy.get_by_role("dialog", name="Kill this transaction?").get_by_role("button", name="Kill transaction").click()
    await expect(going).to_have_count(0)
    await stuck.get_by_role("button", name="Cancel").click()
    await expect(stuck).to_have_count(0)
    await expect(cy.get_by_text("No stopped transactions.")).to_be_visible()
    for ended in (refund, changing):
        await cy.goto(f"/t/{ended}")
        await expect(cy.get_by_text("Cancelled", exact=True)).to_be_visible()
        await expect(cy.get_by_role("main")).to_contain_text("Cy")
    audit = (app.data / "audit.jsonl").read_text()
    for act, transaction in (("resume", changing), ("pause", refund), ("kill", refund), ("cancel", changing)):
        assert f'"event": "engine {act}", "who": "cy@example.com", "invocation": "{transaction}"' in audit


async def test_only_who_manages_the_app_finds_it_and_a_right_that_goes_is_gone(
    browser: Browser, cy: Page, app: AppProcess
) -> None:
    async with context_of(browser, app) as context:
        ada = await context.new_page()
        await ada.goto("/engine")
        await sign_in(ada, "ada")
        await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
        await expect(ada.get_by_role("navigation").get_by_role("link", name="Restate")).to_have_count(0)
    await begun(cy, "/shop/refund")
    await cy.goto("/engine")
    await expect(row(cy, "Active", "Refund a charge")).to_be_visible()
    assert await violations_in_all_looks(cy) == []
    (app.project / "restival.yaml").write_text(settings(cy="support"))
    await expect(cy.get_by_role("heading", name="Page not found")).to_be_visible()
    (app.project / "restival.yaml").write_text(settings())

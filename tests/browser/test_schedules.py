"""The page of schedules, as people with different rights see it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import GUARDED, context_of, settings, sign_in
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(120)
BEAT = """
from restival import IO, Context, Schedule, action


@action(title="Count the stock", schedule=Schedule("* * * * * *", run_as="ada@example.com", missed="skip"))
async def stock(io: IO, ctx: Context) -> str:
    return ctx.user.name


@action(title="Ask for stock")
async def ask(io: IO) -> str:
    return await io.input.text("How many?")


@action(title="Weekly letter", schedule="0 9 * * 1-5", timezone="Europe/Berlin", run_as="cy@example.com")
async def letter(io: IO, to: str = "all") -> str:
    return await io.input.text("What's in it?").assign("ada@example.com")
"""
SCHEDULES = """
schedules:
  - {action: finance/salaries, cron: 0 6 L * *, run_as: bo@example.com, title: At the end of the month}
  - {action: finance/salaries, cron: 0 6 15 * *, run_as: ada@example.com, title: Not allowed}
"""


@pytest.fixture(scope="module")
def scheduled(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("scheduled")
    shutil.copytree(GUARDED, folder / "project")
    (folder / "project" / "actions" / "shop" / "stock.py").write_text(BEAT)
    (folder / "project" / "restival.yaml").write_text(settings() + SCHEDULES)
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture
async def people(browser: Browser, scheduled: AppProcess) -> AsyncIterator[dict[str, Page]]:
    async with AsyncExitStack() as stack:
        pages = {}
        for name in ("ada", "bo", "cy"):
            pages[name] = await (await stack.enter_async_context(context_of(browser, scheduled))).new_page()
            await pages[name].goto("/schedules")
            await sign_in(pages[name], name)
        yield pages


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name)


async def test_each_sees_when_what_is_theirs_runs_and_only_managers_change_it(
    people: dict[str, Page], scheduled: AppProcess
) -> None:
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    stock = card(cy, "Count the stock")
    await expect(stock).to_contain_text("Every second (UTC)")
    await expect(stock).to_contain_text("Runs as Ada.")
    runs = stock.get_by_role("list", name="Past runs").get_by_role("link")
    await expect(runs.nth(2)).to_contain_text("Done", timeout=15_000)
    assert await stock.get_by_role("list", name="Next runs").get_by_role("listitem").count() == 3
    await expect(card(cy, "Weekly letter")).to_contain_text("Every weekday at 9:00 AM (Europe/Berlin)")
    await expect(card(cy, "Not allowed").get_by_role("alert")).to_contain_text(
        "Ada doesn't have permission to run this action."
    )
    await expect(card(cy, "Not allowed").get_by_role("button", name="Run now")).to_be_disabled()

    await expect(card(ada, "Count the stock")).to_be_visible()
    await expect(ada.get_by_role("button", name="Pause")).to_have_count(0)
    assert "salaries" not in (await ada.content()).lower()
    await expect(bo.get_by_role("heading", name="Page not found")).to_be_visible()  # no history is open to bo
    assert "every second" not in (await bo.content()).lower()
    await expect(bo.get_by_role("navigation").get_by_role("link", name="Schedules")).to_have_count(0)

    await stock.get_by_role("button", name="Pause").click()
    await expect(stock).to_contain_text("Paused by Cy")
    await expect(stock.get_by_text("No runs while paused.")).to_be_visible()
    await expect(card(ada, "Count the stock")).to_contain_text("Paused by Cy")
    scheduled.kill()
    async with cy.expect_event("load", timeout=60_000):
        await asyncio.to_thread(scheduled.start)
    await expect(stock).to_contain_text("Paused by Cy")
    before = await runs.first.get_attribute("href")
    await stock.get_by_role("button", name="Run now").click()
    await expect(runs.first).to_contain_text("by Cy")
    await expect(runs.first).to_contain_text("Done")
    assert await runs.first.get_attribute("href") != before
    await stock.get_by_role("button", name="Resume").click()
    await expect(runs.first).not_to_contain_text("by Cy", timeout=15_000)
    await stock.get_by_role("button", name="Pause").click()
    audit = (scheduled.data / "audit.jsonl").read_text()
    for event in ("schedule paused", "schedule run", "schedule resumed"):
        assert f'"event": "{event}", "who": "cy@example.com", "schedule": "shop/stock#1"' in audit


async def test_what_it_asks_waits_in_the_inbox_of_whom_it_asks(people: dict[str, Page]) -> None:
    ada, cy = people["ada"], people["cy"]
    letter = card(cy, "Weekly letter")
    await letter.get_by_role("button", name="Run now").click()
    await expect(letter.get_by_role("list", name="Past runs")).to_contain_text("Waiting")
    await cy.goto("/inbox")
    await expect(cy.get_by_role("heading", name="No questions for you")).to_be_visible()
    await ada.goto("/inbox")
    await ada.get_by_role("list", name="Waiting for you").get_by_role("link", name=re.compile("What's in it")).click()
    await expect(ada.get_by_text("Started by schedule as Cy")).to_be_visible()
    await ada.get_by_label("What's in it?").fill("News")
    await ada.get_by_role("button", name="Continue").click()
    await cy.goto("/schedules")
    await expect(letter.get_by_role("list", name="Past runs")).to_contain_text("Done")
    await ada.goto("/shop/letter")
    await expect(ada.get_by_role("main")).to_contain_text("Runs every weekday at 9:00 AM (Europe/Berlin), next ")


async def test_runs_that_are_skipped_are_listed_with_the_reason(people: dict[str, Page], scheduled: AppProcess) -> None:
    cy, file = people["cy"], scheduled.project / "restival.yaml"
    secondly = '  - {action: shop/ask, cron: "* * * * * *", run_as: ada@example.com}\n'
    file.write_text(settings() + SCHEDULES + secondly)
    asked = card(cy, "Ask for stock")
    runs = asked.get_by_role("list", name="Past runs").get_by_role("link")
    await expect(runs).to_have_count(2, timeout=15_000)
    await expect(runs.first).to_contain_text("the previous run hasn't ended")
    await expect(runs.first).to_contain_text("Skipped")
    await expect(runs.first).to_contain_text("earlier runs were skipped too", timeout=15_000)
    assert await runs.first.get_attribute("href") == await runs.last.get_attribute("href")
    await asked.get_by_role("button", name="Pause").click()
    await asked.get_by_role("button", name="Run now").click()
    await expect(cy.get_by_text("Not started: the previous run hasn't ended")).to_be_visible()
    file.write_text(settings() + SCHEDULES)
    await expect(asked).to_have_count(0)


async def test_settings_that_change_hold_at_once_and_rights_are_checked_again(
    people: dict[str, Page], scheduled: AppProcess
) -> None:
    cy = people["cy"]
    file = scheduled.project / "restival.yaml"
    await expect(card(cy, "At the end of the month")).to_contain_text("On the last day of the month at 6:00 AM (UTC)")
    file.write_text(settings() + SCHEDULES.replace("0 6 L * *", "30 5 1 * *"))
    await expect(card(cy, "At the end of the month")).to_contain_text("On day 1 of each month at 5:30 AM (UTC)")
    button = card(cy, "Weekly letter").get_by_role("button", name="Pause")
    await expect(button).to_be_visible()
    file.write_text(settings(cy="support") + SCHEDULES)
    await expect(button).to_have_count(0)
    await expect(card(cy, "At the end of the month")).to_have_count(0)
    file.write_text(settings() + SCHEDULES)
    await expect(card(cy, "At the end of the month")).to_be_visible()


async def test_axe_finds_nothing(people: dict[str, Page]) -> None:
    cy = people["cy"]
    await expect(card(cy, "Weekly letter")).to_be_visible()
    assert await violations_in_all_looks(cy) == []

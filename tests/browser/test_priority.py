"""Priorities in the dashboard, the API, and the CSV."""

import csv
import io
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import fresh_page
from tests.process import AppProcess
from tests.web.test_app import Caller, environment

ACTIONS = """
from restival import IO, action


@action
async def refund(io: IO) -> str:
    return await io.input.text("Amount") + await io.input.text("Reason")


@action(priority="high")
async def alarm(io: IO) -> str:
    return await io.input.text("Applies to")
"""


@pytest.fixture
def app(restate_binary: Path, project: Path) -> Iterator[AppProcess]:
    (project / "actions" / "refund.py").write_text(ACTIONS)
    process = AppProcess(project, 0, project / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture
async def page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async for opened in fresh_page(browser, app):
        yield opened


def started(call: Caller, path: str) -> str:
    """A transaction whose first question waits."""
    status, told = call("POST", f"/api/actions/{path}", {})
    assert status == 201, told
    call.asked(told["id"])
    return str(told["id"])


def listed(call: Caller, query: str = "") -> list[tuple[str, str]]:
    """The ids and priorities of the JSON API, which has to have them as the CSV has."""
    status, told = call("GET", f"/api/transactions?{query}")
    assert status == 200, told
    _, text = call("GET", f"/api/transactions.csv?{query}")
    rows: list[Any] = told["transactions"]
    found = [(row["id"], row["priority"]) for row in rows]
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert [(line["id"], line["priority"]) for line in lines] == found
    return found


async def test_priorities_are_listed_sorted_filtered_and_kept(app: AppProcess, page: Page) -> None:
    call = Caller(app)
    low = started(call, "refund?priority=low")
    normal = started(call, "refund")
    urgent = started(call, "refund?priority=urgent")
    high = started(call, "alarm")
    status, told = call("POST", "/api/actions/refund?priority=now", {})
    assert (status, told["error"].partition(":")[0]) == (400, "priority")
    status, told = call("POST", "/api/queue/refund", {"to": "nobody", "priority": 3})
    assert (status, told["error"].partition(":")[0]) == (400, "priority")

    newest = [(high, "high"), (urgent, "urgent"), (normal, "normal"), (low, "low")]
    highest = [(urgent, "urgent"), (high, "high"), (normal, "normal"), (low, "low")]
    for _ in range(2):  # the second time after a kill -9
        assert listed(call) == newest
        assert listed(call, "sort=priority") == highest
        assert listed(call, "priority=urgent") == [(urgent, "urgent")]
        _, inbox = call("GET", "/api/inbox")
        assert [(row["id"], row["priority"]) for row in inbox] == highest
        app.kill()
        app.start()
    assert call("GET", "/api/transactions?priority=now")[0] == 400

    await page.goto("/inbox")
    rows = page.get_by_role("list", name="Waiting for you").get_by_role("link")
    await expect(rows).to_have_count(4)
    assert [await row.get_attribute("href") for row in await rows.all()] == [f"/t/{each}" for each, _ in highest]
    await expect(rows.nth(0)).to_contain_text("Priority: Urgent")
    await expect(rows.nth(1)).to_contain_text("Priority: High")
    assert "Priority" not in await rows.nth(2).inner_text()

    await page.goto(f"/t/{urgent}")
    await expect(page.locator(".r-head")).to_contain_text("Priority: Urgent")
    await page.goto(f"/t/{normal}")
    await expect(page.get_by_label("Amount")).to_be_visible()
    assert "Priority" not in await page.locator("main").inner_text()

    await page.goto("/history")
    table = page.get_by_role("table", name="Transactions")
    links = table.get_by_role("link")
    await expect(links).to_have_count(4)
    await page.get_by_label("Order").select_option("Highest priority first")
    await expect(links.first).to_have_attribute("href", f"/t/{urgent}")
    await expect(table.get_by_role("cell", name="Urgent", exact=True)).to_have_count(1)
    await page.get_by_label(re.compile("^Priority")).select_option("High")
    await expect(links).to_have_count(1)
    await expect(links.first).to_have_attribute("href", f"/t/{high}")
    assert "priority=high" in page.url
    await page.reload()
    await expect(links).to_have_count(1)

    path = f"/api/transactions/{urgent}"
    assert call("POST", f"{path}/answer", {"n": 1, "values": {"0": "5"}})[0] == 200
    assert call("POST", f"{path}/cancel", {})[0] == 202
    call.ended(urgent)
    _, told = call("GET", f"{path}/timeline")
    entry = next(span["entry"] for span in told["timeline"] if span.get("n") == 2)
    status, told = call("POST", f"{path}/restart", {"entry": entry})
    assert status == 201, told
    call.asked(told["id"], 2)
    assert (told["id"], "urgent") in listed(call, "priority=urgent")

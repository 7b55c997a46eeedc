"""`ctx.environment`, however an action is started."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import fresh_page
from tests.process import AppProcess
from tests.web.test_app import Caller, environment

ACTIONS = """
from restival import IO, Context, action


@action
async def tells(io: IO, ctx: Context) -> str:
    await io.input.text("Name")
    return ctx.environment


@action(schedule="* * * * * *", overlap="all")
async def scheduled(ctx: Context) -> str:
    return ctx.environment


@action
async def queues(ctx: Context) -> str:
    return await ctx.queue("tells", assignee=ctx.user)
"""


@pytest.fixture
def app(restate_binary: Path, project: Path) -> Iterator[AppProcess]:
    (project / "actions" / "tells.py").write_text(ACTIONS)
    (project / "restival.yaml").write_text("environment: staging\n")
    process = AppProcess(project, 0, project / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def answered(call: Caller, transaction: str, n: int = 1) -> Any:
    """The value of a transaction whose question was answered."""
    call.asked(transaction, n)
    status, told = call("POST", f"/api/transactions/{transaction}/answer", {"n": n, "values": {"0": "x"}})
    assert status == 200, told
    return call.ended(transaction)["outcome"]["value"]


def started(call: Caller, slug: str) -> str:
    status, told = call("POST", f"/api/actions/{slug}", {})
    assert status == 201, told
    return str(told["id"])


async def test_every_start_gets_the_environment_of_the_settings(browser: Browser, app: AppProcess) -> None:
    call = Caller(app)
    first = started(call, "tells")
    assert answered(call, first) == "staging"

    async for page in fresh_page(browser, app):
        await page.goto("/tells")
        await page.get_by_label("Name").fill("x")
        await page.get_by_role("button", name="Continue").click()
        await expect(page.get_by_text("staging", exact=True).last).to_be_visible()
        assert call.ended(page.url.rpartition("/")[2])["outcome"]["value"] == "staging"

    queued = call.ended(started(call, "queues"))["outcome"]["value"]
    call.asked(queued)
    assert call("POST", f"/api/transactions/{queued}/answer", {"n": 1, "values": {}})[0] == 200
    assert answered(call, queued, 2) == "staging"

    _, told = call("GET", "/api/transactions?action=scheduled&status=Done")
    assert told["transactions"]
    assert call.ended(told["transactions"][0]["id"])["outcome"]["value"] == "staging"

    waits = started(call, "tells")
    call.asked(waits)
    (app.project / "restival.yaml").write_text("environment: blue\n")
    end = time.monotonic() + 20
    while answered(call, started(call, "tells")) != "blue":
        assert time.monotonic() < end
    assert answered(call, waits) == "staging"  # as it was at its start

    _, told = call("GET", f"/api/transactions/{first}/timeline")
    entry = next(span["entry"] for span in told["timeline"] if span["kind"] == "question")
    status, told = call("POST", f"/api/transactions/{first}/restart", {"entry": entry})
    assert status == 201, told
    assert answered(call, told["id"]) == "blue"

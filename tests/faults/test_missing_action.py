"""Transactions of an action that is gone can be read and ended, and continue when it comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import context_of, launched
from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults

ACTION = """
from restival import IO, action


@action
async def removed(io: IO) -> str:
    name = await io.input.text("Name")
    return name + await io.input.text("Again")
"""


@pytest.fixture
def app(project: Path, tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    (project / "actions" / "removed.py").write_text(ACTION)
    process = AppProcess(project, free_port, tmp_path / "data").start()
    yield process
    process.close()


def waiting(call: Caller) -> str:
    """A transaction that has one answer and waits for another."""
    _, started = call("POST", "/api/actions/removed", {})
    transaction = str(started["id"])
    call.asked(transaction)
    assert call("POST", f"/api/transactions/{transaction}/answer", {"n": 1, "values": {"0": "Ada"}})[0] == 200
    return transaction


@pytest.mark.parametrize("how", ["removed", "renamed", "broken"])
async def test_it_can_be_read_and_ended(app: AppProcess, chromium: str, how: str) -> None:
    call, code = Caller(app), app.project / "actions" / "removed.py"
    transaction, other = waiting(call), waiting(call)
    assert app.interrupt() == 0
    match how:
        case "removed":
            code.unlink()
        case "renamed":
            code.write_text(ACTION.replace("@action", "@action(slug='other')"))
        case _:
            code.write_text("import nothing_like_this")
    app.start()
    status, view = call("GET", f"/api/transactions/{transaction}")
    assert status == 200
    assert "no longer in the project" in view["trouble"]["message"]
    assert "Ada" in str(view)
    async with launched(chromium) as browser, context_of(browser, app) as context:
        page = await context.new_page()
        await page.goto(f"/t/{transaction}")
        await expect(page.get_by_role("heading", name="The action is missing")).to_be_visible()
        await expect(page.get_by_text("Ada").first).to_be_visible()
        await page.get_by_role("button", name="Cancel transaction").click()
        await expect(page.get_by_text("Cancelled").first).to_be_visible()
    assert call("POST", f"/api/transactions/{other}/cancel", {})[0] == 202
    for each in (transaction, other):
        assert call.until(each, lambda view: view["outcome"] is not None)["state"] == "Cancelled"


def test_it_continues_when_the_action_comes_back(app: AppProcess) -> None:
    call, code = Caller(app), app.project / "actions" / "removed.py"
    transaction = waiting(call)
    assert app.interrupt() == 0
    code.unlink()
    app.start()
    assert call("GET", f"/api/transactions/{transaction}")[1]["trouble"]["kind"] == "action_missing"
    assert app.interrupt() == 0
    code.write_text(ACTION)
    app.start()
    call.until(transaction, lambda view: view["trouble"] is None)
    assert call("POST", f"/api/transactions/{transaction}/answer", {"n": 2, "values": {"0": "!"}})[0] == 200
    assert call.until(transaction, lambda view: view["outcome"] is not None)["outcome"]["value"] == "Ada!"

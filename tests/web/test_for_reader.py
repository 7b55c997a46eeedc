"""Tracebacks, paths and values in failures are for those who manage the action, wherever a failure is told."""

import json
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, Page, expect

from restival.engine.client.stuck import outcome_of, said_by, stuck_reason
from restival.engine.restate.admin import InvocationStatus
from tests.browser.chromium import context_of, launched
from tests.browser.test_sign_in import HASH, signed_in
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_sockets import entered

ACTION = """
from itertools import count

from restival import IO, action
from restival.engine.worker import workflow as service

N, told_of = count(), service.told_of


def failing(meta: object, *arguments: object) -> object:
    if meta.slug == "attempts":
        raise RuntimeError(f"SECRET {next(N)}")
    return told_of(meta, *arguments)


service.told_of = failing


@action
async def attempts(io: IO) -> str:
    return "done"


@action
async def ends(io: IO) -> str:
    private = "SECRET"
    raise ValueError("no such month")
"""
SETTINGS = f"""
sign_in: {{mode: password}}
roles:
  everyone: {{}}
  support: {{"*": [run, answer, view_history]}}
  boss: {{"*": [manage]}}
people:
  - {{mail: ada@example.com, name: Ada, roles: [support], password: "{HASH}"}}
  - {{mail: cy@example.com, name: Cy, roles: [boss], password: "{HASH}"}}
"""
INSIDE = ("SECRET", "Traceback", ".py", "line ")


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("reader")
    (folder / "actions").mkdir()
    (folder / "actions" / "failing.py").write_text(ACTION)
    (folder / "restival.yaml").write_text(SETTINGS)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture(scope="module")
def callers(app: AppProcess) -> dict[str, httpx2.Client]:
    return {name: entered(app, name) for name in ("ada", "cy")}


@pytest.fixture(scope="module")
def failed(callers: dict[str, httpx2.Client]) -> dict[str, str]:
    """A transaction whose attempts fail, and one that has failed."""
    found = {}
    for slug in ("attempts", "ends"):
        found[slug] = callers["ada"].post(f"/api/actions/{slug}", json={}).json()["id"]
        end = time.monotonic() + 40
        while True:
            view: Any = callers["ada"].get(f"/api/transactions/{found[slug]}").json()
            if view["trouble"] or view["outcome"]:
                break
            assert time.monotonic() < end
            time.sleep(0.2)
    return found


@pytest.mark.parametrize("slug", ["attempts", "ends"])
@pytest.mark.parametrize("tail", ["", "/timeline"])
def test_by_the_api(callers: dict[str, httpx2.Client], failed: dict[str, str], slug: str, tail: str) -> None:
    path = f"/api/transactions/{failed[slug]}{tail}"
    assert not [each for each in INSIDE if each in callers["ada"].get(path).text]
    if slug == "ends" or not tail:
        assert "Traceback" in callers["cy"].get(path).text


def test_in_words_for_all(callers: dict[str, httpx2.Client], failed: dict[str, str]) -> None:
    for who in ("ada", "cy"):
        trouble = callers[who].get(f"/api/transactions/{failed['attempts']}").json()["trouble"]
        assert trouble["message"] == "The last attempt raised RuntimeError."
        assert (trouble["details"] is not None) == (who == "cy")


@pytest.mark.parametrize("path", ["/api/transactions", "/api/transactions.csv", "/history"])
def test_in_lists(callers: dict[str, httpx2.Client], failed: dict[str, str], path: str) -> None:
    told = callers["ada"].get(path).text
    assert failed["ends"].partition(".")[0] in told.lower()
    assert not [each for each in ("SECRET", "Traceback") if each in told]


@pytest.fixture(scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with launched(chromium) as opened:
        yield opened


@pytest.mark.parametrize("slug", ["attempts", "ends"])
@pytest.mark.parametrize("tail", ["", "/timeline"])
async def test_on_pages(browser: Browser, app: AppProcess, failed: dict[str, str], slug: str, tail: str) -> None:
    async with context_of(browser, app) as hers, context_of(browser, app) as his:
        ada, cy = await signed_in(hers, "ada"), await signed_in(his, "cy")
        for page, inside in ((ada, False), (cy, True)):
            await page.goto(f"/t/{failed[slug]}{tail}")
            await settled(page, slug, tail)
            content = await page.content()
            assert ("Traceback (most" in content) == inside
            if not inside:
                assert not [each for each in INSIDE[:2] if each in content]


async def settled(page: Page, slug: str, tail: str) -> None:
    if slug == "attempts":
        await expect(page.get_by_text("The last attempt raised RuntimeError.")).to_be_visible()
    elif not tail:
        await expect(page.get_by_role("region", name="Result").or_(page.get_by_role("alert"))).to_be_visible()
    else:
        line = page.get_by_role("list", name="Timeline").get_by_role("listitem").last
        await expect(line).to_be_visible()
        if await line.locator("summary").count():
            await line.locator("summary").first.click()
            await page.wait_for_timeout(500)


def status(**given: Any) -> InvocationStatus:
    return InvocationStatus.model_validate({"id": "inv_1", "status": "backing-off", "retry_count": 9, **given})


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ("[500 Internal] KeyError('x')\nTraceback …", "The last attempt raised KeyError."),
        ("[500] my.Error(1)", "The last attempt raised my.Error."),
        ("[500] connection refused at 10.0.0.1", "The last attempt failed."),
        ("", "The last attempt failed."),
    ],
)
def test_the_first_line_by_its_type(failure: str, told: str) -> None:
    trouble = stuck_reason(status(last_failure=failure))
    assert trouble is not None
    assert (trouble.message, trouble.details) == (told, failure.partition("] ")[2])


def test_a_failure_of_restates_own() -> None:
    failure = "[500 Internal] it broke\nTraceback\nSECRET"
    ended = outcome_of(status(status="completed", completion_result="failure", completion_failure=failure))
    assert ended is not None
    assert (ended.error, said_by(failure)) == ("it broke", "it broke")
    assert json.loads(ended.model_dump_json())["traceback"] == "it broke\nTraceback\nSECRET"

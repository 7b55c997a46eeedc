"""The page of a transaction whose code keeps its thread to itself, opened meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.test_sign_in import context_of
from tests.process import AppProcess
from tests.web.test_app import environment

ACTION = """
import time

from restival import IO, action


@action
async def hold(io: IO) -> str:
    await io.input.text("Name")
    time.sleep(6)
    return "free"
"""


@pytest.fixture
def app(restate_binary: Path, project: Path, tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    (project / "actions" / "holding.py").write_text(ACTION)
    process = AppProcess(project, free_port, tmp_path / "data", environment(restate_binary)).start()
    yield process
    process.close()


@pytest.mark.parametrize("path", ["", "/timeline"])
async def test_a_page_that_is_opened_meanwhile_names_the_line(browser: Browser, app: AppProcess, path: str) -> None:
    async with context_of(browser, app) as context:
        first, second = await context.new_page(), await context.new_page()
        await first.goto("/hold")
        await first.get_by_label("Name").fill("Ada")
        await first.get_by_role("button", name="Continue").click()
        notice = "actions/holding.py, line 10: time.sleep(6)"
        await expect(first.get_by_text(notice)).to_be_visible()
        await second.goto(first.url + path)
        await expect(second.get_by_text(notice)).to_be_visible()
        await expect(second.get_by_role("button", name="Continue")).to_have_count(0)
        await expect(second.get_by_text("Waiting for you")).to_have_count(0)
        await expect(first.get_by_role("region", name="Result")).to_contain_text("free", timeout=20_000)
        await expect(second.get_by_text(notice)).to_have_count(0)

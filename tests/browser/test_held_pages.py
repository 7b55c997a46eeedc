"""A component whose code keeps the pages' thread to itself is stopped and named; everything else goes on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.test_sign_in import context_of
from tests.process import AppProcess
from tests.web.test_app import environment

COMPONENT = """
import time

from nicegui import ui

from restival.components import Component, OpenField


class Endless(Component[str]):
    def draw(self, field: OpenField[str]) -> None:
        ui.label("endless")
        while True:
            time.sleep(0.01)
"""
ACTION = """
from components.endless import Endless

from restival import IO, action


@action
async def ask(io: IO) -> str:
    return await io.input.text("Name")


@action
async def hold(io: IO) -> str:
    await io.group([Endless("Never drawn"), io.input.text("Name")])
    return "done"
"""


@pytest.fixture
def app(restate_binary: Path, project: Path, tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    (project / "components").mkdir()
    (project / "components" / "endless.py").write_text(COMPONENT)
    (project / "actions" / "both.py").write_text(ACTION)
    process = AppProcess(project, free_port, tmp_path / "data", environment(restate_binary)).start()
    yield process
    process.close()


async def test_drawing_that_never_ends_is_stopped_and_named(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app) as context:
        other, page = await context.new_page(), await context.new_page()
        await other.goto("/ask")
        await expect(other.get_by_label("Name")).to_be_visible()
        began = time.monotonic()
        await page.goto("/hold")
        alert = page.get_by_role("alert").filter(has_text="can't be shown")
        await expect(alert).to_contain_text("endless.py, line 13", timeout=20_000)
        assert time.monotonic() - began < 20
        await other.get_by_label("Name").fill("Ada")
        await other.get_by_role("button", name="Continue").click()
        await expect(other.get_by_role("region", name="Result")).to_contain_text("Ada")
        assert "endless.py:13" in (app.data / "app.log").read_text()

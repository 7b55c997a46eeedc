"""What a person sees of changed and broken code, and what they can do."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import context_of
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(120)

BEFORE = """
from restival import IO, Context, action


@action
async def change(io: IO, ctx: Context) -> str:
    first = await io.input.text("First")
    return first + await io.input.text("Second")
"""
ASKED = """
from restival import IO, action


@action
async def change(io: IO) -> str:
    await io.input.text("First")
    return str(await io.confirm("Send it?"))
"""
AFTER = BEFORE.replace("    first =", '    await ctx.now()\n    await ctx.log("new code")\n    first =')


async def test_changed_code_is_told_and_restarted(
    browser: Browser, restate_binary: Path, project: Path, free_port: int
) -> None:
    file = project / "actions" / "change.py"
    file.write_text(BEFORE)
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}
    app = AppProcess(project, free_port, project / "data", environment).start("--reload")
    try:
        async with context_of(browser, app, wait=30_000) as context:
            page = await context.new_page()
            await page.goto("/change")
            await page.get_by_label("First").fill("a")
            await page.get_by_role("button", name="Continue").click()
            await expect(page.get_by_label("Second")).to_be_visible()
            stuck = page.url
            file.write_text(AFTER)
            heading = page.get_by_role("heading", name="The action's code has changed")
            await expect(heading).to_be_visible(timeout=20_000)
            await expect(page.get_by_text("Stuck")).to_be_visible()
            await page.get_by_role("button", name="Restart from the beginning").click()
            await expect(page.get_by_label("First")).to_be_visible()
            await expect(page.get_by_text("new code")).to_be_visible()
            assert page.url != stuck
            await page.goto(stuck)
            await expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()

            (project / "actions" / "broken.py").write_text("x = 1\ndef oops(:\n")
            await page.goto("/")
            await expect(page.get_by_text("actions/broken.py:2")).to_be_visible(timeout=15_000)
            await expect(page.get_by_text(re.compile("syntax error: invalid syntax"))).to_be_visible()
            await expect(page.get_by_role("link", name="Change", exact=True).first).to_be_visible()
    finally:
        app.close()


async def test_a_dialog_leaves_when_its_code_has_changed_and_comes_back_with_it(
    browser: Browser, restate_binary: Path, project: Path, free_port: int
) -> None:
    file = project / "actions" / "change.py"
    file.write_text(ASKED)
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}
    app = AppProcess(project, free_port, project / "data", environment).start("--reload")
    try:
        async with context_of(browser, app, wait=30_000) as context:
            page = await context.new_page()
            await page.goto("/change")
            await page.get_by_label("First").fill("a")
            await page.get_by_role("button", name="Continue").click()
            dialog = page.get_by_role("alertdialog")
            await expect(dialog).to_be_visible()
            file.write_text(ASKED.replace("    return", '    await io.input.text("New")\n    return'))
            await expect(page.get_by_role("heading", name="The action's code has changed")).to_be_visible()
            await expect(dialog).to_have_count(0)
            await page.reload()
            await expect(page.get_by_role("button", name="Restart from the beginning")).to_be_visible()
            await expect(dialog).to_have_count(0)
            file.write_text(ASKED)
            await dialog.get_by_role("button", name="Yes").click()
            await expect(page.get_by_text("True")).to_be_visible()
    finally:
        app.close()

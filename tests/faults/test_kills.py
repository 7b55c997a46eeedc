"""kill -9 of the real processes, with a browser that stays open."""

import asyncio
import json
import os
import random
import re
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.browser.chromium import launched
from tests.process import AppProcess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PROJECT = Path(__file__).parent / "project"
ASKS = (1, 4, 7, 10)
KINDS = ("app", "restate", "both")
ERROR_PAGE = "chrome-error:"
BACK_WITHIN = 90_000
"""Milliseconds: while kills go on a page may have no time to come back for several of them."""


class Scene:
    """The app, a browser page, and what the person has seen."""

    def __init__(self, app: AppProcess, page: Page, file: Path) -> None:
        self.app = app
        self.page = page
        self.file = file
        self.seen_answered = 0
        self.at = ""
        """Where the page is, or was before the browser's own error page."""

    async def begin(self) -> None:
        self.file.write_text("")
        self.seen_answered = 0
        await self.page.goto(f"{self.app.url}/ten")
        await self.field(1).wait_for(timeout=BACK_WITHIN)

    def field(self, number: int) -> Any:
        return self.page.get_by_label(f"Value {number}", exact=True)

    async def send(self, number: int) -> None:
        """Fill in and send a form, and don't look what comes of it."""
        await self.field(number).fill(f"answer {number}")
        await self.page.get_by_role("button", name="Continue").click()

    async def answer(self, number: int) -> None:
        """Fill in and send a form until the page shows that it was taken, whatever is killed in between."""
        while True:
            shown = await self.current()
            if shown != number:
                assert shown is None or shown > number, f"form {shown} came back although {number} was answered"
                break
            try:
                await self.field(number).fill(f"answer {number}", timeout=2000)
                await self.page.get_by_role("button", name="Continue").click(timeout=2000)
                await self.field(number).wait_for(state="detached", timeout=3000)
            except PlaywrightTimeout:
                continue
        self.seen_answered = number

    async def shown(self, locator: Any) -> None:
        """Wait until the page shows it. A kill in the very moment of a reload leaves the browser on its own error page,
        from which Chrome with windows loads again by itself, and this one doesn't."""
        end = asyncio.get_running_loop().time() + BACK_WITHIN / 1000
        while True:
            if self.page.url.startswith(ERROR_PAGE):
                with suppress(PlaywrightError):
                    await self.page.goto(self.at)
            else:
                self.at = self.page.url
            try:
                await locator.wait_for(timeout=5_000)
            except PlaywrightTimeout:
                if asyncio.get_running_loop().time() > end:
                    raise
            else:
                return

    async def current(self) -> int | None:
        """The number of the form that waits, None at the end; waits until the page shows either."""
        waiting = self.page.get_by_label(re.compile(r"^Value \d+$")).or_(self.page.get_by_text("Done", exact=True))
        await self.shown(waiting.first)
        if await self.page.get_by_text("Done", exact=True).count():
            return None
        field = self.page.get_by_label(re.compile(r"^Value \d+$")).first
        try:
            label: str = await field.evaluate("(input) => input.labels[0].textContent")
        except PlaywrightError:  # the page has come back this very moment, and is loaded anew
            return await self.current()
        number = int(label.split()[1])
        assert number > self.seen_answered, f"form {number} came back although it was answered"
        return number

    async def kill(self, kind: str) -> None:
        if kind in ("app", "both"):
            if kind == "both":
                self.app.kill_restate()
            self.app.kill()
            self.app.start(wait=0)
            await asyncio.to_thread(self.app.wait_ready)
        else:
            self.app.kill_restate()

    async def finish(self) -> None:
        for number in ASKS:
            if number > self.seen_answered:
                await self.answer(number)
        await self.shown(self.page.get_by_text("Done", exact=True))
        await self.check()

    async def told(self, transaction: str) -> Any:
        """The transaction as the API tells it, as soon as the app is there: it may be killed right now."""
        while True:
            try:
                with urllib.request.urlopen(f"{self.app.url}/api/transactions/{transaction}", timeout=10) as response:
                    return json.load(response)
            except OSError:
                await asyncio.sleep(0.1)

    async def check(self) -> None:
        """No answer is lost, and no step ran again after it was recorded."""
        transaction = self.page.url.rpartition("/")[2]
        view = await self.told(transaction)
        value = view["outcome"]["value"]
        assert value["answers"] == [f"answer {number}" for number in ASKS]
        lines = [line.split() for line in self.file.read_text().splitlines()]
        for number, token in enumerate(value["tokens"], 1):
            written = [written for step, written in lines if int(step) == number]
            assert written[-1] == token, f"step {number} ran again after it was recorded"
        assert [line["text"] for line in view["log"].values()] == [f"step {number}" for number in range(1, 11)]


@pytest.fixture
async def scene(restate_binary: Path, chromium: str, tmp_path: Path, free_port: int) -> AsyncIterator[Scene]:
    file = tmp_path / "lines"
    environment = {"TEN_STEPS_FILE": str(file), "RESTIVAL_RESTATE_SERVER": str(restate_binary)}
    app = AppProcess(PROJECT, free_port, tmp_path / "data", environment).start()
    try:
        async with launched(chromium) as browser:
            yield Scene(app, await browser.new_page(), file)
    finally:
        app.close()


async def while_a_form_waits(scene: Scene, kill: Callable[[], Awaitable[None]]) -> None:
    await scene.answer(1)
    await scene.field(4).wait_for(timeout=BACK_WITHIN)
    await kill()
    await scene.field(4).wait_for(timeout=BACK_WITHIN)


async def between_answer_and_next_form(scene: Scene, kill: Callable[[], Awaitable[None]]) -> None:
    await scene.send(1)
    await kill()


async def inside_a_step(scene: Scene, kill: Callable[[], Awaitable[None]]) -> None:
    await scene.send(1)
    while not scene.file.read_text().startswith("1 "):
        await asyncio.sleep(0.005)
    await kill()


async def during_loading(scene: Scene, kill: Callable[[], Awaitable[None]]) -> None:
    await scene.send(1)
    while "\n" not in scene.file.read_text():
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.07)  # the first of ten is told now; Playwright looks too seldom to see it for sure
    await kill()


@pytest.mark.parametrize("kind", KINDS)
async def test_each_moment(scene: Scene, kind: str) -> None:
    for moment in (while_a_form_waits, between_answer_and_next_form, inside_a_step, during_loading):
        await scene.begin()
        await moment(scene, lambda: scene.kill(kind))
        await scene.finish()


async def test_seeded_random_moments(scene: Scene, request: pytest.FixtureRequest) -> None:
    seed = int(os.environ.get("RESTIVAL_KILL_SEED", "2026"))
    moments, left = random.Random(seed), request.config.getoption("--kills")
    while left > 0:
        await scene.begin()
        finishing = asyncio.create_task(scene.finish())
        while left > 0 and not finishing.done():
            await asyncio.sleep(moments.uniform(0.05, 2.0))
            if not finishing.done():
                await scene.kill(moments.choice(KINDS))
                left -= 1
        await finishing

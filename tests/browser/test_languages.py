"""The dashboard in other languages and time zones: a whole job in German, and a browser that is elsewhere."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.browser.test_accessible import violations
from tests.browser.test_sign_in import HASH, PASSWORD
from tests.process import AppProcess

SETTINGS = f"""
title: Acme
sign_in: {{mode: password}}
roles: {{boss: {{"*": [manage]}}}}
people:
  - {{mail: ada@example.com, name: Ada, roles: [boss], password: "{HASH}"}}
"""
ACTION = """
from typing import Annotated, Any

from pydantic import Field

from restival import IO, Context, action


@action(title="Zahlen")
async def pay(io: IO, ctx: Context, reason: Annotated[str, Field(min_length=3)]) -> dict[str, Any]:
    amount = await io.input.number("Betrag", currency="EUR", min=1, max=5000)
    await ctx.log("asked")
    sure = await io.confirm("Wirklich?")
    return {"amount": amount, "sure": sure}
"""


@pytest.fixture(scope="module")
def office(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("languages")
    (folder / "project" / "actions").mkdir(parents=True)
    (folder / "project" / "actions" / "pay.py").write_text(ACTION)
    (folder / "project" / "restival.yaml").write_text(SETTINGS)
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start()
    yield process
    process.close()


@asynccontextmanager
async def visit(browser: Browser, app: AppProcess, **where: str) -> AsyncIterator[Page]:
    async with context_of(browser, app, **where) as context:
        yield await context.new_page()


async def sign_in(page: Page, words: tuple[str, str, str], password: str = PASSWORD) -> None:
    mail, secret, button = words
    await page.get_by_label(mail).fill("ada@example.com")
    await page.get_by_label(secret).fill(password)
    await page.get_by_role("button", name=button).click()


GERMAN, ENGLISH = ("Mail", "Passwort", "Anmelden"), ("Email", "Password", "Sign in")


async def test_a_whole_job_in_german(browser: Browser, office: AppProcess) -> None:
    async with visit(browser, office, locale="de-DE", timezone_id="Europe/Berlin") as page:
        await page.goto("/pay")
        await sign_in(page, GERMAN, "wrong")
        await expect(page.get_by_role("alert")).to_have_text("Mail, Passwort oder Code stimmen nicht.")
        await sign_in(page, GERMAN)
        await page.get_by_role("button", name="Starten").click()
        await expect(page.get_by_text("Dieses Feld ist erforderlich.")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await page.get_by_label("Reason").fill("Porto")
        await page.get_by_role("button", name="Starten").click()
        amount = page.get_by_label("Betrag")
        await amount.fill("7000,50")
        await page.get_by_role("button", name="Weiter").click()
        await expect(page.get_by_text("Bitte eine Zahl von 1,00 bis 5.000,00 eingeben.")).to_be_visible()
        assert await violations(page) == []
        await amount.fill("1.250,5")
        await page.get_by_role("button", name="Weiter").click()
        await page.get_by_role("alertdialog", name="Wirklich?").get_by_role("button", name="Ja").click()
        result = page.get_by_role("region", name="Ergebnis")
        await expect(result).to_contain_text("1250,5")
        await expect(page.get_by_text("1.250,50 €")).to_be_visible()
        await expect(page.get_by_text(re.compile(r"^beantwortet von Ada, \d\d:\d\d$")).first).to_be_visible()
        await page.get_by_role("link", name="Verlauf").click()
        await expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ Vorg"))).to_be_visible()
        await expect(page.get_by_role("cell", name="Erledigt")).to_be_visible()
        await expect(page.get_by_role("table", name="Vorgänge")).to_contain_text(re.compile(r"\d+(,\d)? Sek\."))
        await page.get_by_role("navigation", name="Aktionen").get_by_role("link", name="Posteingang").click()
        await expect(page.get_by_role("heading", name="Keine Fragen für mich")).to_be_visible()


async def test_times_are_those_of_the_browsers_zone_and_a_chosen_language_stays(
    browser: Browser, office: AppProcess
) -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    async with visit(browser, office, locale="en-GB", timezone_id=str(auckland)) as page:
        await page.goto("/pay")
        await sign_in(page, ENGLISH)
        await page.get_by_label("Reason").fill("Stamps")
        await page.get_by_role("button", name="Start", exact=True).click()
        started = page.get_by_text(re.compile("^Started by Ada"))
        now = datetime.now(auckland)
        clocks = "|".join(f"{now + timedelta(minutes=late):%H:%M}" for late in (-1, 0))
        await expect(started).to_have_text(re.compile(rf"^Started by Ada, ({clocks})$"))
        await page.get_by_role("button", name="Person: Ada").click()
        async with page.expect_event("load", timeout=30_000):
            await page.get_by_label("Language").select_option("Deutsch")
        started = page.get_by_text(re.compile("^Gestartet von Ada"))
        await expect(started).to_have_text(re.compile(rf"^Gestartet von Ada, ({clocks})$"))
        await page.reload()
        await expect(started).to_be_visible()
        # the day of the filters is the one that it is there
        today = datetime.now(auckland).date()
        for day, count in ((today, 1), (today + timedelta(days=1), 0)):
            await page.goto(f"/history?since={day}&status=Waiting")
            await expect(page.get_by_role("status").filter(has_text=f"{count} Vorg")).to_be_visible()
        await page.get_by_role("button", name="Person: Ada").click()
        async with page.expect_event("load", timeout=30_000):
            await page.get_by_label("Sprache").select_option("Automatisch")
        await expect(page.get_by_role("heading", name="History")).to_be_visible()


async def test_the_settings_language_holds_in_open_pages(browser: Browser, office: AppProcess) -> None:
    file = office.project / "restival.yaml"
    async with visit(browser, office, locale="en-US") as page:
        await page.goto("/inbox")
        await sign_in(page, ENGLISH)
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        try:
            file.write_text(f"{SETTINGS}locale: de\ntimezone: Asia/Kolkata\n")
            await expect(page.get_by_role("heading", name="Posteingang")).to_be_visible()
            file.write_text(f"{SETTINGS}locale: fr\n")
            await expect(
                page.get_by_text(re.compile(r"restival.yaml:\d+: locale: write one of en or de"))
            ).to_be_visible()
        finally:
            file.write_text(SETTINGS)
        await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()

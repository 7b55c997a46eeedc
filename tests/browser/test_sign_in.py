"""Signing in, and what people with different rights see and may do, each in a browser of their own."""

import http.client
import json
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect
from typer.testing import CliRunner

from restival.auth.passwords import hashed
from restival.cli.main import app
from tests.browser.chromium import context_of
from tests.browser.test_accessible import violations_in_all_looks
from tests.process import AppProcess

GUARDED = Path(__file__).parent / "guarded"
PASSWORD = "correct horse battery"
HASH = hashed(PASSWORD)
NAMES = {"ada": "support", "bo": "finance", "cy": "boss", "dee": ""}

SETTINGS = """
title: Acme
sign_in: {mode: password, attempts: 3, lock: 1h}
roles:
  everyone: {}
  support: {shop: [run, answer, view_history]}
  finance: {finance: [run], shop: [see]}
  boss: {"*": [manage]}
people:
"""


def settings(**roles: str) -> str:
    people = [
        f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [{role}], password: "{HASH}"}}\n'
        for name, role in {**NAMES, **roles}.items()
    ]
    return SETTINGS + "".join(people)


@contextmanager
def guarded_app(restate_binary: Path, folder: Path, yaml: str) -> Iterator[AppProcess]:
    """The project that people sign in to, with these settings."""
    shutil.copytree(GUARDED, folder / "project")
    (folder / "project" / "restival.yaml").write_text(yaml)
    process = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture(scope="module")
def guarded(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    with guarded_app(restate_binary, tmp_path_factory.mktemp("guarded"), settings()) as process:
        yield process


@pytest.fixture
async def visitor(browser: Browser, guarded: AppProcess) -> AsyncIterator[Page]:
    async with context_of(browser, guarded) as context:
        yield await context.new_page()


async def signed_in(context: BrowserContext, name: str) -> Page:
    """A page of somebody who has signed in, and has opened nothing yet."""
    form = {"mail": f"{name}@example.com", "password": PASSWORD}
    answer = await context.request.post("/sign-in", form=form, max_redirects=0)
    assert answer.status == 303
    return await context.new_page()


async def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    await page.get_by_label("Email").fill(f"{name}@example.com")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


@pytest.fixture
async def people(browser: Browser, guarded: AppProcess) -> AsyncIterator[dict[str, Page]]:
    async with (
        context_of(browser, guarded) as ada,
        context_of(browser, guarded) as bo,
        context_of(browser, guarded) as cy,
    ):
        pages = {}
        for name, context in {"ada": ada, "bo": bo, "cy": cy}.items():
            pages[name] = await signed_in(context, name)
        yield pages


async def test_signing_in_leads_to_the_page_that_was_wanted(visitor: Page) -> None:
    await visitor.goto("/shop/refund?x=1")
    assert "/sign-in?next=" in visitor.url
    await expect(visitor.get_by_role("heading", name="Acme")).to_be_visible()
    await expect(visitor.get_by_text("Refund")).to_have_count(0)
    await sign_in(visitor, "ada", "wrong")
    await expect(visitor.get_by_role("alert")).to_have_text("Incorrect email, password, or code.")
    await expect(visitor.get_by_label("Email")).to_have_value("ada@example.com")
    await visitor.get_by_label("Password").fill(PASSWORD)
    await visitor.keyboard.press("Enter")
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await expect(visitor.get_by_label("Amount")).to_be_visible()
    await visitor.get_by_role("button", name="Person: Ada").click()
    await visitor.get_by_role("button", name="Sign out").click()
    await expect(visitor.get_by_label("Email")).to_be_visible()
    await visitor.go_back()
    await expect(visitor.get_by_label("Email")).to_be_visible()


async def test_the_page_follows_light_and_dark(visitor: Page) -> None:
    await visitor.goto("/")
    for scheme, look in (("dark", "r-sign-in body--dark"), ("light", "r-sign-in")):
        await visitor.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await expect(visitor.locator("body")).to_have_class(look)


async def test_what_one_has_typed_and_marked_is_not_there_for_the_next_in_the_same_browser(visitor: Page) -> None:
    await visitor.goto("/shop/refund")
    await sign_in(visitor, "ada")
    await visitor.get_by_role("main").get_by_role("button", name="Start").click()
    await visitor.get_by_label("Amount").fill("12")
    here = visitor.url
    await visitor.wait_for_timeout(600)  # until the draft is kept
    await visitor.goto("/")
    star = visitor.get_by_role("button", name="Favorite: Refund a charge")
    await star.click()
    await expect(star).to_have_count(2)
    for name, amount, stars in (("cy", "", 1), ("ada", "12", 2)):
        await visitor.get_by_role("button", name="Person: ").click()
        await visitor.get_by_role("button", name="Sign out").click()
        await sign_in(visitor, name)
        await expect(star.first).to_be_visible()
        await expect(star).to_have_count(stars)
        await visitor.goto(here)
        await expect(visitor.get_by_label("Amount")).to_have_value(amount)


async def test_each_sees_what_is_theirs_and_nothing_names_the_rest(people: dict[str, Page]) -> None:
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    for page in people.values():
        await page.goto("/")
    main = ada.get_by_role("main")
    await expect(main.get_by_role("link", name="Refund a charge", exact=True).first).to_be_visible()
    await expect(main.get_by_role("link", name="Only for support", exact=True).first).to_be_visible()
    assert "salaries" not in (await ada.content()).lower()
    await ada.goto("/finance/salaries")
    await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
    await expect(bo.get_by_role("main").get_by_role("link", name="Pay salaries", exact=True).first).to_be_visible()
    assert "only for support" not in (await bo.content()).lower()
    await bo.goto("/shop/refund")
    await expect(bo.get_by_text("You can see this action, but you don't have permission to run it.")).to_be_visible()
    await expect(cy.get_by_role("main").get_by_role("link", name="Pay salaries", exact=True).first).to_be_visible()
    assert "only for support" not in (await cy.content()).lower()  # a manager hasn't that role


async def test_only_who_may_answers_and_sees_and_cancels(people: dict[str, Page]) -> None:
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    await bo.goto("/finance/salaries")
    await expect(bo.get_by_text("Waiting for you")).to_be_visible()
    await ada.goto(bo.url)
    await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
    await cy.goto(bo.url)
    await cy.get_by_label("Month").fill("wrong")
    await cy.get_by_role("button", name="Continue").click()
    await expect(bo.get_by_text("Failed", exact=True)).to_be_visible()
    await expect(cy.get_by_text("Show traceback")).to_be_visible()
    await expect(bo.get_by_text("there is no such month")).to_be_visible()
    await expect(bo.get_by_text("Show traceback")).to_have_count(0)
    await cy.goto("/shop/refund")
    await expect(cy.get_by_label("Amount")).to_be_visible()
    await ada.goto(cy.url)
    await expect(ada.get_by_label("Amount")).to_be_visible()
    await expect(ada.get_by_role("button", name="Cancel")).to_have_count(0)  # not hers


async def test_identity_is_confirmed_by_the_password_and_the_journal_never_has_it(
    people: dict[str, Page], guarded: AppProcess
) -> None:
    ada = people["ada"]
    await ada.goto("/shop/refund")
    await ada.get_by_label("Amount").fill("5")
    await ada.wait_for_timeout(2_100)  # the grace period of this action
    await ada.get_by_role("button", name="Continue").click()
    dialog = ada.get_by_role("alertdialog", name="Really pay?")
    await expect(dialog.get_by_label("Your password")).to_be_focused()
    await dialog.get_by_label("Your password").fill("not this one")
    await ada.keyboard.press("Enter")
    await expect(dialog.get_by_text("Incorrect password.")).to_be_visible()
    transaction = ada.url.rpartition("/")[2]
    status, told = await call_as(ada, f"/api/transactions/{transaction}/answer", {"n": 2, "values": {"0": True}})
    assert (status, told["fields"]) == (422, {"0": "Confirm with your password."})
    status, told = await call_as(ada, f"/api/transactions/{transaction}/answer", {"n": 2, "values": {"0": {}}})
    assert status == 422
    guarded.kill()
    async with ada.expect_event("load", timeout=40_000):
        guarded.start()
    await expect(dialog.get_by_label("Your password")).to_be_focused()
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Yes").click()
    await expect(ada.get_by_role("region", name="Result")).to_contain_text("Yes")
    _, view = await call_as(ada, f"/api/transactions/{transaction}")
    assert PASSWORD not in json.dumps(view)
    await ada.goto("/shop/check")
    dialog = ada.get_by_role("alertdialog", name="Is it you?")
    await expect(dialog.get_by_label("Your password")).to_have_count(0)
    await dialog.get_by_role("button", name="Yes").click()
    await expect(ada.get_by_role("region", name="Result")).to_contain_text("Yes")


async def call_as(page: Page, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    """Call the API with the person's cookie."""
    if body is None:
        answer = await page.request.get(path)
    else:
        answer = await page.request.post(path, data=body)
    return answer.status, await answer.json()


async def test_rights_that_change_take_effect_on_open_pages(people: dict[str, Page], guarded: AppProcess) -> None:
    ada, cy = people["ada"], people["cy"]
    file = guarded.project / "restival.yaml"
    await ada.goto("/shop/refund")
    await ada.get_by_label("Amount").fill("12")
    await ada.wait_for_timeout(500)
    await cy.goto("/")
    try:
        file.write_text(settings(ada="finance"))
        await expect(ada.get_by_text("Waiting for someone with permission to answer.")).to_be_visible(timeout=3_000)
        await expect(ada.get_by_text("Waiting for someone", exact=True)).to_be_visible()
        await expect(ada.get_by_role("navigation").get_by_text("Finance")).to_be_visible()
        await expect(ada.get_by_role("button", name="Run again")).to_have_count(0)
        transaction = ada.url.rpartition("/")[2]
        status, _ = await call_as(ada, f"/api/transactions/{transaction}/answer", {"n": 1, "values": {"0": 1}})
        assert status == 403
        file.write_text(settings() + "nonsense: 1\n")
        await expect(cy.get_by_text("nonsense: unknown key")).to_be_visible(timeout=3_000)
        await expect(ada.get_by_text("nonsense")).to_have_count(0)
        file.write_text(settings())
        await expect(cy.get_by_text("nonsense")).to_have_count(0, timeout=3_000)
        await expect(ada.get_by_label("Amount")).to_have_value("12")
        file.write_text(settings(ada="").replace("ada@", "gone@"))
        await expect(ada.get_by_label("Email")).to_be_visible(timeout=5_000)
        await cy.goto("/people")
        file.write_text(settings())
        await expect(cy.get_by_text("ada@example.com").first).to_be_visible(timeout=3_000)
    finally:
        file.write_text(settings())


async def test_menus_of_the_settings(people: dict[str, Page], guarded: AppProcess) -> None:
    file = guarded.project / "restival.yaml"
    menus = """menus:
  - title: Daily
    items:
      - {action: shop/refund, title: Give money back}
      - {page: finance}
      - {url: "https://example.com/", title: Handbook}
      - {url: "https://example.com/boss", title: Figures, roles: [boss]}
  - title: Secret
    roles: [boss]
    items: [{action: finance/salaries}]
"""
    try:
        file.write_text(settings() + menus)
        top = ["Home", "Inbox", "History", "Give money back"]
        for name, shown, hidden in (
            ("ada", [*top, "Handbook"], "Figures"),
            ("bo", [*top, "Finance", "Handbook"], "Secret"),
            (
                "cy",
                [
                    "Home",
                    "Inbox",
                    "History",
                    "Schedules",
                    "People and roles",
                    "Audit",
                    "Restate",
                    "Give money back",
                    "Finance",
                    "Handbook",
                    "Figures",
                    "Pay salaries",
                ],
                "Only for support",
            ),
        ):
            navigation = people[name].get_by_role("navigation")
            await people[name].goto("/")
            await expect(navigation.get_by_text("Daily")).to_be_visible()
            for group in await navigation.locator("summary").all():
                await group.click()
            await expect(navigation.get_by_role("link").locator("span:not(.r-count)")).to_have_text(shown)
            await expect(navigation.get_by_text(hidden)).to_have_count(0)
    finally:
        file.write_text(settings())


async def test_failures_lock_also_where_there_is_nobody(visitor: Page, guarded: AppProcess) -> None:
    for mail in ("dee", "nobody"):
        await visitor.goto("/sign-in")
        for _ in range(3):
            await sign_in(visitor, mail, "wrong")
            await expect(visitor.get_by_role("alert")).to_have_text("Incorrect email, password, or code.")
        await sign_in(visitor, mail)
        await expect(visitor.get_by_role("alert")).to_have_text("Too many failed attempts. Try again in 60 minutes.")
    guarded.kill()
    guarded.start()
    await sign_in(visitor, "dee")
    await expect(visitor.get_by_role("alert")).to_contain_text("Too many failed attempts")
    lines = [json.loads(line) for line in (guarded.data / "audit.jsonl").read_text().splitlines()]
    refused = [line for line in lines if line["event"] == "sign-in refused" and line["who"] == "dee@example.com"]
    assert [line["why"] for line in refused[-5:]] == ["WrongPassword"] * 3 + ["Locked"] * 2
    assert PASSWORD not in str(lines)


async def test_people_and_roles_for_those_who_manage(
    people: dict[str, Page], visitor: Page, guarded: AppProcess
) -> None:
    ada, cy = people["ada"], people["cy"]
    await expect(ada.get_by_role("link", name="People and roles")).to_have_count(0)
    await ada.goto("/people")
    await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
    await cy.goto("/")
    await cy.get_by_role("link", name="People and roles").click()
    rights = cy.get_by_role("table", name="Permissions")
    await cy.get_by_role("combobox", name="Person").select_option("Ada")
    refund = rights.get_by_role("row", name="Refund a charge")
    await expect(refund).to_contain_text("support: shop grants answer, run, see, view_history.")
    row = rights.get_by_role("row", name="Pay salaries")
    await expect(row).to_contain_text("None of the roles of Ada grants access.")
    await expect(row.get_by_text("Yes")).to_have_count(0)
    await cy.get_by_role("combobox", name="Person").select_option("Everyone")
    await cy.get_by_role("combobox", name="Action").select_option("Pay salaries")
    await cy.get_by_label("Search").fill("finance: finance")
    await expect(rights.get_by_role("row")).to_have_count(2)
    await expect(rights.get_by_role("row", name="Bo")).to_contain_text("finance: finance grants run, see.")
    await expect(cy.get_by_text("Only for support")).to_have_count(0)  # not hers to see
    await visitor.goto("/sign-in")
    for _ in range(4):
        await sign_in(visitor, "dee", "wrong")
    await expect(visitor.get_by_role("alert")).to_contain_text("Too many failed attempts")
    await cy.reload()
    await cy.get_by_role("button", name="Unlock: Dee").wait_for()
    assert await violations_in_all_looks(cy) == []
    await cy.get_by_role("button", name="Unlock: Dee").click()
    await expect(cy.get_by_role("button", name="Unlock: Dee")).to_have_count(0)
    await sign_in(visitor, "dee")
    await expect(visitor.get_by_role("heading", name="Acme")).to_be_visible()
    await cy.get_by_role("button", name="End sessions: Dee").click()
    await expect(visitor.get_by_label("Email")).to_be_visible()
    lines = [json.loads(line) for line in (guarded.data / "audit.jsonl").read_text().splitlines()]
    done = [(line["event"], line["who"]) for line in lines if line.get("whom") == "dee@example.com"]
    assert done == [("unlocked", "cy@example.com"), ("sessions ended", "cy@example.com")]


def test_nothing_is_open_to_nobody(guarded: AppProcess) -> None:
    def status(method: str, path: str, **headers: str) -> int:
        connection = http.client.HTTPConnection("localhost", guarded.port, timeout=10)
        connection.request(method, path, headers={"accept": "text/html", **headers})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    assert status("GET", "/healthz") == 200
    for path in ("/", "/shop/refund", "/finance", "/account", "/t/shop.refund.aaaaaaaaaaaaaaaa", "/nothing"):
        assert status("GET", path) == 303, path
    for method, path in (
        ("GET", "/api/actions"),
        ("POST", "/api/actions/shop/refund"),
        ("GET", "/api/transactions/shop.refund.aaaaaaaaaaaaaaaa"),
        ("POST", "/api/transactions/shop.refund.aaaaaaaaaaaaaaaa/answer"),
        ("POST", "/api/transactions/shop.refund.aaaaaaaaaaaaaaaa/cancel"),
        ("PUT", "/api/files/shop.refund.aaaaaaaaaaaaaaaa/1/0?name=a"),
        ("GET", "/api/files/shop.refund.aaaaaaaaaaaaaaaa/b/c"),
        ("GET", "/_nicegui_ws/socket.io/?EIO=4&transport=polling"),
        ("GET", "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"),
    ):
        assert status(method, path, accept="application/json") == 401, path
    forged = "restival_session=eyJtYWlsIjoiY3lAZXhhbXBsZS5jb20ifQ.AAAA"
    assert status("GET", "/", cookie=forged) == 303
    assert status("POST", "/worker/invoke/shop.refund/run") == 401


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#c00"/></svg>'


async def test_the_look_changes_in_open_pages_within_a_second(people: dict[str, Page], guarded: AppProcess) -> None:
    ada, file = people["ada"], guarded.project / "restival.yaml"
    await ada.goto("/shop/refund")
    await ada.get_by_label("Amount").fill("7")
    (guarded.project / "logo.svg").write_text(LOGO)
    look = "theme: {primary: '#ffdd00', header: '#123456', logo: logo.svg, dark: on}\nenvironment: staging\n"
    look += "environments: [{name: production, url: 'https://tools.example.com'}]\n"
    try:
        file.write_text(settings().replace("Acme", "Acme tools") + look)
        began = time.monotonic()
        banner = ada.get_by_role("banner")
        await expect(banner.get_by_role("link", name="Acme tools")).to_be_visible(timeout=3_000)
        assert time.monotonic() - began < 1.5  # a second, and what the test itself takes
        await expect(ada.locator("body")).to_have_class(re.compile("body--dark"))
        await expect(banner).to_have_css("background-color", "rgb(18, 52, 86)")
        button = ada.get_by_role("button", name="Continue")
        await expect(button).to_have_css("background-color", "rgb(255, 221, 0)")
        await expect(button).to_have_css("color", "rgb(0, 0, 0)")
        assert await banner.locator("img").evaluate("(image) => image.naturalWidth") > 0
        await banner.get_by_role("button", name="Environment: staging").click()
        production = ada.get_by_role("link", name="production")
        await expect(production).to_have_attribute("href", "https://tools.example.com")
        await expect(ada.get_by_label("Amount")).to_have_value("7")
    finally:
        file.write_text(settings())
    await expect(ada.get_by_role("button", name="Continue")).to_have_css("background-color", "rgb(79, 70, 229)")
    await expect(ada.locator("body")).not_to_have_class(re.compile("body--dark"))


async def test_an_invitation_lets_somebody_choose_a_password_once(
    visitor: Page, guarded: AppProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESTIVAL_DATA", str(guarded.data))
    asked = ["user", "invite", "Fay@example.com", "--name", "Fay", "--role", "support"]
    asked += ["--url", guarded.url, "--project", str(guarded.project)]
    try:
        result = CliRunner().invoke(app, asked)
        link = result.output.strip()
        assert link.startswith(f"{guarded.url}/sign-in/invitation?token="), result.output
        assert "Fay" in (guarded.project / "restival.yaml").read_text()
        await visitor.wait_for_timeout(1_000)
        await visitor.goto(link[:-2] + "xx")
        await expect(visitor.get_by_role("alert")).to_have_text(
            "This invitation has expired or was already used. Ask for a new invitation."
        )
        await expect(visitor.get_by_label("New password")).to_have_count(0)
        assert await violations_in_all_looks(visitor) == []
        await visitor.goto(link)
        await expect(visitor.get_by_text("Choose a password for fay@example.com.")).to_be_visible()
        assert await violations_in_all_looks(visitor) == []
        for again, told in (("another one entirely", "Passwords don't match."), ("chosen by Fay", None)):
            await visitor.get_by_label("New password", exact=True).fill("chosen by Fay")
            await visitor.get_by_label("Confirm new password").fill(again)
            await visitor.get_by_role("button", name="Set password").click()
            if told:
                await expect(visitor.get_by_role("alert")).to_have_text(told)
                assert await violations_in_all_looks(visitor) == []
        await expect(visitor.get_by_role("status")).to_have_text("Your password is set. Sign in with it.")
        await sign_in(visitor, "fay", "chosen by Fay")
        await expect(visitor.get_by_role("link", name="Refund a charge", exact=True).first).to_be_visible()
        await visitor.goto(link)
        await expect(visitor.get_by_role("alert")).to_contain_text("has expired or was already used")
    finally:
        (guarded.project / "restival.yaml").write_text(settings())


async def test_broken_settings_are_told_on_screen_and_the_last_good_ones_hold(
    people: dict[str, Page], guarded: AppProcess
) -> None:
    ada, cy = people["ada"], people["cy"]
    file, lines = guarded.project / "restival.yaml", len(settings().splitlines())
    broken = {
        "theme: {primary: red}": f"restival.yaml:{lines + 1}: theme.primary: write the accent color, as #rrggbb",
        "menus: [1": f"restival.yaml:{lines + 2}: invalid YAML",
        "keys: [{name: x, hash: y}]": f"restival.yaml:{lines + 1}: keys.0.hash: write what `restival key` writes",
        "environment: ${NOWHERE}": f"restival.yaml:{lines + 1}: environment: the variable NOWHERE isn't set",
    }
    for page in (ada, cy):
        await page.goto("/")
    try:
        for text, told in broken.items():
            file.write_text(settings().replace("Acme", "Broken") + text + "\n")
            await expect(cy.get_by_text(told)).to_be_visible(timeout=3_000)
            await expect(cy.get_by_role("banner").get_by_role("link", name="Acme")).to_be_visible()
            await expect(ada.get_by_text("restival.yaml")).to_have_count(0)
    finally:
        file.write_text(settings())
    await expect(cy.get_by_text("can't be used")).to_have_count(0, timeout=3_000)

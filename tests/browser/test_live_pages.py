"""Declared pages: what they show, how they keep up, and who may see them."""

import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from restival.auth.passwords import hashed
from tests.browser.test_accessible import violations_in_all_looks
from tests.browser.test_sign_in import PASSWORD, context_of, sign_in
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(120)
LIVE = Path(__file__).parent / "live"
HASH = hashed(PASSWORD)
SETTINGS = """
title: Acme
sign_in: {{mode: password}}
roles:
  everyone: {{}}
  desk: {{desk: [{right}]}}
  boss: {{"*": [manage]}}
menus:
  - title: Work
    items: [{{page: desk/orders, title: What came in}}, {{page: closed/books}}, {{page: desk}}, {{action: desk/handle}}]
people:
  - {{mail: ada@example.com, name: Ada, roles: [desk], password: "{hash}"}}
  - {{mail: bo@example.com, name: Bo, roles: [desk], password: "{hash}"}}
  - {{mail: cy@example.com, name: Cy, roles: [boss], password: "{hash}"}}
"""
ORDERS = [{"number": number, "customer": f"Customer {number:02}"} for number in range(1, 13)]


class Shop:
    """The app under test, and what its pages read."""

    def __init__(self, app: AppProcess, file: Path) -> None:
        self.app, self._file = app, file

    def tell(self, **told: Any) -> None:
        self._file.write_text(json.dumps({"orders": ORDERS, **told}))

    def settings(self, right: str) -> None:
        (self.app.project / "restival.yaml").write_text(SETTINGS.format(right=right, hash=HASH))


@pytest.fixture(scope="module")
def shop(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("live")
    shutil.copytree(LIVE, folder / "project")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "ORDERS": str(folder / "orders.json")}
    process = AppProcess(folder / "project", 0, folder / "data", environment)
    process.take_free_port()
    made = Shop(process, folder / "orders.json")
    made.settings("run")
    made.tell()
    process.start("--reload")
    yield made
    process.close()


@pytest.fixture
async def ada(browser: Browser, shop: Shop) -> AsyncIterator[Page]:
    async with context_of(browser, shop.app) as context:
        yield await signed_in(await context.new_page(), "ada", shop)


@pytest.fixture
async def cy(browser: Browser, shop: Shop) -> AsyncIterator[Page]:
    async with context_of(browser, shop.app) as context:
        yield await signed_in(await context.new_page(), "cy", shop)


async def signed_in(page: Page, name: str, shop: Shop) -> Page:
    shop.tell()
    await page.goto("/")
    await sign_in(page, name)
    await expect(page.get_by_role("heading", name="Acme")).to_be_visible()
    return page


def rows(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name=name).get_by_role("row")


async def opened(page: Page) -> None:
    await page.goto("/desk/orders")
    await expect(rows(page, "Orders").nth(1)).to_contain_text("Customer 01")
    await expect(rows(page, "Long").nth(1)).to_contain_text("1")


async def test_rows_come_while_order_filter_page_and_focus_stay(ada: Page, shop: Shop) -> None:
    await opened(ada)
    await rows(ada, "Orders").first.get_by_role("button", name="customer").click()
    await rows(ada, "Orders").first.get_by_role("button", name="customer").click()
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 12")
    await rows(ada, "Long").first.get_by_role("button", name="n", exact=True).click()
    await rows(ada, "Long").first.get_by_role("button", name="n", exact=True).click()
    await expect(rows(ada, "Long").nth(1)).to_contain_text("30")
    await ada.get_by_role("button", name="Next page").nth(1).click()
    await expect(rows(ada, "Long").nth(1)).to_contain_text("27")
    focused = ada.get_by_role("button", name="Actions for 11")
    await focused.focus()
    shop.tell(orders=[*ORDERS, {"number": 13, "customer": "Customer 13"}], version=2, urgent=True)
    await expect(ada.get_by_text("Urgent")).to_be_visible()
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 13")
    await expect(rows(ada, "Long").nth(1)).to_contain_text(re.compile("27.*2"))
    await expect(focused).to_be_focused()
    link = ada.get_by_role("link", name="All 13")
    await link.focus()
    shop.tell(orders=[*ORDERS, {"number": 13, "customer": "Customer 13"}, {"number": 14, "customer": "Customer 14"}])
    await expect(ada.get_by_role("link", name="All 14")).to_be_focused()
    await ada.get_by_label("Filter Orders").fill("07")
    shop.tell(orders=[*ORDERS, {"number": 107, "customer": "Customer 107"}])
    await expect(rows(ada, "Orders")).to_have_count(3)
    await expect(ada.get_by_text("Urgent")).to_have_count(0)
    await expect(ada.get_by_label("Filter Orders")).to_have_value("07")


async def test_a_menu_of_a_row_starts_an_action_and_the_page_follows(browser: Browser, ada: Page, shop: Shop) -> None:
    async with context_of(browser, shop.app) as context:
        other = await signed_in(await context.new_page(), "bo", shop)
        await other.goto("/desk/handled")
        await expect(other.get_by_text("Read by bo@example.com")).to_be_visible()
        await expect(other.get_by_role("definition")).to_have_text("0")
        await opened(ada)
        menu = ada.get_by_role("button", name="Actions for 3", exact=True)
        await menu.focus()
        await ada.keyboard.press("Enter")
        await ada.keyboard.press("Tab")
        await ada.keyboard.press("Enter")
        await expect(ada.get_by_label("Number")).to_have_value("3")
        await expect(ada).to_have_url(re.compile(r"/desk/handle\?number=3$"))
        await ada.get_by_role("button", name="Start").click()
        await expect(ada.get_by_text("Order 3 is handled")).to_be_visible()
        await expect(other.get_by_role("definition")).to_have_text("1")


async def test_an_opened_menu_means_the_row_it_was_opened_for(ada: Page, shop: Shop) -> None:
    await opened(ada)
    await ada.get_by_role("button", name="Actions for 2", exact=True).click()
    shop.tell(orders=[{"number": 99, "customer": "First"}, *ORDERS])
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("First")
    await expect(ada.get_by_role("link", name="Handle it")).to_have_attribute("href", "/desk/handle?number=2")
    await expect(ada.get_by_text("See the books")).to_have_count(0)


async def test_what_fails_is_told_in_its_place_and_mended(ada: Page, cy: Page, shop: Shop) -> None:
    shop.tell(table="the table is away")
    await ada.goto("/desk/orders")
    alert = ada.get_by_role("alert").filter(has_text="Long couldn't be loaded")
    await expect(alert).to_contain_text("the table is away")
    await ada.wait_for_timeout(1_200)
    await expect(ada.get_by_text("Loading Long")).to_have_count(0)
    await expect(alert.get_by_text("Show traceback")).to_have_count(0)
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")
    shop.tell(down="the database is down")
    await expect(ada.get_by_text("Refresh failed.")).to_be_visible()
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")
    await cy.goto("/desk/orders")
    await expect(cy.get_by_role("alert")).to_contain_text("RuntimeError: the database is down")
    await cy.get_by_text("Show traceback").click()
    await expect(cy.get_by_role("region", name="Traceback")).to_contain_text("pages.py")
    shop.tell()
    await cy.get_by_role("button", name="Retry").click()
    for page in (ada, cy):
        await expect(rows(page, "Long").nth(1)).to_contain_text("1")
        await expect(page.get_by_role("alert")).to_have_count(0)


async def test_slow_values_leave_the_rest_alone_and_bytes_are_for_who_sees_them(
    browser: Browser, ada: Page, shop: Shop
) -> None:
    shop.tell(value=True)
    await ada.goto("/desk/slow")
    await expect(ada.get_by_role("heading", level=1)).to_have_text("Slow")
    await expect(ada.get_by_text("Loading failed: no value")).to_be_visible()
    await expect(ada.get_by_role("heading", level=1)).to_have_text("The slow one")
    await expect(ada.get_by_text("42", exact=True)).to_be_visible()
    shop.tell()
    await ada.get_by_role("button", name="Retry Wrong").click()
    await expect(ada.get_by_text("7", exact=True)).to_be_visible()
    await ada.get_by_role("tab", name="More").click()
    await ada.get_by_role("button", name="Refresh").click()
    await expect(ada.get_by_role("link", name="To the orders")).to_be_visible()
    picture = await ada.get_by_role("img", name="A pixel").get_attribute("src")
    assert picture is not None
    assert (await ada.request.get(picture)).status == 200
    async with context_of(browser, shop.app) as context:
        other = await signed_in(await context.new_page(), "bo", shop)
        assert (await other.request.get(picture)).status == 404
    async with context_of(browser, shop.app) as context:
        assert (await context.request.get(picture, max_redirects=0)).status == 401
    await ada.get_by_role("link", name="To the orders").click()
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")


async def test_all_rows_can_be_downloaded_by_who_sees_them(ada: Page) -> None:
    await opened(ada)
    async with ada.expect_download() as download:
        await ada.get_by_role("button", name="Download Long as CSV").click()
    lines = (await (await download.value).path()).read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "n,version" and lines[30] == "30,1"


async def test_an_open_page_comes_back_when_the_app_was_killed(ada: Page, shop: Shop) -> None:
    await opened(ada)
    shop.app.kill()
    async with ada.expect_event("load", timeout=20_000):
        shop.app.start("--reload")
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")
    shop.tell(orders=[{"number": 50, "customer": "After"}])
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("After")


async def test_a_page_asks_for_what_its_link_does_not_tell(ada: Page) -> None:
    await ada.goto("/desk/order?number=many")
    await expect(ada.get_by_text("The link contains an invalid value for this field.")).to_be_visible()
    await ada.get_by_label("Number").fill("7")
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("heading", name="Order 7")).to_be_visible()
    await expect(ada).to_have_url(re.compile(r"/desk/order\?number=7$"))
    await ada.goto("/desk/order?number=8&from=mail")
    await expect(ada.get_by_text("'from': 'mail'")).to_be_visible()


async def test_a_page_stands_for_its_folder_and_lists_are_of_what_may_be_seen(ada: Page, cy: Page) -> None:
    await ada.goto("/desk")
    await expect(ada.get_by_role("heading", name="The desk")).to_be_visible()
    await expect(ada.get_by_role("heading", name="Welcome")).to_be_visible()
    main = ada.get_by_role("main")
    await expect(main.get_by_role("link", name="Handle an order")).to_be_visible()
    await expect(main.get_by_role("link", name="Order", exact=True)).to_have_count(0)
    menu = ada.get_by_role("navigation", name="Actions")
    await expect(menu.get_by_role("link", name="What came in")).to_be_visible()
    await expect(menu.get_by_role("link", name="The desk")).to_be_visible()
    await expect(menu.get_by_role("link", name="Books")).to_have_count(0)
    await ada.goto("/")
    await expect(ada.get_by_text("Books")).to_have_count(0)
    await ada.keyboard.press("Control+k")
    await ada.keyboard.type("books")
    await expect(ada.get_by_text("No results")).to_be_visible()
    await ada.get_by_role("combobox", name="Go to…").fill("orders")
    await ada.keyboard.press("Enter")
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")
    await cy.goto("/closed/books")
    await expect(cy.get_by_text("4711")).to_be_visible()
    seen = []
    for path in ("/closed/books", "/closed/nothing"):
        response = await ada.goto(path)
        assert response is not None and response.status == 404
        await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
        seen.append((await ada.get_by_role("main").inner_text()).replace(path, ""))
    assert seen[0] == seen[1]


async def test_rights_that_are_taken_close_an_open_page(ada: Page, cy: Page, shop: Shop) -> None:
    await opened(ada)
    await opened(cy)
    shop.settings("")
    await expect(ada.get_by_role("heading", name="Page not found")).to_be_visible()
    await expect(ada.get_by_text("Customer 01")).to_have_count(0)
    await expect(rows(cy, "Orders").nth(1)).to_contain_text("Customer 01")
    shop.settings("see")
    await expect(rows(ada, "Orders").nth(1)).to_contain_text("Customer 01")
    shop.settings("run")


async def test_other_code_is_taken_by_an_open_page(ada: Page, shop: Shop) -> None:
    await opened(ada)
    await ada.get_by_label("Filter Orders").fill("1")
    code = shop.app.project / "actions" / "desk" / "pages.py"
    before = code.read_text()
    code.write_text(before.replace("**Urgent**", "**Very urgent**"))
    shop.tell(urgent=True)
    await expect(ada.get_by_text("Very urgent")).to_be_visible()
    await expect(ada.get_by_label("Filter Orders")).to_have_value("1")
    code.write_text(before)
    await expect(ada.get_by_text("Very urgent")).to_have_count(0)


async def test_axe_finds_nothing(cy: Page, shop: Shop) -> None:
    shop.tell(table="away")
    found = []
    for path in ("/desk", "/desk/orders", "/desk/slow", "/desk/order"):
        await cy.goto(path)
        await expect(cy.get_by_role("main").get_by_text("Loading")).to_have_count(0)
        found += await violations_in_all_looks(cy)
    assert not found, "\n".join(found)

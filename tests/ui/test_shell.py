"""The frame of all pages on a real app: finding the way, wrong ways, changes of the project, and the way back."""

import asyncio
import http.client
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import launched
from tests.browser.conftest import fresh_page
from tests.process import AppProcess

ACTIONS = {
    "office/ask.py": '''
from restival import IO, action


@action(icon="help")
async def ask(io: IO) -> str:
    """Asks once."""
    return await io.input.text("Name")


@action
async def order(io: IO, what: str, count: int = 1) -> str:
    """Orders **things**.

    As many as there are.
    """
    return f"{count} {what}"
''',
    "office/archive/find.py": '''
from restival import IO, action


@action
async def find(io: IO, word: str) -> str:
    """Finds old papers."""
    return word
''',
    "office/broken.py": "from restival import action\n\nasync def oops(:\n",
}
MENDED = '''
from restival import IO, action


@action
async def mended(io: IO, word: str) -> str:
    """Runs again."""
    return word
'''
SETTINGS = 'title: Test office\nenvironment: staging\ntheme:\n  primary: "#b00020"\n'
GONE = "/t/office.ask.abcdefgh01234567"
"""Looks like a transaction, and is none."""
AWAY_SECONDS = 12
"""Long enough for the browser to try in vain several times."""


@pytest.fixture(scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with launched(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project folder of the app."""
    folder = tmp_path_factory.mktemp("office")
    for name, code in ACTIONS.items():
        (folder / "actions" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "actions" / name).write_text(code)
    (folder / "restival.yaml").write_text(SETTINGS)
    return folder


@pytest.fixture(scope="module")
def app(office: Path, restate_binary: Path) -> Iterator[AppProcess]:
    yield from running(office, restate_binary)


def running(project: Path, restate_binary: Path) -> Iterator[AppProcess]:
    process = AppProcess(project, 0, project / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    process.start("--reload")
    yield process
    process.close()


@pytest.fixture
async def page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async for opened in fresh_page(browser, app):
        yield opened


def status_of(app: AppProcess, path: str) -> int:
    connection = http.client.HTTPConnection("localhost", app.port, timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


async def test_looking_at_an_action_without_a_browser_starts_nothing(page: Page, app: AppProcess) -> None:
    assert [status_of(app, "/office/ask") for _ in range(3)] == [200] * 3
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Office", exact=True)).to_be_visible()
    await page.wait_for_timeout(500)
    await expect(page.get_by_role("heading", name="Recent")).to_have_count(0)


async def test_wrong_addresses_have_a_page_and_the_status_404_and_start_nothing(page: Page, app: AppProcess) -> None:
    for path in ("/nowhere", "/office/nowhere", "/office/ask/extra", GONE, f"{GONE}/extra", "/t/nonsense"):
        assert status_of(app, path) == 404, path
        await page.goto(path)
        await expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
        await expect(page.get_by_text(f"No page exists at {path}.")).to_be_visible()
        await expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))
    await page.get_by_role("link", name="All actions").click()
    await expect(page.get_by_role("heading", level=1, name="Test office")).to_be_visible()
    assert status_of(app, "/") == 200


async def test_a_file_with_a_problem_is_told_until_it_is_mended(page: Page, office: Path) -> None:
    await page.goto("/office/oops")
    await expect(page.get_by_role("alert")).to_contain_text("actions/office/broken.py:3")
    await page.goto("/")
    await expect(page.get_by_role("alert")).to_contain_text("1 problem in the project")
    await expect(page.get_by_role("alert")).to_contain_text("actions/office/broken.py:3")
    await expect(page.get_by_role("link", name="Ask", exact=True)).to_be_visible()
    (office / "actions/office/broken.py").write_text(MENDED)
    await expect(page.get_by_role("link", name="Mended", exact=True)).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.get_by_role("navigation").get_by_text("Office", exact=True).click()
    await expect(page.get_by_role("navigation").get_by_role("link", name="Mended")).to_be_visible()
    (office / "actions/office/broken.py").unlink()
    await expect(page.get_by_role("link", name="Mended", exact=True)).to_have_count(0)


async def test_the_navigation_marks_an_action_and_its_transactions(page: Page) -> None:
    await page.goto("/")
    here = page.get_by_role("navigation", name="Actions").locator("[aria-current=page]")
    await expect(here).to_have_text(re.compile("Home$"))
    await page.get_by_role("link", name="Order", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name="Order")).to_be_visible()
    await expect(page.locator("main strong")).to_have_text("things")
    await expect(here).to_have_text(re.compile("Order$"))
    await page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    await expect(page.get_by_label("Name", exact=True)).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/t/office\.ask\.\w{16}$"))
    await expect(here).to_have_text(re.compile("Ask$"))
    await expect(page.get_by_text("staging")).to_be_visible()
    await page.get_by_role("link", name="Test office").click()
    await expect(here).to_have_text(re.compile("Home$"))
    await expect(page.get_by_role("list", name="Waiting for you")).to_contain_text("Ask")


async def test_a_folder_has_a_page_with_all_that_lies_below(page: Page) -> None:
    await page.goto("/office")
    await expect(page.get_by_role("heading", level=1, name="Office")).to_be_visible()
    await expect(page.get_by_role("heading", name="Office / Archive")).to_be_visible()
    main = page.get_by_role("main")
    await expect(main.get_by_role("link", name="Ask", exact=True)).to_be_visible()
    await page.goto("/office/archive")
    await expect(main.get_by_role("link", name="Find", exact=True)).to_be_visible()
    await expect(main.get_by_role("link", name="Ask", exact=True)).to_have_count(0)
    await expect(main.get_by_role("link", name="Find", exact=True)).to_have_accessible_description("Finds old papers.")


async def test_a_slash_goes_to_the_search_and_folders_without_a_hit_vanish(page: Page) -> None:
    await page.goto("/")
    search = page.get_by_label("Search actions")
    await expect(search).to_be_visible()
    await page.keyboard.press("/")
    await expect(search).to_be_focused()
    await page.keyboard.type("old papers/")
    await expect(search).to_have_value("old papers/")
    await expect(page.get_by_text("No matching actions")).to_be_visible()
    await page.keyboard.press("Backspace")
    await expect(page.get_by_role("heading", name="Office / Archive")).to_be_visible()
    await expect(page.get_by_role("heading", name="Office", exact=True)).to_be_hidden()


async def test_on_a_phone_the_navigation_is_a_drawer(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/office/order")
    drawer = page.get_by_role("navigation")
    await expect(page.get_by_role("button", name="Menu")).to_be_visible()
    await expect(drawer).to_be_hidden()
    await page.get_by_role("button", name="Menu").press("Enter")
    await expect(drawer.get_by_role("link", name="Order")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(page.get_by_role("button", name="Menu")).to_be_focused()
    await page.get_by_role("button", name="Menu").click()
    await drawer.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("heading", level=1, name="Test office")).to_be_visible()
    await expect(drawer).to_be_hidden()


async def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_role("link", name="Ask", exact=True)).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()


async def test_the_accent_colour_is_that_of_the_settings(page: Page) -> None:
    await page.goto("/office/order")
    await expect(page.get_by_role("button", name="Start")).to_have_css("background-color", "rgb(176, 0, 32)")
    await expect(page.locator("nav [aria-current=page]")).to_have_css("color", "rgb(176, 0, 32)")


async def test_a_start_form_from_a_link_keeps_what_was_typed_over_a_reload(page: Page) -> None:
    await page.goto("/office/order?count=4&unknown=1")
    await expect(page.get_by_label("Count")).to_have_value("4")
    await page.get_by_label("What").fill("pens")
    await page.get_by_label("Count").fill("5")
    await page.wait_for_timeout(600)
    await page.reload()
    await expect(page.get_by_label("What")).to_have_value("pens")
    await expect(page.get_by_label("Count")).to_have_value("5")
    await page.get_by_role("button", name="Start").dblclick()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("5 pens")


async def test_an_action_that_is_opened_while_restate_is_away_starts_once_it_is_back(
    page: Page, app: AppProcess
) -> None:
    await page.goto("/office/archive")
    await expect(page.get_by_role("main").get_by_role("link", name="Find", exact=True)).to_be_visible()
    app.kill_restate()
    await page.goto("/office/ask")
    await expect(page.get_by_label("Name", exact=True)).to_be_visible(timeout=30_000)
    await expect(page).to_have_url(re.compile(r"/t/office\.ask\.\w{16}$"))


@pytest.mark.faults
async def test_a_page_comes_back_by_itself_after_the_app_was_away_for_long(page: Page, app: AppProcess) -> None:
    await page.goto("/office/order")
    await page.get_by_label("What").fill("ink")
    await page.get_by_label("Count").focus()
    app.kill()
    await expect(page.get_by_text("Connection lost.")).to_be_visible()
    await expect(page.get_by_text("Reconnecting…")).to_be_visible()
    await page.get_by_label("What").fill("ink and paper")
    await page.wait_for_timeout(AWAY_SECONDS * 1000)
    app.start("--reload")
    await expect(page.get_by_text("Connection lost.")).to_be_hidden(timeout=20_000)
    await expect(page.get_by_label("What")).to_have_value("ink and paper")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_role("region", name="Result")).to_contain_text("1 ink and paper")


async def test_a_project_without_actions_tells_how_to_write_the_first(
    browser: Browser, tmp_path: Path, restate_binary: Path
) -> None:
    (tmp_path / "actions").mkdir()
    for app in running(tmp_path, restate_binary):
        async for page in fresh_page(browser, app):
            await page.goto("/")
            await expect(page.get_by_role("banner")).to_contain_text("Restival")
            await expect(page.get_by_role("heading", name="No actions yet")).to_be_visible()
            example = await page.locator("pre").text_content()
            assert example
            await asyncio.sleep(0.5)  # the watcher begins after the app is ready
            (tmp_path / "actions" / "hello.py").write_text(example)
            await page.get_by_role("main").get_by_role("link", name="Hello", exact=True).click()
            await page.get_by_label("Your name").fill("Ann")
            await page.get_by_role("button", name="Continue").click()
            await expect(page.get_by_role("region", name="Result")).to_contain_text("Hello, Ann!")

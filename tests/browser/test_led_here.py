"""Nothing starts by a link of another site, or of a text that people have written: only by a person's own click on what
the app or an action's author has put there, or by an address that they type."""

import re
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import context_of
from tests.browser.conftest import fresh_page
from tests.browser.test_starting import ACTION, started
from tests.process import AppProcess

TEXTS = """
from restival import Context, IO, action

LINK = {"url": "/ask"}


@action
async def texts(io: IO, ctx: Context) -> str:
    said = await io.input.rich_text("Say something", default_value='<p><a href="/ask">rich text</a></p>')
    await io.group(
        io.display.markdown("[markdown](/ask) and [raw](<a href='/ask'>)"),
        io.display.html(f'<a href="/ask" data-starts="">html</a> {said.replace("rich text", "said")}'),
        io.display.link("url", url="/ask"),
        io.display.metadata("About", data=[{"label": "Place", "value": "metadata", **LINK}]),
        io.display.table("Rows", data=[{"n": 1}], columns=[
            {"label": "n", "render_cell": lambda row: {"label": "cell", **LINK}},
        ]),
        io.display.link("author's link", route="ask"),
        io.input.text("Next").optional(),
    )
    await ctx.redirect(url="/ask")
    await io.input.text("Last")
    return "Done"


@action
async def once(io: IO) -> str:
    return "Once"


@action
async def leads(io: IO, ctx: Context) -> None:
    await io.input.boolean("Go")
    await ctx.redirect(route="ask")
"""


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("led")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "actions" / "texts.py").write_text(TEXTS)
    process = AppProcess(folder, 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    process.take_free_port()
    yield process.start()
    process.close()


@pytest.fixture
def other_site(app: AppProcess) -> Iterator[int]:
    """The port of a server whose pages lead to the action in all ways there are."""
    ways = {
        "/script": f'<script>location = "{app.url}/ask"</script>',
        "/refresh": f'<meta http-equiv="refresh" content="0; url={app.url}/ask">',
        "/link": f'<a href="{app.url}/ask">Win a prize</a>',
        "/redirect": '<script>location = "/hop"</script>',
        "/frame": f'<iframe src="{app.url}/ask"></iframe>',
        "/fetch": f'<script>fetch("{app.url}/ask", {{mode: "no-cors", credentials: "include"}})</script>',
    }

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in ways else 302)
            self.send_header("content-type", "text/html")
            if self.path not in ways:
                self.send_header("location", f"{app.url}/ask")
            self.end_headers()
            self.wfile.write(ways.get(self.path, "").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
async def page(browser: Browser, app: AppProcess) -> AsyncIterator[Page]:
    async for opened in fresh_page(browser, app):
        yield opened


async def started_before(page: Page) -> int:
    answer = await page.request.get("/api/transactions")
    return int((await answer.json())["count"])


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("way", ["script", "refresh", "redirect", "link"])
async def test_another_site_starts_nothing(page: Page, other_site: int, name: str, way: str) -> None:
    before = await started_before(page)
    await page.goto(f"http://{name}:{other_site}/{way}")
    if way == "link":
        await page.get_by_role("link").click()
    button = start_button(page)
    await expect(button).to_be_focused()
    await page.reload()
    await expect(button).to_be_visible()
    await page.wait_for_timeout(500)
    assert await started_before(page) == before
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Name")).to_be_visible()
    assert await started_before(page) == before + 1


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("way", ["frame", "fetch"])
async def test_nor_does_what_nobody_sees(
    browser: Browser, app: AppProcess, other_site: int, name: str, way: str
) -> None:
    context = await browser.new_context(base_url=app.url)
    page = await context.new_page()
    before = await started_before(page)
    await page.goto(f"http://{name}:{other_site}/{way}")
    await page.wait_for_timeout(2000)
    assert await started_before(page) == before
    await context.close()


async def test_a_typed_address_starts_it(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app, wait=30_000) as context:
        page = await context.new_page()
        before = await started_before(page)
        await page.goto("/ask")
        await expect(page.get_by_label("Name")).to_be_visible()
        assert await started_before(page) == before + 1


def start_button(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("button", name="Start", exact=True)


async def shows_texts(page: Page) -> None:
    """Open the page of an action that shows what people have written, all with links to another action."""
    await page.goto("/texts")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("link", name="author's link")).to_be_visible()


@pytest.mark.parametrize("way", ["markdown", "html", "said", "url", "metadata", "cell"])
async def test_a_link_of_people_starts_nothing(page: Page, way: str) -> None:
    await shows_texts(page)
    before = await started_before(page)
    await page.get_by_role("link", name=way, exact=True).click()
    await expect(start_button(page)).to_be_focused()
    await page.reload()
    await expect(start_button(page)).to_be_visible()
    await page.get_by_role("navigation").get_by_role("link", name="Home").click()
    await expect(page).to_have_url(re.compile(r"/$"))
    await page.go_back()
    await expect(start_button(page)).to_be_visible()
    assert await started_before(page) == before
    await start_button(page).click()
    await expect(page.get_by_label("Name")).to_be_visible()
    assert await started_before(page) == before + 1


async def test_a_redirect_to_a_url_starts_nothing(page: Page) -> None:
    await shows_texts(page)
    before = await started_before(page)
    await page.get_by_role("button", name="Continue").click()
    await expect(start_button(page)).to_be_focused()
    assert await started_before(page) == before


@pytest.mark.parametrize("way", ["menu", "card", "favourite", "palette", "palette by keys", "link", "redirect"])
async def test_the_apps_own_ways_and_the_authors_start_it(page: Page, way: str) -> None:
    main = page.get_by_role("main")
    await page.goto("/leads" if way == "redirect" else "/")
    if way == "redirect":
        await expect(page.get_by_role("button", name="Continue")).to_be_visible()
    elif way == "link":
        await shows_texts(page)
    before = await started_before(page)
    if way == "menu":
        await page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    elif way == "card":
        await main.get_by_role("link", name="Ask", exact=True).first.click()
    elif way == "favourite":
        await main.get_by_role("button", name="Favorite: Ask").first.click()
        await expect(main.get_by_role("heading", name="Favorites")).to_be_visible()
        await main.locator("a.r-card-title[href='/ask']").first.click()
    elif way == "palette":
        await page.keyboard.press("Control+K")
        await page.locator("[role=option][href='/once']").click()
    elif way == "palette by keys":
        await page.keyboard.press("Control+K")
        await page.keyboard.type("once")
        await page.keyboard.press("Enter")
    elif way == "link":
        await page.get_by_role("link", name="author's link").click()
    else:
        await page.get_by_role("button", name="Continue").click()
    await expect(page).to_have_url(re.compile("/t/(ask|once)"))
    assert await started_before(page) == before + 1


async def test_a_page_that_was_led_here_starts_by_a_later_click(page: Page, other_site: int) -> None:
    before = await started_before(page)
    await page.goto(f"http://127.0.0.1:{other_site}/script")
    await expect(page.get_by_role("main").get_by_role("button", name="Start")).to_be_visible()
    await page.get_by_role("navigation").get_by_role("link", name="Home").click()
    await page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    await expect(page.get_by_label("Name")).to_be_visible()
    assert await started(page) and await started_before(page) == before + 1

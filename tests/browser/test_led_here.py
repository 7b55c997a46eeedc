"""Nothing starts by a link of another site: only by a person's own click in the app, or an address that they type."""

import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import context_of
from tests.browser.conftest import fresh_page
from tests.browser.test_starting import ACTION, started
from tests.process import AppProcess


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("led")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
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
    button = page.get_by_role("main").get_by_role("button", name="Start")
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


async def test_a_typed_address_and_a_new_tab_of_the_app_start_it(browser: Browser, app: AppProcess) -> None:
    async with context_of(browser, app, wait=30_000) as context:
        page = await context.new_page()
        before = await started_before(page)
        await page.goto("/ask")
        await expect(page.get_by_label("Name")).to_be_visible()
        await page.goto("/")
        async with context.expect_page() as opened:
            await page.evaluate("window.open('/ask')")
        await expect((await opened.value).get_by_label("Name")).to_be_visible()
        assert await started_before(page) == before + 2


async def test_a_page_that_was_led_here_starts_by_a_later_click(page: Page, other_site: int) -> None:
    before = await started_before(page)
    await page.goto(f"http://127.0.0.1:{other_site}/script")
    await expect(page.get_by_role("main").get_by_role("button", name="Start")).to_be_visible()
    await page.get_by_role("navigation").get_by_role("link", name="Home").click()
    await page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    await expect(page.get_by_label("Name")).to_be_visible()
    assert await started(page) and await started_before(page) == before + 1

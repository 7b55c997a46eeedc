"""What the content security policy keeps from pages, in a real browser. That it keeps nothing from them that they need
is asserted for each page of each browser test, see `context_of`."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.process import AppProcess
from tests.web.test_app import environment

PDF = (
    b"%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
ACTION = f"""
from restival import IO, action


@action
async def paper(io: IO) -> str:
    await io.display.pdf("Contract", bytes={PDF!r})
    return await io.input.text("Name")
"""


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("policy")
    (folder / "actions").mkdir()
    (folder / "actions" / "paper.py").write_text(ACTION)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    yield process.start()
    process.close()


class Opened:
    """A page, and what the browser has refused it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.refused: list[str] = []
        page.on("console", lambda message: self.refused.append(message.text) if message.type == "error" else None)


@pytest.fixture
async def opened(browser: Browser, app: AppProcess) -> AsyncIterator[Opened]:
    context = await browser.new_context(base_url=app.url)
    yield Opened(await context.new_page())
    await context.close()


INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = 1";
    document.body.append(script);
    const button = document.createElement("button");
    button.setAttribute("onclick", "window.ran = 2");
    document.body.append(button);
    button.click();
    const base = document.createElement("base");
    base.href = "https://evil.example/";
    document.head.append(base);
    return [window.ran ?? 0, new URL("x", document.baseURI).host];
}"""


async def test_what_comes_into_a_page_is_not_run(opened: Opened, app: AppProcess) -> None:
    await opened.page.goto("/")
    await opened.page.get_by_role("heading", level=1).wait_for()
    assert opened.refused == []
    assert await opened.page.evaluate(INLINE) == [0, f"localhost:{app.port}"]
    assert len(opened.refused) >= 3


@pytest.mark.parametrize("path", ["/", "/paper", "/nothing/here", "/healthz"])
async def test_no_other_page_shows_the_app_in_a_frame(opened: Opened, app: AppProcess, path: str) -> None:
    html = f'<iframe src="{app.url}{path}"></iframe>'
    await opened.page.route("http://localhost:8099/", lambda route: route.fulfill(body=html, content_type="text/html"))
    await opened.page.goto("http://localhost:8099/")
    await opened.page.wait_for_timeout(500)
    assert [frame.url for frame in opened.page.frames[1:]] == ["chrome-error://chromewebdata/"]


async def test_a_document_is_shown(opened: Opened) -> None:
    await opened.page.goto("/paper")
    await expect(opened.page.get_by_label("Name")).to_be_visible()
    viewer = opened.page.locator("iframe.r-pdf")
    if await opened.page.evaluate("navigator.pdfViewerEnabled"):
        await expect(viewer).to_be_visible()
        address = await viewer.get_attribute("src")
        assert address and address.startswith("/api/files/")
        answer = await opened.page.request.get(address)
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        await opened.page.wait_for_timeout(500)
    else:
        await expect(opened.page.get_by_text("The document can't be shown here.")).to_be_visible()
    assert opened.refused == []

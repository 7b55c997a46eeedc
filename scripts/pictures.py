"""Makes a picture of every call of `io` for docs/io.md, from the demo's gallery, with a data folder of its own.

uv run python scripts/pictures.py
"""

import asyncio
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import ElementHandle, Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from restival.project import load_project  # noqa: E402
from scripts.document import PICTURES, gallery_calls, picture_of  # noqa: E402
from tests.browser.chromium import launched  # noqa: E402
from tests.process import AppProcess  # noqa: E402
from tests.walk import walk  # noqa: E402

WHOLE_FORM = ("group", "form", "depends", "layout.")
FIELD = """([label, component]) => {
  const frames = ".r-call, .r-shown, .r-answered";
  const texts = (element) => [...element.childNodes].filter((node) => node.nodeType === 3);
  const own = (element) => texts(element).map((node) => node.textContent).join("").trim();
  const said = (element) => [own(element), element.getAttribute("aria-label")];
  const found = [...document.querySelectorAll("main *")].filter(e => said(e).some(
    words => words === label || words === label + " (optional)"));
  for (const start of found.reverse()) {
    let at = start;
    while (at.parentElement && !at.parentElement.matches(frames)) at = at.parentElement;
    if (at.parentElement && at.getBoundingClientRect().height > 8) return at;
  }
  return null;
}"""
SETTLE_MS = 900


class Pictures:
    """Takes the best picture of each call: that of the example in the docs, if it comes along."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._examples = {name: code for name, (_, code) in gallery_calls()}
        self._taken: dict[str, bool] = {}

    async def take(self, fields: list[dict[str, Any]]) -> None:
        """Pictures of these fields, which the page shows now."""
        await self._page.wait_for_timeout(SETTLE_MS)
        for field in fields:
            name = call_of(field["component"])
            exact = f'"{field["label"]}"' in self._examples.get(name, "")
            if name in self._taken and (self._taken[name] or not exact):
                continue
            element = await self._element(name, field)
            if element is not None:
                await element.scroll_into_view_if_needed()
                await element.screenshot(path=picture_of(name), animations="disabled")
                self._taken[name] = exact

    async def whole(self, name: str) -> None:
        """A picture of the form as a whole."""
        if name not in self._taken:
            self._taken[name] = True
            await self._page.locator(".r-call").last.screenshot(path=picture_of(name), animations="disabled")

    async def _element(self, name: str, field: dict[str, Any]) -> ElementHandle | None:
        if name.startswith(WHOLE_FORM):
            return await self._page.query_selector(".r-call")
        if name.startswith("confirm"):
            return await self._page.query_selector("[role=alertdialog] .r-card")
        found = await self._page.evaluate_handle(FIELD, [field["label"] or "", field["component"]])
        return found.as_element()


def call_of(component: str) -> str:
    """The call that makes a component."""
    return "component" if component.startswith("component.") else component


async def main() -> None:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "install Chromium first"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {"SHOP_DATABASE": str(Path(scratch) / "shop.sqlite")}
        app = AppProcess(ROOT, port, Path(scratch) / "data", environment).start(wait=120)
        try:
            async with launched(executable) as browser:
                context = await browser.new_context(
                    base_url=app.url, viewport={"width": 960, "height": 1200}, color_scheme="light"
                )
                page = await context.new_page()
                pictures = Pictures(page)
                for slug in load_project(ROOT).registry:
                    if slug.startswith("gallery/"):
                        await through(page, pictures, slug)
        finally:
            app.interrupt()


async def through(page: Page, pictures: Pictures, slug: str) -> None:
    """Walk through an action, and take pictures on the way."""
    async for pending in walk(page, slug):
        view = await (await page.request.get(f"/api/transactions/{page.url.rpartition('/')[2]}")).json()
        shown = [field for item in view["items"].values() if item["kind"] == "display" for field in item["fields"]]
        fields = [*shown, *pending["fields"]]
        await pictures.take(fields)
        if pending["kind"] != "form":
            continue
        if len(pending["fields"]) > 2 and not any(field["component"].startswith("layout.") for field in fields):
            await pictures.whole("group")
        if any(field["component"] == "record" for field in pending["fields"]):
            await pictures.whole("form")


if __name__ == "__main__":
    asyncio.run(main())

"""Makes a picture of every call of `io` for docs/reference/io.md, from the demo's gallery.

It runs the demo with a data folder of its own.

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

from restival.site.project import load_project  # noqa: E402
from scripts.document import PICTURES, SPACES, gallery_calls, offered, picture_of  # noqa: E402
from tests.browser.chromium import launched  # noqa: E402
from tests.process import AppProcess  # noqa: E402
from tests.walk import walk  # noqa: E402

WHOLE_FORM = ("group", "form", "depends", "approve", "layout.")
FIELD = """(label) => {
  const frames = ".r-call, .r-shown, .r-answered";
  const texts = (element) => [...element.childNodes].filter((node) => node.nodeType === 3);
  const own = (element) => texts(element).map((node) => node.textContent).join("").trim();
  const said = (element) => [own(element), element.getAttribute("aria-label")];
  const found = [...document.querySelectorAll("main *")].filter(e => said(e).some(
    (words) => label && (words === label || (words ?? "").startsWith(label + " ("))));
  for (const start of found.reverse()) {
    let at = start;
    while (at.parentElement && !at.parentElement.matches(frames)) at = at.parentElement;
    if (at.parentElement && at.getBoundingClientRect().height > 8) return at;
  }
  return null;
}"""
SETTLE_MS = 900
ROOM, HIGHEST = 14, 620
"""Pixels around a field, and of a picture."""


class Pictures:
    """Takes the best picture of each call: that of the example in the docs, if it comes along."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._examples = {name: code for name, (_, code) in gallery_calls()}
        self._calls = {name for spaces in SPACES.values() for name, _ in offered(spaces)}
        self._taken: dict[str, tuple[bool, bool]] = {}

    async def take(self, fields: list[dict[str, Any]]) -> None:
        """Pictures of these fields, which the page shows now."""
        await self._page.wait_for_timeout(SETTLE_MS)
        for field in fields:
            name = call_of(field["component"])
            rank = (not field.get("disabled"), f'"{field["label"]}"' in self._examples.get(name, ""))
            if name not in self._calls or self._taken.get(name, (False, False)) >= rank:
                continue
            element = await self._element(name, field)
            if element is not None and await self._screenshot(element, name):
                self._taken[name] = rank

    async def whole(self, name: str) -> None:
        """A picture of the form as a whole."""
        element = await self._page.query_selector(".r-call")
        if name not in self._taken and element is not None and await self._screenshot(element, name):
            self._taken[name] = (True, True)

    async def _screenshot(self, element: ElementHandle, name: str) -> bool:
        """With some room around it, and not higher than a page shows well."""
        await element.scroll_into_view_if_needed()
        box = await element.bounding_box()
        if box is None:
            return False
        clip = {
            "x": box["x"] - ROOM,
            "y": max(0.0, box["y"] - ROOM),
            "width": box["width"] + 2 * ROOM,
            "height": min(box["height"] + 2 * ROOM, HIGHEST),
        }
        await self._page.screenshot(path=picture_of(name), clip=clip, animations="disabled")  # type: ignore[arg-type]
        return True

    async def _element(self, name: str, field: dict[str, Any]) -> ElementHandle | None:
        if name.startswith(WHOLE_FORM):
            return await self._page.query_selector(".r-call")
        if name.startswith("confirm"):
            return await self._page.query_selector("[role=alertdialog] .r-card")
        if name == "display.markdown":
            return await self._page.query_selector(".r-call .r-prose, .r-shown .r-prose")
        found = await self._page.evaluate_handle(FIELD, field["label"] or "")
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

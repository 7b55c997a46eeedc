"""Makes the pictures of README and docs from the demo, with a data folder of its own.

uv run python scripts/screenshots.py [FOLDER]
"""

import asyncio
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import launched  # noqa: E402
from tests.process import AppProcess  # noqa: E402

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


async def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "install Chromium first"
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data = Path(scratch) / "data"
        app = AppProcess(ROOT, port, data, {"SHOP_DATABASE": str(Path(scratch) / "shop.sqlite")}).start(wait=120)
        try:
            async with launched(executable) as browser:
                for dark in (False, True):
                    for name, size in (("wide", WIDE), ("phone", PHONE)):
                        await tour(browser, app.url, folder, f"{name}-{'dark' if dark else 'light'}", size, dark)
        finally:
            app.interrupt()


async def tour(browser: Browser, url: str, folder: Path, suffix: str, size: dict[str, int], dark: bool) -> None:
    context = await browser.new_context(viewport=size, color_scheme="dark" if dark else "light")
    page = await context.new_page()

    async def picture(name: str) -> None:
        await page.wait_for_timeout(400)
        await page.screenshot(path=folder / f"{name}-{suffix}.png")

    await page.goto(url)
    await page.get_by_role("link", name="Refund a charge", exact=True).first.wait_for()
    await rename(page)
    await picture("home")
    await page.get_by_role("link", name="Refund a charge", exact=True).first.click()
    await page.get_by_label("Email").fill("nobody@example.com")
    await picture("start")
    await page.get_by_role("button", name="Start").click()
    mail = page.get_by_label("Customer email")
    await mail.wait_for()
    await mail.fill("not an address")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("Please enter a valid email address").wait_for()
    await picture("error")
    await mail.fill("ada.duarte@example.com")
    help_text = await page.get_by_text("Nobody has").text_content()
    known = (help_text or "").partition("Try ")[2].strip(".") if help_text else ""
    await mail.fill(known or "ada.duarte@example.com")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("radio").first.click()
    await picture("table")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("Damaged").click()
    await picture("form")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("button", name="Yes").wait_for()
    await picture("confirm")
    await page.get_by_role("button", name="Yes").click()
    await page.get_by_text("Done", exact=True).wait_for()
    await picture("done")
    await page.goto(f"{url}/shop")
    await page.get_by_role("table", name="Charges").wait_for()
    await page.wait_for_timeout(1_000)  # the chart grows
    await picture("page")
    await page.goto(f"{url}/reports/sales?months=4")
    await page.get_by_role("button", name="Start").click()
    await page.get_by_text("1 of 4").wait_for()
    await picture("progress")
    await page.get_by_text("Done", exact=True).wait_for()
    await picture("report")
    await page.goto(f"{url}/staff/onboard")
    await page.get_by_label("Street").wait_for()
    await page.get_by_role("button", name="Add to").click()
    await picture("nested")
    await context.close()


async def rename(page: Page) -> None:
    await page.get_by_role("button", name="Person").click()
    await page.get_by_label("Your name").fill("Maria Lang")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await page.wait_for_timeout(200)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"))

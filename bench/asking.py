"""What an open form asks of the server: keystroke → results, next page of a table, and the rate of an upload, in
Restival (where all but the upload is recorded) and in bare NiceGUI.

uv run --group bench python -m bench.asking [--rounds N]
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, Page

from bench.browser import FORMS, free_port, until_served
from bench.machine import chromium
from tests.browser.chromium import launched
from tests.process import AppProcess

KEYSTROKES = 100
PAGES = 30
MEGABYTES = 200

TYPE = """async (query) => {
    const input = document.querySelector("input[role=combobox], .q-field input:not([type=file])");
    const options = () => [...document.querySelectorAll("[role=option]")];
    const ready = () => options().some(option => option.textContent.trim() === query);
    const started = performance.now();
    input.value = query;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise(resolve => {
        const look = () => { if (ready()) { observer.disconnect(); resolve(); } };
        const observer = new MutationObserver(look);
        observer.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
        look();
    });
    return performance.now() - started;
}"""

TURN = """async (word) => {
    const named = (button) => (button.getAttribute("aria-label") || button.textContent).trim() === "Next page";
    const button = [...document.querySelectorAll("button")].find(named);
    const ready = () => [...document.querySelectorAll("td")].some(cell => cell.textContent.trim() === word);
    const started = performance.now();
    button.click();
    await new Promise(resolve => {
        const look = () => { if (ready()) { observer.disconnect(); resolve(); } };
        const observer = new MutationObserver(look);
        observer.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
        look();
    });
    return performance.now() - started;
}"""

Times = dict[str, list[float]]


async def visit(browser: Browser, url: str, large: Path, number: int, times: Times) -> None:
    """Use one page as a person would, and add what each thing took, in milliseconds, to `times`."""
    page = await browser.new_page()
    page.set_default_timeout(60_000)
    await page.goto(url)
    await page.get_by_text("word 19", exact=True).first.wait_for()
    for stroke in range(KEYSTROKES):
        taken = await page.evaluate(TYPE, f"word {1000 + stroke * 7}")
        times["first 20 keystrokes" if stroke < 20 else "last 20 keystrokes" if stroke >= 80 else "others"].append(
            taken
        )
        await page.wait_for_timeout(20)
    await page.keyboard.press("Escape")
    for turned in range(1, PAGES + 1):
        times["next page"].append(await page.evaluate(TURN, f"word {turned * 20}"))
        await page.wait_for_timeout(20)
    times["upload"].append(await upload(page, large, number))
    await page.close()


async def upload(page: Page, large: Path, number: int) -> float:
    """The milliseconds until the page says that a file is there."""
    copy = large.with_name(f"{number}-{large.name}")
    os.link(large, copy)
    started = time.perf_counter()
    await page.locator("input[type=file]").first.set_input_files(copy)
    named = page.get_by_role("button", name=f"Remove {copy.name}").or_(page.get_by_text(f"Remove {copy.name}"))
    await named.first.wait_for()
    taken = (time.perf_counter() - started) * 1000
    copy.unlink()
    return taken


async def main(rounds: int) -> None:
    ports = {name: free_port() for name in ("restival", "bare NiceGUI")}
    names = ("first 20 keystrokes", "last 20 keystrokes", "others", "next page", "upload")
    times: dict[str, Times] = {each: {name: [] for name in names} for each in ports}
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.bin"
        with large.open("wb") as file:
            file.truncate(MEGABYTES * 1_000_000)
        app = AppProcess(FORMS / "restival_project", ports["restival"], Path(folder) / "data").start(wait=300)
        bare = subprocess.Popen([sys.executable, str(FORMS / "bare_asking.py"), str(ports["bare NiceGUI"])])
        try:
            urls = {"restival": f"{app.url}/asking", "bare NiceGUI": f"http://localhost:{ports['bare NiceGUI']}/"}
            for url in urls.values():
                await until_served(url)
            async with launched(chromium()) as browser:
                for number in range(rounds + 1):
                    for name, url in urls.items():
                        taken: Times = {each: [] for each in names}
                        await visit(browser, url, large, number, taken)
                        for each in names if number else ():  # the first round warms up
                            times[name][each] += taken[each]
        finally:
            bare.kill()
            app.interrupt()
    show(times)


def show(times: dict[str, Times]) -> None:
    """Print medians, and ours as ratios of the other's."""
    print(f"{'median':<22}{'Restival':>12}{'bare NiceGUI':>16}{'ratio':>8}")
    for name in ("first 20 keystrokes", "last 20 keystrokes", "next page", "upload"):
        ours, other = (statistics.median(times[each][name]) for each in ("restival", "bare NiceGUI"))
        if name == "upload":
            rates = [f"{MEGABYTES / each * 1000:.0f} MB/s" for each in (ours, other)]
            print(f"{name:<22}{rates[0]:>12}{rates[1]:>16}{other / ours:>8.2f}")
        else:
            print(f"{name:<22}{ours:>9.1f} ms{other:>13.1f} ms{ours / other:>8.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    asyncio.run(main(parser.parse_args().rounds))

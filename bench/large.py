"""A table of 100,000 rows and a large file, in Restival and in bare NiceGUI: the first page, the first sort, what the
browser's scripts hold, and by how much the server's memory grows during the upload.

uv run --group bench python -m bench.large [--rounds N] [--megabytes N]
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from bench.asking import upload
from bench.browser import FORMS, free_port, until_served
from bench.machine import chromium, megabytes
from tests.browser.chromium import launched
from tests.process import AppProcess

FIRST_PAGE = """async (begin) => {
    const cells = () => [...document.querySelectorAll("td")].filter(cell => cell.textContent.trim());
    const before = cells()[0]?.textContent;
    const named = (button) => button.textContent.trim() === "Continue";
    const button = begin ? [...document.querySelectorAll("button")].find(named)
        : [...document.querySelectorAll("th button, th.sortable")][0];
    const ready = () => cells().length >= 20 && cells()[0].textContent !== before;
    const started = performance.now();
    button.click();
    while (!ready()) await new Promise(requestAnimationFrame);
    return performance.now() - started;
}"""
WHAT = ("first page, ms", "first sort, ms", "browser's heap, MB", "server grows by, MB")

Figures = dict[str, list[float]]


async def visit(browser: Browser, url: str, process: int, large: Path | None, number: int) -> dict[str, float]:
    """What one visitor sees, and what it takes."""
    page = await browser.new_page()
    page.set_default_timeout(120_000)
    await page.goto(url)
    await page.get_by_role("button", name="Continue").wait_for()
    await page.wait_for_timeout(500)
    first = await page.evaluate(FIRST_PAGE, True)
    order = await page.evaluate(FIRST_PAGE, False)
    figures = {WHAT[0]: first, WHAT[1]: order, WHAT[2]: await heap(page)}
    if large is not None:
        figures[WHAT[3]] = await growth(process, upload(page, large, number))
    await page.close()
    return figures


async def heap(page: Page) -> float:
    """The megabytes that the page's scripts hold."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    metrics = (await session.send("Runtime.getHeapUsage"))["usedSize"]
    return float(metrics) / 1_000_000


async def growth(process: int, work: object) -> float:
    """By how many megabytes a process is larger, at most, while something is done."""
    before = most = megabytes(process)
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    while not task.done():
        most = max(most, megabytes(process))
        await asyncio.sleep(0.02)
    await task
    return most - before


async def main(rounds: int, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.bin"
        with large.open("wb") as file:
            file.truncate(size * 1_000_000)
        port = free_port()
        app = AppProcess(FORMS / "restival_project", free_port(), Path(folder) / "data").start(wait=300)
        bare = subprocess.Popen([sys.executable, str(FORMS / "bare_large.py"), str(port)])
        visits = {
            "Restival": (f"{app.url}/large", app.pid, large),
            "Restival, get_data": (f"{app.url}/large-pages", app.pid, None),
            "bare NiceGUI": (f"http://localhost:{port}/", bare.pid, large),
        }
        figures: dict[str, Figures] = {name: {what: [] for what in WHAT} for name in visits}
        try:
            for url, _, _ in visits.values():
                await until_served(url)
            async with launched(chromium()) as browser:
                for number in range(rounds + 1):
                    for name, (url, process, file) in visits.items():
                        found = await visit(browser, url, process, file, number)
                        for what, figure in found.items() if number else ():  # the first round warms up
                            figures[name][what].append(figure)
        finally:
            bare.kill()
            app.interrupt()
    show(figures)


def show(figures: dict[str, Figures]) -> None:
    """Print medians, and ours as ratios of the other's."""
    print(f"{'median':<22}" + "".join(f"{name:>28}" for name in figures))
    for what in WHAT:
        other = statistics.median(figures["bare NiceGUI"][what])
        line = f"{what:<22}"
        for name, of in figures.items():
            own = statistics.median(of[what]) if of[what] else None
            ratio = "" if name == "bare NiceGUI" or not other else f" ({own / other:.2f})" if own is not None else ""
            line += f"{'–' if own is None else f'{own:.0f}{ratio}':>28}"
        print(line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=1_000)
    given = parser.parse_args()
    asyncio.run(main(given.rounds, given.megabytes))

"""Submit → next form visible in Chromium, over 20 one-field forms: Restival, bare NiceGUI, PyWebIO and Streamlit.

uv run --group bench python -m bench.browser [--rounds N]
"""

import argparse
import asyncio
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import uvloop
from playwright.async_api import Browser, Page

from bench.engine import bare_hops, with_bare_handlers
from bench.machine import chromium
from tests.browser.chromium import launched
from tests.conftest import Bench
from tests.process import AppProcess

FORMS = Path(__file__).parent / "forms"
COUNT = 20
PAUSE_MS = 60
"""Milliseconds between two submits."""
RESTATE = "Restate alone"
"""What it takes to store an answer and go on, with the bare SDK and without a browser."""

SUBMIT = """async (next) => {
    const ready = () => {
        const field = document.querySelector(`input[aria-label="Value ${next}"]`)
            || [...document.querySelectorAll("label, h5")].find(label => label.textContent.trim() === `Value ${next}`);
        return field && field.getClientRects().length > 0;
    };
    const buttons = [...document.querySelectorAll("button")].filter(button => button.getClientRects().length > 0);
    const button = buttons.filter(button => ["Continue", "Submit"].includes(button.textContent.trim())).pop();
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def forms(browser: Browser, url: str) -> list[float]:
    """The milliseconds of each submit, in a page of its own."""
    page = await browser.new_page()
    page.set_default_timeout(60_000)
    await page.goto(url)
    times = []
    for number in range(1, COUNT + 1):
        await fill(page, number)
        times.append(await page.evaluate(SUBMIT, number + 1))
    await page.close()
    return times


async def fill(page: Page, number: int) -> None:
    await page.get_by_text(f"Value {number}", exact=True).first.wait_for()
    field = page.locator("input:visible").last
    await field.fill(f"answer {number}")
    await field.press("Tab")
    await page.wait_for_timeout(PAUSE_MS)


async def until_served(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            await asyncio.sleep(0.1)
    raise TimeoutError(url)


async def main(rounds: int) -> None:
    ports = {name: free_port() for name in ("restival", "bare NiceGUI", "PyWebIO", "Streamlit")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    streamlit = ["-m", "streamlit", "run", str(FORMS / "with_streamlit.py"), "--server.headless", "true"]
    commands = [
        [str(FORMS / "bare_nicegui.py"), str(ports["bare NiceGUI"])],
        [str(FORMS / "with_pywebio.py"), str(ports["PyWebIO"])],
        [*streamlit, "--server.port", str(ports["Streamlit"]), "--browser.gatherUsageStats", "false"],
    ]
    with tempfile.TemporaryDirectory() as folder:
        app = AppProcess(FORMS / "restival_project", ports["restival"], Path(folder) / "data").start(wait=300)
        others = [subprocess.Popen([sys.executable, *command], **quiet) for command in commands]  # type: ignore[call-overload]
        try:
            urls = {name: f"http://localhost:{port}/" for name, port in ports.items()}
            for url in urls.values():
                await until_served(url)
            urls["restival"] += "forms"
            async with with_bare_handlers() as bench:
                await measure(urls, bench, rounds)
        finally:
            for other in others:
                other.kill()
            app.interrupt()


async def measure(urls: dict[str, str], bench: Bench, rounds: int) -> None:
    """All in turn, round by round, so that a machine that gets slower favours nobody; the first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in (*urls, RESTATE)}
    async with launched(chromium()) as browser:
        for number in range(rounds + 1):
            for name, url in urls.items():
                taken = await forms(browser, url)
                print(f"round {number}: {name} {statistics.median(taken):.1f} ms", file=sys.stderr)
                if number:
                    times[name] += taken
            taken = await bare_hops(bench, f"h{number}", COUNT, PAUSE_MS / 1e3)
            if number:
                times[RESTATE] += taken
    found = {name: (statistics.median(taken), statistics.quantiles(taken, n=20)[-1]) for name, taken in times.items()}
    ours = found["restival"]
    print(f"{'':<14}{'median ms':>10}{'p95 ms':>10}   restival's median is   its p95")
    for name, (median, p95) in found.items():
        print(f"{name:<14}{median:>10.1f}{p95:>10.1f}{ours[0] / median:>16.2f} of it{ours[1] / p95:>10.2f} of it")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as the app does
        runner.run(main(parser.parse_args().rounds))

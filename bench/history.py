"""The history at many stored transactions: its first page in Chromium, the start of the app, and its memory.

uv run python -m bench.history [--count N] [--minutes M] [--rounds R]
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page

from bench.machine import chromium, megabytes
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.transport import Transport
from tests.browser.chromium import launched
from tests.process import AppProcess

PROJECT = Path(__file__).parent / "history_project"
AT_ONCE = 64
PEOPLE = 200
FEW = 60

SHOWN = """() => {
    const row = document.querySelector("table tbody tr");
    return row ? performance.now() : null;
}"""


async def store(app: AppProcess, count: int, minutes: float, first: int = 0) -> int:
    """Have that many transactions run, as far as they can be in the time; gives how many."""
    [socket] = app.data.glob("**/ingress.sock")
    ingress = Ingress(Transport(f"unix:{socket}"))
    end = time.monotonic() + minutes * 60
    numbers = iter(range(first, first + count))
    stored = 0

    async def some() -> None:
        nonlocal stored
        for number in numbers:
            if time.monotonic() > end:
                return
            person = {"name": f"Person {number % PEOPLE}", "email": f"p{number % PEOPLE}@example.com"}
            start = {"params": {"number": number}, "user": person, "started_at": time.time()}
            await ingress.call("small", f"{number:016d}", "run/send", json.dumps(start).encode())
            stored += 1
            if stored % 5_000 == 0:
                print(f"{stored:,} stored", file=sys.stderr)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    await ingress.close()
    return stored


def seconds_used(app: AppProcess) -> float:
    """The processor's time that the app has used."""
    user, system = Path(f"/proc/{app.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def listed(app: AppProcess, page: Page, count: int) -> None:
    """Wait until the app knows all of them, and has nothing else to do."""
    while True:
        answer, used = await page.request.get("/api/transactions?sort=oldest"), seconds_used(app)
        await asyncio.sleep(0.5)
        if answer.ok and (await answer.json())["count"] >= count and seconds_used(app) - used < 0.05:
            return


async def first_pages(page: Page, rounds: int) -> str:
    """How long the first page takes, in words; the first time warms up."""
    times = [await first_page(page) for _ in range(rounds + 1)][1:]
    return f"median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"


async def first_page(page: Page) -> float:
    """Milliseconds from the navigation until the first row is there, with a warm browser cache."""
    await page.goto("about:blank")
    await page.goto("/history", wait_until="commit")
    shown = await page.wait_for_function(SHOWN, polling=5)
    value: float = await shown.json_value()
    return value


async def filtered(page: Page, label: str, value: str) -> float:
    """Milliseconds from a choice until the list has what fits."""
    count = page.get_by_role("status").filter(has_text="transaction")
    before = await count.inner_text()
    field = page.get_by_label(label)
    began = time.perf_counter()
    await (field.select_option(value) if label == "State" else field.fill(value))
    while await count.inner_text() == before:
        pass
    return (time.perf_counter() - began) * 1_000


async def main(count: int, minutes: float, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = AppProcess(PROJECT, 0, Path(folder) / "data")
        app.take_free_port()
        app.start(wait=300)
        try:
            empty = megabytes(app.pid)
            async with launched(chromium()) as browser:
                context = await browser.new_context(base_url=app.url)
                page = await context.new_page()
                page.set_default_timeout(60_000)
                await store(app, FEW, minutes)
                few = await first_pages(page, rounds)
                began = time.monotonic()
                stored = FEW + await store(app, count - FEW, minutes, FEW)
                await listed(app, page, stored)
                print(f"{stored:,} have run in {time.monotonic() - began:.0f} s")
                print(f"memory {empty:.0f} MB when empty, {megabytes(app.pid):.0f} MB after they ran")
                app.interrupt()
                began = time.monotonic()
                app.start(wait=300)
                print(f"started again: serves after {time.monotonic() - began:.1f} s", end=", ")
                await listed(app, page, stored)
                print(f"knows all of them after {time.monotonic() - began:.1f} s, memory {megabytes(app.pid):.0f} MB")
                print(f"first page of {FEW}: {few}")
                print(f"first page of {stored:,}: {await first_pages(page, rounds)}")
                for label, value in (("State", "Failed"), ("Search", "77 can't")):
                    print(f"{label} = {value}: {await filtered(page, label, value):.0f} ms")
        finally:
            app.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=20, help="the longest time that storing may take")
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    asyncio.run(main(given.count, given.minutes, given.rounds))

"""New forms while many transactions start at once and then wait, and the app's memory.

uv run python -m bench.waiting [--count N] [--seconds S]
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from bench.history import seconds_used
from bench.machine import megabytes
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.transport import Transport
from restival.isolation.thread_pools import CODE
from tests.process import AppProcess
from tests.web.test_app import Caller

PROJECT = Path(__file__).parent / "history_project"
AT_ONCE = 64
PAUSE = 0.25


async def start(app: AppProcess, count: int) -> float:
    """Start that many transactions; gives the seconds that it took."""
    [socket] = app.data.glob("**/ingress.sock")
    ingress = Ingress(Transport(f"unix:{socket}"))
    numbers, began = iter(range(count)), time.monotonic()

    async def some() -> None:
        for number in numbers:
            sent = {"user": {"name": "Bench"}, "started_at": time.time()}
            await ingress.call("waiting", f"{number:016d}", "run/send", json.dumps(sent).encode())

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    await ingress.close()
    return time.monotonic() - began


def first_form(call: Caller) -> float:
    """Seconds from a start until its form is there."""
    began = time.monotonic()
    status, started = call("POST", "/api/actions/waiting", {})
    assert status == 201, started
    call.until(started["id"], lambda view: view["pending"] is not None)
    return time.monotonic() - began


async def forms(call: Caller, seconds: float) -> list[float]:
    """How long each of the forms took that were asked for one after the other."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        times.append(await CODE.run(first_form, call))
        await asyncio.sleep(PAUSE)
    return times


def told(times: list[float]) -> str:
    return f"median {statistics.median(times) * 1e3:.0f} ms, slowest {max(times) * 1e3:.0f} ms of {len(times)}"


async def main(count: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = AppProcess(PROJECT, 0, Path(folder) / "data")
        app.take_free_port()
        app.start(wait=300)
        call = Caller(app)
        try:
            print(f"alone: {told(await forms(call, 5))}, memory {megabytes(app.pid):.0f} MB")
            starting = asyncio.create_task(start(app, count))
            times = await forms(call, 10)
            print(f"{count:,} were started in {await starting:.1f} s; new forms meanwhile: {told(times)}")
            print(f"memory {megabytes(app.pid):.0f} MB, {seconds_used(app):.0f} s of the processor used by the app")
            times = await forms(call, seconds)
            print(f"new forms in the next {seconds:.0f} s: {told(times)}, memory {megabytes(app.pid):.0f} MB")
        finally:
            app.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=80, help="how long new forms are asked for afterwards")
    given = parser.parse_args()
    asyncio.run(main(given.count, given.seconds))

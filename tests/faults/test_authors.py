"""Authors who do what they shouldn't, over kills of the app and of Restate: other people notice nothing."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults

PROJECT = Path(__file__).parent / "authors"
ENDS = [
    "exits",
    "exits-in-the-body",
    "exits-in-a-task",
    "interrupts",
    "stops",
    "cancels-itself",
    "odd",
    "half-a-character",
    "unrecordable",
    "large",
    "sleeps",
    "spins",
    "in-a-callback",
    "in-a-timeout",
    "in-a-group",
]
SECONDS = 12
"""How long people work in each round."""


@pytest.fixture
def app(tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    shutil.copytree(PROJECT, tmp_path / "project")
    (tmp_path / "project" / "restival.yaml").write_text("inactivity: 2s\n")
    process = AppProcess(tmp_path / "project", free_port, tmp_path / "data").start()
    yield process
    process.close()


def started(call: Caller, action: str) -> str:
    """A transaction of the action; while Restate comes back, an attempt is answered with 503."""
    end = time.monotonic() + 10
    while True:
        status, told = call("POST", f"/api/actions/{action}", {})
        if status == 201:
            return str(told["id"])
        assert status == 503 and time.monotonic() < end, told
        time.sleep(0.2)


class Somebody:
    """Greets again and again, and notes how long each answer took until the next form or the end was there."""

    def __init__(self, app: AppProcess) -> None:
        self._call = Caller(app)
        self.times: list[float] = []
        self.greeted: list[str] = []

    def work(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            transaction = started(self._call, "greet")
            for n, value in ((1, "Ada"), (2, "Lovelace")):
                self._call.until(transaction, lambda view, n=n: (view["pending"] or {}).get("n") == n)  # type: ignore[misc]
                began = time.monotonic()
                answer = {"n": n, "values": {"0": value}}
                assert self._call("POST", f"/api/transactions/{transaction}/answer", answer)[0] == 200
                self.times.append(time.monotonic() - began)
            self.greeted.append(transaction)


def test_other_people_notice_nothing(app: AppProcess) -> None:
    call = Caller(app)
    bad: list[str] = []
    people = [Somebody(app) for _ in range(2)]
    swallowing = str(call("POST", "/api/actions/swallows", {})[1]["id"])
    call.asked(swallowing)
    for round_ in ("none", "restate", "app"):
        threads = [threading.Thread(target=each.work, args=(SECONDS,)) for each in people]
        for thread in threads:
            thread.start()
        bad += [started(call, name) for name in ENDS]
        for thread in threads:
            thread.join(SECONDS * 5)
            assert not thread.is_alive()
        assert app.healthy()
        if round_ == "restate":
            app.kill_restate()
            app.wait_ready()
        elif round_ == "app":
            app.kill()
            app.start()
    times = sorted(time for each in people for time in each.times)
    assert len(times) > 60
    assert times[-1] < 3, "an answer took long"
    assert times[int(len(times) * 0.95)] < 1
    for transaction in (each for somebody in people for each in somebody.greeted):
        ended = call.until(transaction, lambda view: view["outcome"] is not None)
        assert ended["outcome"]["value"] == "Hello, Ada Lovelace!"
    for transaction in bad:
        call.until(transaction, lambda view: view["outcome"] is not None)
    assert call("GET", "/api/transactions")[0] == 200
    assert call("POST", f"/api/transactions/{swallowing}/answer", {"n": 1, "values": {"0": "40"}})[0] == 200
    assert call.until(swallowing, lambda view: view["outcome"] is not None)["outcome"]["value"] == 40

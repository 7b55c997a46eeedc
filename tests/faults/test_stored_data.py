"""Today's app continues with data of an older version: tests/faults/stored.tar.xz.

scripts/record_stored_data.py recorded it with commit 82d288c.
"""

import asyncio
import json
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import TimestampSigner
from playwright.async_api import expect

from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals
from restival.engine.restate.transport import Transport
from restival.engine.schedules.client import Schedules
from restival.engine.schedules.state import ScheduleState
from restival.engine.server.embedded import NODE
from restival.engine.server.sockets import reachable
from tests.browser.chromium import context_of, launched
from tests.faults.stored_cases import ANSWERED_BY, CASES, CHOICES, SENT, UPLOADED
from tests.faults.stored_desk import Desk, Refused
from tests.process import AppProcess

pytestmark = pytest.mark.faults
HERE = Path(__file__).parent


class Stored(Desk):
    """The app on the stored data, and the API's responses of the older version."""

    def __init__(self, app: AppProcess) -> None:
        super().__init__(app)
        told = json.loads((app.data / "told.json").read_text())
        self.ids: dict[str, str] = told["transactions"]
        self.views: dict[str, Any] = told["views"]
        self.timelines: dict[str, Any] = told["timelines"]

    def value(self, name: str) -> Any:
        """Waits for the result of a transaction."""
        outcome = self.until(self.ids[name], lambda view: view["outcome"])["outcome"]
        assert outcome["state"] == "done", outcome
        return outcome["value"]


@pytest.fixture(scope="module")
def stored(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stored]:
    folder = tmp_path_factory.mktemp("stored")
    with tarfile.open(HERE / "stored.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "STORED_CRON": "* * * * * *"}
    app = AppProcess(HERE / "stored", 0, folder / "data", environment)
    app.take_free_port()
    try:
        yield Stored(app.start())
    finally:
        app.close()


def lacking(before: Any, now: Any, path: str = "") -> list[str]:
    """Returns where today's value differs from the older one. Today's may have more keys."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [where for key, value in before.items() for where in lacking(value, now.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [
            where for at, pair in enumerate(zip(before, now, strict=True)) for where in lacking(*pair, f"{path}[{at}]")
        ]
    return [] if before == now else [f"{path}: {before!r} is now {now!r}"]


def test_every_kind_of_question_is_tested(stored: Stored) -> None:
    assert {view["meta"]["params"].get("kind") for view in stored.views.values()} - {None} == {
        *CASES,
        "file",
        "files",
        "approve",
        "reminded",
        "late",
    }


@pytest.mark.parametrize("kind", CASES)
def test_a_waiting_question_is_unchanged_and_can_be_answered(stored: Stored, kind: str) -> None:
    transaction, (values, told) = stored.ids[kind], CASES[kind]
    now = stored.asked(transaction, 2)
    assert lacking(stored.views[kind]["pending"], now) == []
    stored.answer(transaction, 2, values, ANSWERED_BY.get(kind, "ada"), CHOICES.get(kind))
    assert stored.value(kind) == f"Hello Ada True {told}"


@pytest.mark.parametrize("kind", ["file", "files"])
def test_a_file_can_be_uploaded_to_a_waiting_question(stored: Stored, kind: str) -> None:
    transaction = stored.ids[kind]
    assert lacking(stored.views[kind]["pending"], stored.asked(transaction, 2)) == []
    file = stored.upload(transaction, 2, "0", "later.txt", UPLOADED)
    stored.answer(transaction, 2, {"0": [file]})
    assert "name='later.txt', size=14" in stored.value(kind)


def test_earlier_votes_count(stored: Stored) -> None:
    transaction = stored.ids["approve"]
    now = stored.asked(transaction, 2)
    assert lacking(stored.views["approve"]["pending"], now) == []
    assert [vote["by"]["name"] for vote in now["hands"]["votes"]] == ["Bo"]
    with pytest.raises(Refused, match="403"):
        stored.answer(transaction, 2, {"0": "again"}, "bo", "approve")
    stored.answer(transaction, 2, {"0": None}, "cy", "approve")
    assert "Decision(approved=True, by=[Vote(by=Person(name='Bo'" in stored.value("approve")


def test_a_transaction_at_its_first_question_continues(stored: Stored) -> None:
    stored.answer(stored.ids["at the first"], 1, {"0": "Hi"})
    stored.answer(stored.ids["at the first"], 2, {"0": "there"})
    assert stored.value("at the first") == "Hi Ada True 'there'"


def test_reminders_continue(stored: Stored) -> None:
    transaction, before = stored.ids["reminded"], stored.views["reminded"]["pending"]["hands"]["reminders"]
    assert before > 0
    stored.until(transaction, lambda view: view["pending"]["hands"]["reminders"] > before)
    stored.answer(transaction, 2, {"0": "now"}, "bo")
    assert stored.value("reminded") == "Hello Ada True 'now'"


def test_timeouts_and_sleeps_end_that_were_due_meanwhile(stored: Stored) -> None:
    assert stored.value("late") == "Hello Ada True 'too late'"
    assert stored.value("sleeping") == "slept"


def test_a_failed_step_is_retried(stored: Stored) -> None:
    assert stored.views["retried"]["step"]["tries"] >= 1
    assert stored.value("retried") == "charged"


def test_a_paused_transaction_resumes_with_fixed_code(stored: Stored) -> None:
    assert "ZeroDivisionError" in stored.views["parked"]["trouble"]["message"]
    assert stored.value("parked") == "mended Ann"


def test_recorded_values_of_own_classes_are_read(stored: Stored) -> None:
    transaction, before = stored.ids["kept"], stored.views["kept"]
    now = stored.until(transaction, lambda view: view["trouble"] is None)  # retries until the worker is registered
    assert lacking(before, now) == []
    stored.answer(transaction, now["pending"]["n"], {"0": "end"})
    value = stored.value("kept")
    child = value.pop("child")
    assert isinstance(value.pop("moment"), str) and isinstance(value.pop("chance"), float)
    assert value == {
        "file": [SENT.decode(), "File"],
        "by": ["Bo"],
        "user": "Ada",
        "here": "kept",
        "note": "a note",
        "failed": "ValueError: no <b>money</b>",
        "last": "end",
    }
    assert child in [entry["id"] for entry in stored.get("/inbox")]


@pytest.mark.parametrize("name", ["done", "cancelled", "failing"])
def test_completed_transactions_are_unchanged(stored: Stored, name: str) -> None:
    assert lacking(stored.views[name], stored.view(stored.ids[name])) == []
    assert lacking(stored.timelines[name], stored.get(f"/transactions/{stored.ids[name]}/timeline")) == []


def test_a_recorded_error_is_in_the_timeline(stored: Stored) -> None:
    timeline = stored.get(f"/transactions/{stored.ids['failing']}/timeline")
    assert "no <b>money</b>" in json.dumps(timeline)


def test_a_completed_transaction_restarts_from_a_question(stored: Stored) -> None:
    transaction = stored.ids["done"]
    last = next(
        span for span in stored.timelines["done"]["timeline"] if (span["kind"], span.get("n")) == ("question", 2)
    )
    again = stored.post("ada", f"/transactions/{transaction}/restart", {"entry": last["entry"]})["id"]
    stored.answer(again, 2, {"0": "again"})
    ended = stored.until(again, lambda view: view["outcome"])
    assert ended["outcome"]["value"] == "Hello Ada False 'again'"


def test_the_history_lists_all_transactions(stored: Stored) -> None:
    listed = {line.partition(",")[0] for line in stored.text("/transactions.csv").splitlines()}
    assert set(stored.ids.values()) <= listed


async def test_a_draft_is_still_in_the_form(stored: Stored, chromium: str) -> None:
    headers = {"x-person": "ada@example.com"}
    async with (
        launched(chromium) as browser,
        context_of(browser, stored.app, extra_http_headers=headers) as context,
    ):
        await context.add_cookies([{"name": "session", "value": session_of(stored.app), "url": stored.app.url}])
        page = await context.new_page()
        await page.goto(f"/t/{stored.ids['drafted']}")
        await expect(page.get_by_label("Text")).to_have_value("half a sent")


def session_of(app: AppProcess) -> str:
    """Returns the cookie of the browser that saved the draft. The recorded cookie would expire after a year."""
    [kept] = (app.data / "browsers").glob("storage-user-*.json")
    session = json.dumps({"id": kept.stem.removeprefix("storage-user-")})
    return TimestampSigner((app.data / "secret").read_bytes().hex()).sign(b64encode(session.encode())).decode()


async def test_a_schedule_continues(stored: Stored) -> None:
    before = await schedule(stored.app)
    assert before.runs
    end = asyncio.get_running_loop().time() + 20
    while len((await schedule(stored.app)).runs) <= len(before.runs):
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.2)


async def schedule(app: AppProcess) -> ScheduleState:
    """Returns the state of the only schedule."""
    base = reachable(app.data / "restate", f"{NODE}/ingress.sock")
    admin = Admin(Transport(f"unix:{base}/{NODE}/admin.sock"))
    try:
        [state] = (await Schedules(Ingress(Transport("unix:")), admin, Seals(b"", required=False)).states()).values()
    finally:
        await admin.close()
    return state

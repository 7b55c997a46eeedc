"""Today's app goes on from what a version before has stored: tests/faults/stored.tar.xz, which
scripts/record_stored_data.py has recorded by commit 82d288c."""

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

from restival.engine.admin import Admin
from restival.engine.ingress import Ingress
from restival.engine.schedules.schedules import Schedules
from restival.engine.schedules.state import ScheduleState
from restival.engine.seals import Seals
from restival.engine.server.embedded import NODE
from restival.engine.server.sockets import reachable
from restival.engine.transport import Transport
from tests.browser.chromium import context_of, launched
from tests.faults.stored_cases import ANSWERED_BY, CASES, CHOICES, SENT, UPLOADED
from tests.faults.stored_desk import Desk, Refused
from tests.process import AppProcess

pytestmark = pytest.mark.faults
HERE = Path(__file__).parent


class Stored(Desk):
    """The app on the stored data, and what the version before has told of it."""

    def __init__(self, app: AppProcess) -> None:
        super().__init__(app)
        told = json.loads((app.data / "told.json").read_text())
        self.ids: dict[str, str] = told["transactions"]
        self.views: dict[str, Any] = told["views"]
        self.timelines: dict[str, Any] = told["timelines"]

    def value(self, name: str) -> Any:
        """What the transaction of that name comes to."""
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
    """Where a value of before isn't in that of today; keys may have been added since."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [where for key, value in before.items() for where in lacking(value, now.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [
            where for at, pair in enumerate(zip(before, now, strict=True)) for where in lacking(*pair, f"{path}[{at}]")
        ]
    return [] if before == now else [f"{path}: {before!r} is now {now!r}"]


def test_every_kind_of_question_is_tried(stored: Stored) -> None:
    assert {view["meta"]["params"].get("kind") for view in stored.views.values()} - {None} == {
        *CASES,
        "file",
        "files",
        "approve",
        "reminded",
        "late",
    }


@pytest.mark.parametrize("kind", CASES)
def test_a_question_waits_on_and_is_answered(stored: Stored, kind: str) -> None:
    transaction, (values, told) = stored.ids[kind], CASES[kind]
    now = stored.asked(transaction, 2)
    assert lacking(stored.views[kind]["pending"], now) == []
    stored.answer(transaction, 2, values, ANSWERED_BY.get(kind, "ada"), CHOICES.get(kind))
    assert stored.value(kind) == f"Hello Ada True {told}"


@pytest.mark.parametrize("kind", ["file", "files"])
def test_a_file_is_uploaded_into_a_question_of_before(stored: Stored, kind: str) -> None:
    transaction = stored.ids[kind]
    assert lacking(stored.views[kind]["pending"], stored.asked(transaction, 2)) == []
    file = stored.upload(transaction, 2, "0", "later.txt", UPLOADED)
    stored.answer(transaction, 2, {"0": [file]})
    assert "name='later.txt', size=14" in stored.value(kind)


def test_the_votes_of_before_count(stored: Stored) -> None:
    transaction = stored.ids["approve"]
    now = stored.asked(transaction, 2)
    assert lacking(stored.views["approve"]["pending"], now) == []
    assert [vote["by"]["name"] for vote in now["hands"]["votes"]] == ["Bo"]
    with pytest.raises(Refused, match="403"):
        stored.answer(transaction, 2, {"0": "again"}, "bo", "approve")
    stored.answer(transaction, 2, {"0": None}, "cy", "approve")
    assert "Decision(approved=True, by=[Vote(by=Person(name='Bo'" in stored.value("approve")


def test_a_question_that_was_just_asked_is_answered(stored: Stored) -> None:
    stored.answer(stored.ids["at the first"], 1, {"0": "Hi"})
    stored.answer(stored.ids["at the first"], 2, {"0": "there"})
    assert stored.value("at the first") == "Hi Ada True 'there'"


def test_reminders_go_on(stored: Stored) -> None:
    transaction, before = stored.ids["reminded"], stored.views["reminded"]["pending"]["hands"]["reminders"]
    assert before > 0
    stored.until(transaction, lambda view: view["pending"]["hands"]["reminders"] > before)
    stored.answer(transaction, 2, {"0": "now"}, "bo")
    assert stored.value("reminded") == "Hello Ada True 'now'"


def test_times_that_have_passed_meanwhile_count(stored: Stored) -> None:
    assert stored.value("late") == "Hello Ada True 'too late'"
    assert stored.value("sleeping") == "slept"


def test_a_step_that_was_to_be_tried_again_is(stored: Stored) -> None:
    assert stored.views["retried"]["step"]["tries"] >= 1
    assert stored.value("retried") == "charged"


def test_what_waited_for_mended_code_goes_on(stored: Stored) -> None:
    assert "ZeroDivisionError" in stored.views["parked"]["trouble"]["message"]
    assert stored.value("parked") == "mended Ann"


def test_what_is_recorded_of_own_classes_is_read(stored: Stored) -> None:
    transaction, before = stored.ids["kept"], stored.views["kept"]
    now = stored.view(transaction)
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
def test_what_has_ended_is_shown_as_it_was(stored: Stored, name: str) -> None:
    assert lacking(stored.views[name], stored.view(stored.ids[name])) == []
    assert lacking(stored.timelines[name], stored.get(f"/transactions/{stored.ids[name]}/timeline")) == []


def test_a_failed_step_of_before_tells_its_error(stored: Stored) -> None:
    timeline = stored.get(f"/transactions/{stored.ids['failing']}/timeline")
    assert "no <b>money</b>" in json.dumps(timeline)


def test_one_that_has_ended_is_begun_again_at_a_point(stored: Stored) -> None:
    transaction = stored.ids["done"]
    last = next(
        span for span in stored.timelines["done"]["timeline"] if (span["kind"], span.get("n")) == ("question", 2)
    )
    again = stored.post("ada", f"/transactions/{transaction}/restart", {"entry": last["entry"]})["id"]
    stored.answer(again, 2, {"0": "again"})
    ended = stored.until(again, lambda view: view["outcome"])
    assert ended["outcome"]["value"] == "Hello Ada False 'again'"


def test_the_history_lists_them_all(stored: Stored) -> None:
    listed = {line.partition(",")[0] for line in stored.text("/transactions.csv").splitlines()}
    assert set(stored.ids.values()) <= listed


async def test_a_half_filled_form_is_as_it_was_left(stored: Stored, chromium: str) -> None:
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
    """The cookie of the browser that has left the form, signed anew: the recorded one is good for a year only."""
    [kept] = (app.data / "browsers").glob("storage-user-*.json")
    session = json.dumps({"id": kept.stem.removeprefix("storage-user-")})
    return TimestampSigner((app.data / "secret").read_bytes().hex()).sign(b64encode(session.encode())).decode()


async def test_a_schedule_goes_on(stored: Stored) -> None:
    before = await schedule(stored.app)
    assert before.runs
    end = asyncio.get_running_loop().time() + 20
    while len((await schedule(stored.app)).runs) <= len(before.runs):
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.2)


async def schedule(app: AppProcess) -> ScheduleState:
    """What Restate has of it."""
    base = reachable(app.data / "restate", f"{NODE}/ingress.sock")
    admin = Admin(Transport(f"unix:{base}/{NODE}/admin.sock"))
    try:
        [state] = (await Schedules(Ingress(Transport("unix:")), admin, Seals(b"", required=False)).states()).values()
    finally:
        await admin.close()
    return state

"""A kill -9 of the app in the middle of a slow check of an answer, by a field and by a group."""

import http.client
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults
ACTION = """
import asyncio
import os
from pathlib import Path

from restival import IO, action

CALLS = Path(os.environ["CALLS"])


async def slow(who: str, wrong: bool) -> str | None:
    with CALLS.open("a") as file:
        file.write(f"{who}\\n")
    await asyncio.sleep(1)
    return f"{who} is taken" if wrong else None


async def free(name: str) -> str | None:
    return await slow(name, name == "Ada")


async def together(answers) -> str | None:
    return await slow(f"{answers.name} of {answers.age}", answers.age < 18)


@action
async def judged(io: IO) -> str:
    group = io.group(name=io.input.text("Name").validate(free), age=io.input.number("Age")).validate(together)
    answers = await group
    return f"{answers.name} of {answers.age}"
"""


def test_an_answer_that_is_being_checked_is_checked_again(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    (project / "actions" / "judged.py").write_text(ACTION)
    calls = tmp_path / "calls"
    calls.touch()
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary), "CALLS": str(calls)}
    app = AppProcess(project, free_port, tmp_path / "data", environment).start()
    call = Caller(app)

    def answer_and_kill(name: str, age: int, seen: str) -> None:
        body = {"n": 1, "values": {"name": name, "age": age}}
        sending = threading.Thread(target=send, args=[body])
        sending.start()
        while seen not in calls.read_text().splitlines():
            time.sleep(0.01)
        app.kill()
        sending.join()
        app.start()

    def send(body: Any) -> None:
        with suppress(OSError, http.client.HTTPException):  # the app may be gone before it has said that it has it
            call("POST", f"/api/transactions/{transaction}/answer", body)

    try:
        transaction = call("POST", "/api/actions/judged", {})[1]["id"]
        call.until(transaction, lambda view: view["pending"])
        answer_and_kill("Ada", 36, "Ada")
        told = call.until(transaction, lambda view: view["pending"] and view["pending"]["errors"])["pending"]
        assert told["errors"] == {"name": "Ada is taken"}
        assert told["attempt"] == 1
        answer_and_kill("Bob", 7, "Bob of 7")
        told = call.until(transaction, lambda view: view["pending"] and view["pending"]["attempt"] == 2)["pending"]
        assert "Bob of 7 is taken" in told["errors"].values()
        answer_and_kill("Bob", 70, "Bob of 70")
        assert call.until(transaction, lambda view: view["outcome"])["outcome"]["value"] == "Bob of 70"
        lines = calls.read_text().splitlines()
        assert lines.count("Ada") == 2  # once before the kill, once after it
        assert lines.count("Bob of 70") == 2
    finally:
        app.close()

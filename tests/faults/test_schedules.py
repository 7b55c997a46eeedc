"""Runs of a schedule over kill -9 of the app and of Restate: none is lost, none is doubled."""

import asyncio
import json
import os
import random
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from restival.engine.errors import EngineUnavailable
from restival.engine.restate.admin import Admin
from restival.engine.restate.ingress import Ingress
from restival.engine.restate.seals import Seals
from restival.engine.restate.transport import Transport
from restival.engine.schedules.client import Schedules
from restival.engine.schedules.state import ScheduleState
from restival.engine.server.embedded import NODE
from restival.engine.server.sockets import reachable
from tests.process import AppProcess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
KILLS = 3
ACTION = """
import os
from pathlib import Path

from restival import IO, Context, Schedule, action


@action(schedule=[
    Schedule("*/2 * * * * *", missed="all", title="all"),
    Schedule("1-59/2 * * * * *", missed="once", title="once"),
])
async def ticks(io: IO, ctx: Context) -> str:
    return str(ctx.transaction.started_at)
"""
FASTER = ACTION.replace('"*/2 * * * * *", missed="all"', '"*/3 * * * * *", missed="all"').replace(
    'title="once"', 'title="other"'
)


def test_runs_are_neither_lost_nor_doubled(restate_binary: Path, tmp_path: Path, project: Path, free_port: int) -> None:
    file = project / "actions" / "ticks.py"
    file.write_text(ACTION)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}).start()
    moments = random.Random(int(os.environ.get("RESTIVAL_KILL_SEED", "2026")))
    try:
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.2, 2.5))
            kind = moments.choice(("app", "restate", "both"))
            if kind != "app":
                app.kill_restate()
            if kind != "restate":
                app.kill()
                time.sleep(moments.uniform(0, 2))
                app.start()
        app.wait_ready()
        time.sleep(3)
        app.kill()
        file.write_text(FASTER)  # changed and removed while the app is away
        app.start()
        time.sleep(4)
        app.interrupt()
        app.start()
        time.sleep(1)
        states, rows = asyncio.run(kept(app))
        every, gone, other = (states[f"ticks#{name}"] for name in ("all", "once", "other"))
        runs = planned(every)
        changed = next(n for n in range(1, len(runs)) if runs[n] - runs[n - 1] != timedelta(seconds=2))
        assert runs[:changed] == [runs[0] + timedelta(seconds=2 * n) for n in range(changed)]
        assert all(time.second % 3 == 0 for time in runs[changed:])
        assert changed > 5
        assert gone.timing is None
        assert len(planned(other)) >= 2
        started = [run.transaction for state in states.values() for run in state.runs if run.left_out is None]
        assert Counter(f"ticks.{row['target_service_key']}" for row in rows) == Counter(started)
    finally:
        app.close()


ASKING = """
from restival import IO, Schedule, action


@action(schedule=[
    Schedule("*/2 * * * * *", overlap="skip", title="skip"),
    Schedule("1-59/2 * * * * *", overlap="queue", title="queue"),
])
async def asks(io: IO) -> str:
    return await io.input.text("Well?")
"""


def test_runs_that_ask_never_overlap_and_the_one_that_waits_starts(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    (project / "actions" / "asks.py").write_text(ASKING)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}).start()
    moments = random.Random(int(os.environ.get("RESTIVAL_KILL_SEED", "2027")))
    answered: set[str] = set()
    try:
        for _ in range(KILLS):
            states = going(app, lambda now: all(each.going for each in now) and now[1].queued is not None, answered)
            for state in states:
                answer(app, state.going[0].transaction)
                answered.add(state.going[0].transaction)
            time.sleep(moments.uniform(0, 0.3))
            kind = moments.choice(("app", "restate", "both"))
            if kind != "app":
                app.kill_restate()
            if kind != "restate":
                app.kill()
                time.sleep(moments.uniform(0, 2.5))
                app.start()
            app.wait_ready()
        going(app, lambda now: all(each.going for each in now), answered)
        states_by_id, rows = asyncio.run(kept(app, "asks"))
        started = [run.transaction for each in states_by_id.values() for run in each.runs if run.transaction]
        assert Counter(f"asks.{row['target_service_key']}" for row in rows) == Counter(started)
        assert len(started) == 2 * (KILLS + 1)
        assert {f"asks.{row['target_service_key']}" for row in rows if row["status"] == "completed"} == answered
    finally:
        app.close()


def going(
    app: AppProcess, ready: Callable[[list[ScheduleState]], bool], answered: set[str]
) -> tuple[ScheduleState, ScheduleState]:
    """The two schedules, once they are `ready` with runs that weren't answered."""
    end = time.monotonic() + 40
    states: list[ScheduleState] = []
    while time.monotonic() < end:
        time.sleep(0.1)
        try:
            found = asyncio.run(kept(app, "asks"))[0]
        except EngineUnavailable:  # it was just killed
            continue
        states = [found[f"asks#{name}"] for name in ("skip", "queue") if f"asks#{name}" in found]
        if len(states) == 2 and ready(states) and not {each.going[-1].transaction for each in states} & answered:
            assert [len(each.going) for each in states] == [1, 1]
            return states[0], states[1]
    raise AssertionError(states)


def answer(app: AppProcess, transaction: str) -> None:
    """Answers the question of a transaction."""
    body = json.dumps({"n": 1, "values": {"0": "yes"}}).encode()
    url, headers = f"{app.url}/api/transactions/{transaction}/answer", {"content-type": "application/json"}
    end = time.monotonic() + 20
    while True:  # the question may not be there yet
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=20) as response:
                assert response.status == 200
                return
        except urllib.error.HTTPError as error:
            assert error.code in (404, 409, 503) and time.monotonic() < end, error.read()
            time.sleep(0.1)


def planned(state: ScheduleState) -> list[datetime]:
    return [run.planned for run in state.runs]


async def kept(app: AppProcess, service: str = "ticks") -> tuple[dict[str, ScheduleState], list[dict[str, Any]]]:
    """What Restate has of the schedules, and of the transactions."""
    base = reachable(app.data / "restate", f"{NODE}/ingress.sock")
    admin = Admin(Transport(f"unix:{base}/{NODE}/admin.sock"))
    try:
        states = await Schedules(Ingress(Transport("unix:")), admin, Seals(b"", required=False)).states()
        rows = await admin.query(
            "SELECT target_service_key, status FROM sys_invocation "
            f"WHERE target_service_name = '{service}' AND target_handler_name = 'run'"
        )
    finally:
        await admin.close()
    return states, rows

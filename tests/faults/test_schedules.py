"""Runs of a schedule over kill -9 of the app and of Restate: none is lost, none is doubled."""

import asyncio
import os
import random
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from restival.engine.admin import Admin
from restival.engine.ingress import Ingress
from restival.engine.schedules.schedules import Schedules
from restival.engine.schedules.state import ScheduleState
from restival.engine.server.embedded import NODE
from restival.engine.server.sockets import reachable
from restival.engine.transport import Transport
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
        started = [run.transaction for state in states.values() for run in state.runs]
        assert Counter(f"ticks.{row['target_service_key']}" for row in rows) == Counter(started)
    finally:
        app.close()


def planned(state: ScheduleState) -> list[datetime]:
    return [run.planned for run in state.runs]


async def kept(app: AppProcess) -> tuple[dict[str, ScheduleState], list[dict[str, Any]]]:
    """What Restate has of the schedules, and of the transactions."""
    base = reachable(app.data / "restate", f"{NODE}/ingress.sock")
    admin = Admin(Transport(f"unix:{base}/{NODE}/admin.sock"))
    try:
        states = await Schedules(Ingress(Transport("unix:")), admin).states()
        rows = await admin.query("SELECT target_service_key FROM sys_invocation WHERE target_service_name = 'ticks'")
    finally:
        await admin.close()
    return states, rows

"""`--reload` imports changed files beside the pages."""

import time
from pathlib import Path

import httpx2
import pytest

from tests.process import AppProcess
from tests.web.test_app import ACTION, Caller, environment

SLOW = f"import time\n\ntime.sleep(3)\n{ACTION.replace('ask', 'slow')}"


def test_an_import_that_takes_long_holds_up_no_page(restate_binary: Path, project: Path, free_port: int) -> None:
    (project / "actions" / "ask.py").write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start("--reload")
    call = Caller(app)
    try:
        (project / "actions" / "slow.py").write_text(SLOW)
        times, began = [], time.monotonic()
        while len(call("GET", "/api/actions")[1]) < 2:
            asked = time.monotonic()
            assert call("GET", "/api/actions")[0] == 200
            times.append(time.monotonic() - asked)
            assert time.monotonic() - began < 20
            time.sleep(0.02)
        assert time.monotonic() - began > 3
        assert max(times) < 1
        (project / "actions" / "slow.py").write_text(f"{SLOW}\nraise ValueError('odd')\n")
        line = SLOW.count("\n") + 2
        while f"actions/slow.py:{line}: ValueError: odd" not in app.output:
            assert time.monotonic() - began < 30
            time.sleep(0.1)
        assert call("POST", "/api/actions/ask", {})[0] == 201
    finally:
        app.close()


def test_the_app_stops_during_an_import(restate_binary: Path, project: Path, free_port: int) -> None:
    (project / "actions" / "ask.py").write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start("--reload")
    try:
        (project / "actions" / "slow.py").write_text(SLOW.replace("sleep(3)", "sleep(60)"))
        time.sleep(1.5)
        assert app.interrupt(seconds=15) == 0
    finally:
        app.close()


@pytest.mark.parametrize("mode", ["none", "link"])
def test_a_running_app_that_others_reach_is_not_opened_to_them(
    restate_binary: Path, project: Path, free_port: int, mode: str
) -> None:
    file = project / "restival.yaml"
    file.write_text("host: 0.0.0.0\nsign_in: {mode: password}\n")
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start()
    try:
        assert httpx2.get(f"{app.url}/api/actions").status_code == 401
        file.write_text(f"host: 127.0.0.1\nsign_in: {{mode: {mode}}}\n")
        end = time.monotonic() + 20
        while "would open the app to other machines" not in " ".join(app.output.split()):
            assert time.monotonic() < end
            assert httpx2.get(f"{app.url}/api/actions").status_code == 401
            time.sleep(0.1)
        assert httpx2.get(f"{app.url}/api/actions").status_code == 401
    finally:
        app.close()

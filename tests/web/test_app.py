"""The app as a process: commands, health, API, and wrong input."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.process import AppProcess, alive, http2_status, listening_ports

ACTION = """
from restival import IO, Context, action


@action
async def ask(io: IO, ctx: Context, count: int = 1) -> str:
    '''Asks once.'''
    return await io.input.text("Name", max_length=20) * count
"""


class Caller:
    """Calls the app over HTTP, as a program would."""

    def __init__(self, app: AppProcess) -> None:
        self.app = app

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("localhost", self.app.port, timeout=30)
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        given = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection.request(method, path, data, given)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text.decode()

    def asked(self, transaction: str, n: int = 1) -> Any:
        """The view once IO call `n` waits."""
        return self._once(transaction, lambda view: view["pending"] and view["pending"]["n"] == n)

    def ended(self, transaction: str) -> Any:
        """The view once it has ended."""
        return self._once(transaction, lambda view: view["outcome"])

    def _once(self, transaction: str, ready: Callable[[Any], object]) -> Any:
        for _ in range(200):
            status, view = self("GET", f"/api/transactions/{transaction}")
            if status == 200 and ready(view):
                return view
            time.sleep(0.02)
        raise AssertionError(view)

    def until(self, transaction: str, ready: Callable[[Any], bool]) -> Any:
        """The view once it is `ready`, within 20 s."""
        end = time.monotonic() + 20
        while True:
            status, view = self("GET", f"/api/transactions/{transaction}")
            if status == 200 and ready(view):
                return view
            assert time.monotonic() < end, view
            time.sleep(0.02)


def environment(restate_binary: Path) -> dict[str, str]:
    return {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}


@pytest.fixture(scope="module")
def call(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "actions" / "broken.py").write_text("x = 1\ndef oops(:\n")
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield Caller(process)
    process.close()


def test_it_tells_where_to_go_where_the_data_lies_and_how_to_stop(call: Caller) -> None:
    for told in (
        f"http://localhost:{call.app.port}",
        str(call.app.data),
        "Ctrl-C",
        "actions/broken.py:2: syntax error",
    ):
        assert told in call.app.output


def test_health(call: Caller) -> None:
    status, body = call("GET", "/healthz")
    assert (status, body) == (200, {"app": "running", "engine": "running", "actions": 1, "problems": 1})


def test_a_transaction_by_the_api(call: Caller) -> None:
    assert call("GET", "/api/actions") == (200, [{"slug": "ask", "title": "Ask", "description": "Asks once."}])
    status, started = call("POST", "/api/actions/ask", {"count": 2})
    assert status == 201
    view = call.asked(started["id"])
    assert view["state"] == "Waiting for you"
    path = f"/api/transactions/{started['id']}"
    assert call("POST", f"{path}/answer", {"n": 1, "values": {"0": 7}}) == (
        422,
        {"error": "The answer is invalid.", "fields": {"0": "Enter text."}},
    )
    assert call("POST", f"{path}/answer", {"n": 1})[0] == 400
    assert call("POST", f"{path}/answer", {"n": 1, "values": {"0": "ab"}}) == (200, {"answered": 1})
    status, again = call("POST", f"{path}/answer", {"n": 1, "values": {"0": "x"}})
    assert status == 409
    assert "has already answered this" in again["error"]
    _, view = call("GET", path)
    assert (view["state"], view["outcome"]["value"]) == ("Done", "abab")
    assert call("POST", f"{path}/cancel", {})[0] == 409


def test_wrong_calls_are_told(call: Caller) -> None:
    assert call("POST", "/api/actions/nothing", {}) == (404, {"error": "Action nothing doesn't exist."})
    assert call("POST", "/api/actions/ask", {"count": "many", "x": 1})[1]["fields"].keys() == {"count", "x"}
    assert call("POST", "/api/actions/ask", b"{")[1]["error"].startswith("the body isn't JSON")
    assert call("POST", "/api/actions/ask", b"[]") == (400, {"error": "the body must be a JSON object"})
    assert call("POST", "/api/actions/ask", b"x=1", content_type="text/plain")[0] == 400
    assert call("GET", "/api/transactions/ask.aaaaaaaaaaaaaaaa")[0] == 404
    assert call("GET", "/api/transactions/nonsense")[0] == 404


def test_an_answer_of_40_megabytes_is_told_and_loses_nothing(call: Caller) -> None:
    _, started = call("POST", "/api/actions/ask", {})
    call.asked(started["id"])
    path = f"/api/transactions/{started['id']}/answer"
    status, body = call("POST", path, {"n": 1, "values": {"0": "x" * 40_000_000}})
    assert status == 413
    assert "The limit is 5," in body["error"]
    assert call("POST", path, {"n": 1, "values": {"0": "fine"}})[0] == 200


def test_the_worker_takes_signed_requests_only(call: Caller) -> None:
    assert call("POST", "/worker/invoke/ask/run", b"")[0] == 404  # people's port has no door to it
    [own] = [port for port in listening_ports(call.app.pid) if port != call.app.port]
    for path in ("/worker/invoke/ask/run", "/invoke/ask/run", "/discover"):
        assert http2_status(own, path) == 401


def test_other_sites_are_kept_out(call: Caller) -> None:
    assert call("GET", "/", Host="evil.example")[0] == 403
    assert call("POST", "/api/actions/ask", {}, Origin="http://evil.example")[0] == 403
    assert call("POST", "/api/actions/ask", {}, Origin=f"http://localhost:{call.app.port}")[0] == 201


def run(*arguments: str, restate: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "restival", "run", *arguments]
    variables = {**os.environ, **environment(restate)}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=variables, check=False)


def test_a_taken_port_is_told(call: Caller, restate_binary: Path, project: Path) -> None:
    result = run(str(project), "--port", str(call.app.port), restate=restate_binary)
    assert result.returncode == 1
    assert f"Can't listen on 127.0.0.1:{call.app.port}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_second_run_on_the_data_says_so(call: Caller, restate_binary: Path, project: Path) -> None:
    result = run(str(project), "--port", "0", "--data", str(call.app.data), restate=restate_binary)
    assert result.returncode == 1
    assert "uses the data folder" in result.stderr
    assert call("GET", "/healthz")[0] == 200


def test_bad_settings_and_folders_are_told(restate_binary: Path, project: Path) -> None:
    (project / "restival.yaml").write_text("title: X\nport: many\n")
    result = run(str(project), restate=restate_binary)
    assert result.returncode == 1
    assert "restival.yaml:2: port: " in result.stderr
    result = run(str(project / "nowhere"), restate=restate_binary)
    assert "doesn't exist" in result.stderr
    (project / "restival.yaml").unlink()
    (project / "file").write_text("")
    result = run(str(project), "--data", str(project / "file" / "data"), restate=restate_binary)
    assert "can't be written" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process(restate_binary: Path, project: Path, free_port: int, sign: int) -> None:
    (project / "actions" / "ask.py").write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start()
    _, started = Caller(app)("POST", "/api/actions/ask", {})
    Caller(app).asked(started["id"])
    server = app.restate_pid
    started_at = time.monotonic()
    assert app.interrupt(sign) == 0, app.output
    assert time.monotonic() - started_at < 10
    assert not alive(server)
    assert "Nothing is lost" in app.output


def test_transactions_follow_the_app_to_another_port(restate_binary: Path, project: Path, free_port: int) -> None:
    (project / "actions" / "ask.py").write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start()
    _, started = Caller(app)("POST", "/api/actions/ask", {})
    Caller(app).asked(started["id"])
    app.kill()
    app.take_free_port()
    try:
        app.start()
        call = Caller(app)
        assert call("POST", f"/api/transactions/{started['id']}/answer", {"n": 1, "values": {"0": "x"}})[0] == 200
        assert call("GET", f"/api/transactions/{started['id']}")[1]["state"] == "Done"
    finally:
        app.close()


def test_reload_takes_new_and_changed_actions(restate_binary: Path, project: Path, free_port: int) -> None:
    file = project / "actions" / "ask.py"
    file.write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start("--reload")
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/ask", {})
        call.asked(started["id"])
        file.write_text(ACTION.replace("* count", "* count + '!'"))
        (project / "actions" / "more.py").write_text(ACTION.replace("ask", "more"))
        for _ in range(100):
            if len(call("GET", "/api/actions")[1]) == 2:
                break
            time.sleep(0.1)
        assert [item["slug"] for item in call("GET", "/api/actions")[1]] == ["ask", "more"]
        time.sleep(1)
        assert call("POST", f"/api/transactions/{started['id']}/answer", {"n": 1, "values": {"0": "x"}})[0] == 200
        assert call.ended(started["id"])["outcome"]["value"] == "x!"
    finally:
        app.close()

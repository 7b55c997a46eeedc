"""A Restate that somebody else runs: how it reaches the app, and what others who reach either can't do."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.test_banner import Restate, free_port
from tests.process import AppProcess, http2_status
from tests.web.test_app import ACTION, Caller

Begin = Callable[..., AppProcess]


@pytest.fixture(scope="module")
def elsewhere(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restate]:
    server = Restate(restate_binary, tmp_path_factory.mktemp("restate") / "elsewhere")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def begin(elsewhere: Restate, project: Path) -> Iterator[Begin]:
    """Starts an app with that Restate and more settings of `engine`."""
    begun: list[AppProcess] = []

    def start(at: int, **settings: object) -> AppProcess:
        (project / "actions" / "ask.py").write_text(ACTION)
        engine = {
            "ingress": f"http://127.0.0.1:{elsewhere.ingress}",
            "admin": f"http://127.0.0.1:{elsewhere.admin}",
            "unsigned": True,
            **settings,
        }
        (project / "restival.yaml").write_text(f"engine: {json.dumps(engine)}\n")
        begun.append(AppProcess(project, at, project / "data"))
        return begun[-1].start()

    yield start
    for app in begun:
        app.close()


def answered(call: Caller) -> str:
    _, started = call("POST", "/api/actions/ask", {"count": 3})
    call.asked(started["id"])
    assert call("POST", f"/api/transactions/{started['id']}/answer", {"n": 1, "values": {"0": "x"}})[0] == 200
    return str(call.ended(started["id"])["outcome"]["value"])


def test_it_reaches_the_app_at_a_port_of_its_own_over_http_2(begin: Begin, free_port: int) -> None:
    app = begin(free_port, port=(own := other_port()))
    assert answered(Caller(app)) == "xxx"
    assert http2_status(own, "/nothing") == 404
    assert app.interrupt() == 0


def test_it_can_be_told_the_port_of_the_people(begin: Begin, free_port: int) -> None:
    app = begin(free_port, port=0, worker=f"http://127.0.0.1:{free_port}")
    assert answered(Caller(app)) == "xxx"
    assert app.interrupt() == 0


def test_the_app_wants_a_key_or_to_be_told_that_none_is_needed(begin: Begin, free_port: int) -> None:
    with pytest.raises(AssertionError, match=r"restival.yaml:1: engine.identity_key: is missing: .*anyone who reaches"):
        begin(free_port, unsigned=False)


def other_port() -> int:
    return free_port()


START = {"params": {"count": 1}, "user": {"name": "Boss"}, "started_at": "2026-11-29T01:00:00Z"}


def sent(url: str, body: object) -> int:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_who_reaches_its_ingress_starts_and_cancels_nothing(
    begin: Begin,
    elsewhere: Restate,
    free_port: int,
) -> None:
    app = begin(free_port, port=0)
    call, ingress = Caller(app), f"http://127.0.0.1:{elsewhere.ingress}"
    assert sent(f"{ingress}/ask/aaaabbbbccccdddd/run", START) == 403
    view = call("GET", "/api/transactions/ask.aaaabbbbccccdddd")[1]
    assert "Boss" not in json.dumps(view)
    _, started = call("POST", "/api/actions/ask", {})
    invocation = call.asked(started["id"])["meta"]["invocation"]
    key = started["id"].rpartition(".")[2]
    cancel = {"by": {"name": "Boss"}, "invocation": invocation, "n": 1}
    assert sent(f"{ingress}/ask/{key}/cancel", cancel) == 403
    assert call.asked(started["id"])["state"] == "Waiting for you"
    assert call("POST", f"/api/transactions/{started['id']}/answer", {"n": 1, "values": {"0": "x"}})[0] == 200
    audit = (app.data / "audit.jsonl").read_text()
    assert "start refused" in audit
    assert "cancel refused" in audit


def test_who_reaches_its_ingress_replaces_no_account(begin: Begin, elsewhere: Restate, free_port: int) -> None:
    app = begin(free_port, port=0)
    account = f"http://127.0.0.1:{elsewhere.ingress}/_restival.accounts/ada%40example.com/put"
    assert sent(account, {}) == 403
    assert sent(account, "nonsense") == 403
    [first, _] = (app.data / "audit.jsonl").read_text().splitlines()
    assert (json.loads(first)["event"], json.loads(first)["what"]) == ("account refused", "account ada@example.com")

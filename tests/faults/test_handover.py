"""kill -9 while something waits for people: who has it in hand, who has agreed and until when is all still there."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.process import AppProcess

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PROJECT = Path(__file__).parent / "hands"
SECONDS = 40


class Desk:
    """The API, as each person uses it."""

    def __init__(self, app: AppProcess) -> None:
        self.app = app
        self.transaction = ""

    def ask(self, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"X-Person": f"{who}@example.com", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.app.url}/api{path}", data, headers)
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response)

    def at(self, who: str, what: str, body: dict[str, Any]) -> Any:
        return self.ask(who, f"/transactions/{self.transaction}/{what}", body)

    def until(self, ready: Callable[[Any], bool]) -> Any:
        end = time.monotonic() + SECONDS
        while True:
            try:
                view = self.ask("bo", f"/transactions/{self.transaction}")
            except urllib.error.HTTPError as early:  # it is there a moment after it was started
                view = {"pending": None, "told": early.code}
            if ready(view):
                return view
            assert time.monotonic() < end, view
            time.sleep(0.05)

    def waits(self, n: int, version: int) -> Any:
        """The call, once it waits and so much has happened to it."""
        view = self.until(
            lambda view: (
                view["pending"] is not None
                and (view["pending"]["n"], view["pending"]["hands"]["version"]) == (n, version)
            )
        )
        return view["pending"]["hands"]

    def kill(self, *, restate: bool = False, down: float = 0) -> None:
        if restate:
            self.app.kill_restate()
        self.app.kill()
        time.sleep(down)
        self.app.start()


@pytest.fixture
def desk(restate_binary: Path, tmp_path: Path, free_port: int) -> Iterator[Desk]:
    environment = {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}
    app = AppProcess(PROJECT, free_port, tmp_path / "data", environment).start()
    yield Desk(app)
    app.close()


def test_votes_hands_and_deadlines_survive(desk: Desk) -> None:
    prepared = {"to": "ada@example.com", "params": {"amount": 5}, "note": "for you"}
    desk.transaction = desk.ask("ada", "/queue/pay", prepared)["id"]
    desk.kill()
    end = time.monotonic() + SECONDS
    while not (inbox := desk.ask("ada", "/inbox")):  # it was accepted, but may not have begun
        assert time.monotonic() < end
        time.sleep(0.05)
    [waiting] = inbox
    assert (waiting["id"], waiting["waits_for"], waiting["note"]) == (desk.transaction, "Ada", "for you")
    desk.at("ada", "answer", {"n": 1, "values": {}})

    desk.waits(2, 0)
    desk.kill()
    desk.at("bo", "answer", {"n": 2, "values": {"0": "fine"}, "choice": "approve"})
    desk.waits(2, 1)
    desk.kill(restate=True)
    assert [vote["by"]["name"] for vote in desk.waits(2, 1)["votes"]] == ["Bo"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        desk.at("bo", "answer", {"n": 2, "values": {"0": "again"}, "choice": "approve"})
    desk.at("cy", "answer", {"n": 2, "values": {"0": None}, "choice": "approve"})

    due = desk.waits(3, 0)["due_at"]
    desk.at("bo", "claim", {})
    desk.waits(3, 1)
    desk.kill()
    assert desk.waits(3, 1)["claimed_by"]["name"] == "Bo"
    assert desk.ask("cy", "/inbox") == []
    desk.at("bo", "hand", {"to": "cy@example.com", "note": "you know it"})
    desk.waits(3, 2)
    desk.kill(restate=True)
    hands = desk.waits(3, 2)
    assert (hands["assignee"]["name"], hands["note"], hands["due_at"]) == ("Cy", "you know it", due)
    assert [each["waits_for"] for each in desk.ask("cy", "/inbox")] == ["Cy"]
    desk.at("cy", "answer", {"n": 3, "values": {"0": "X1"}})

    desk.until(lambda view: view["pending"] is not None and view["pending"]["n"] == 4)
    desk.kill(down=1.5)  # its time is over while the app isn't there
    desk.until(lambda view: "4" in view["items"])
    desk.kill(restate=True)
    view = desk.until(lambda view: view["outcome"] is not None)
    assert view["outcome"]["value"] == {
        "votes": ["Bo", "Cy"],
        "reference": "X1",
        "given": "nothing",
        "late": "Really?",
        "user": "Ada",
    }
    done = [each["change"] for _, each in sorted(view["hands"].items(), key=lambda item: int(item[0]))]
    assert [change for change in done if change != "reminded"] == [
        *("assigned", "answered"),
        *("assigned", "approved", "approved"),
        *("assigned", "claimed", "handed", "answered"),
        "timed out",
        *("assigned", "timed out"),
    ]
    assert 1 <= done.count("reminded") <= 4

"""Half a character (a lone surrogate) makes no loop: answers with one are refused, and actions with one end."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller, environment

ACTIONS = """
from pathlib import Path

from restival import IO, Context, action

HALF = "half \\ud800"


@action
async def ask(io: IO) -> object:
    return await io.input.json("Value")


@action
async def odd(io: IO, ctx: Context, what: str) -> object:
    with Path(__file__).with_name(what).open("a") as runs:
        runs.write("x")
    match what:
        case "returned":
            return {HALF: [HALF]}
        case "raised":
            raise ValueError(HALF)
        case "shown":
            await io.display.markdown(HALF)
        case "asked":
            await io.input.text(HALF)
        case "notified":
            await ctx.notify(HALF)
        case "loading":
            await ctx.loading.start(HALF)
        case "named":
            await ctx.step(lambda: 1, name=HALF)
        case "logged":
            await ctx.log(HALF)
    return "after"
"""
DONE = {"returned", "logged"}


@pytest.fixture(scope="module")
def call(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "actions").mkdir()
    (folder / "actions" / "odd.py").write_text(ACTIONS)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield Caller(process)
    process.close()


def test_an_answer_with_half_a_character_is_refused_at_its_field(call: Caller) -> None:
    _, started = call("POST", "/api/actions/ask", {})
    call.asked(started["id"])
    path = f"/api/transactions/{started['id']}/answer"
    status, told = call("POST", path, {"n": 1, "values": {"0": '{"a": "\\ud800"}'}})
    assert status == 422
    assert told["fields"] == {"0": "The text contains invalid Unicode characters. Remove them."}
    status, told = call("POST", path, b'{"n": 1, "values": {"0": "\\ud800"}}')
    assert status == 400 and told["error"].startswith("values.0: half a character")
    assert call("POST", path, {"n": 1, "values": {"0": json.dumps({"a": "ä😀"})}})[0] == 200
    ended = call.until(started["id"], lambda view: view["outcome"] is not None)
    assert ended["outcome"]["value"] == {"a": "ä😀"}


@pytest.mark.parametrize("what", ["returned", "raised", "shown", "asked", "notified", "loading", "named", "logged"])
def test_an_action_with_half_a_character_ends(call: Caller, what: str) -> None:
    """It isn't tried again for good: it fails, or writes the half as an escape."""
    _, started = call("POST", "/api/actions/odd", {"what": what})
    ended = call.until(started["id"], lambda view: view["outcome"] is not None)
    assert ended["outcome"]["state"] == ("done" if what in DONE else "failed")
    assert len((call.app.project / "actions" / what).read_text()) <= 2

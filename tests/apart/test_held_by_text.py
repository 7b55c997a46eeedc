"""What people write costs only them: whatever a page has to make of it, the app answers meanwhile."""

import html
import http.client
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.process import AppProcess, alive
from tests.web.test_app import Caller, environment

ACTIONS = """
from restival import IO, Context, action


@action
async def show(io: IO, ctx: Context, kind: str, text: str, language: str = "", times: int = 1) -> None:
    for number in range(times):
        await {
            "markdown": lambda: io.display.markdown(text + str(number)),
            "html": lambda: io.display.html(text),
            "code": lambda: io.display.code(text, language=language),
            "diff": lambda: io.display.diff("a\\n" * len(text), text, language=language or None),
            "log": lambda: io.display.log(text),
            "notice": lambda: ctx.log(text),
        }[kind]()
    await io.input.text("Then")


@action
async def rich(io: IO) -> None:
    text = await io.input.rich_text("Text")
    await io.display.markdown(text)
    await io.input.text("Then")
"""
pytestmark = pytest.mark.flaky(reruns=1)  # a busy machine can be slower than the limit
LIMIT = 1.0
"""Seconds, on a machine that does other things too."""


@pytest.fixture(scope="module")
def call(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "actions").mkdir()
    (folder / "actions" / "show.py").write_text(ACTIONS)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield Caller(process)
    process.close()


@contextmanager
def answering(call: Caller) -> Iterator[None]:
    """Asks all the while whether the app is well. Fails where an answer has taken too long."""
    slowest, over = [0.0], threading.Event()

    def ask() -> None:
        while not over.is_set():
            began = time.monotonic()
            connection = http.client.HTTPConnection("localhost", call.app.port, timeout=60)
            connection.request("GET", "/healthz")
            assert connection.getresponse().status == 200
            connection.close()
            slowest[0] = max(slowest[0], time.monotonic() - began)
            time.sleep(0.01)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join()
    assert slowest[0] < LIMIT


def opened(call: Caller, transaction: str) -> str:
    status, page = call("GET", f"/t/{transaction}")
    assert status == 200
    return html.unescape(str(page))


BP = "".join(f"<b a={n}></p><p>" for n in range(4_000))
TEXTS: dict[str, tuple[str, str, str]] = {
    "links": ("markdown", '[a](b "' * 800, ""),
    "many links": ("markdown", '[a](b "' * 14_000, ""),
    "pictures": ("markdown", "![" * 40_000, ""),
    "table": ("markdown", "a|b\n-|-\n" * 12_000, ""),
    "stars": ("markdown", "**a*" * 20_000, ""),
    "code in markdown": ("markdown", "```java\n" + "\n" * 20_000 + "\n```", ""),
    "html in markdown": ("markdown", "<div>" * 15_000, ""),
    "java": ("code", "\n" * 20_000, "java"),
    "c": ("code", "\n" * 20_000, "c"),
    "code in markdown as code": ("code", "*" * 20_000, "markdown"),
    "javascript": ("code", "/" * 20_000, "javascript"),
    "divs": ("html", "<div>" * 60_000, ""),
    "bold in paragraphs": ("html", BP, ""),
    "ampersands": ("html", "&" * 300_000, ""),
    "diff": ("diff", "a\nb\n" * 2_000, ""),
    "diff of long texts": ("diff", "b\n" * 20_000, "python"),
    "log": ("log", "line\n" * 50_000, ""),
    "notice": ("notice", "[a](b" * 2_000, ""),
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_holds_up_the_app(call: Caller, name: str) -> None:
    kind, text, language = TEXTS[name]
    _, started = call("POST", "/api/actions/show", {"kind": kind, "text": text, "language": language})
    call.until(started["id"], lambda view: view["pending"] is not None)
    with answering(call):
        opened(call, started["id"])
        time.sleep(2.5)  # what is done later is over by then


def test_many_short_texts_are_no_less_than_a_long_one(call: Caller) -> None:
    _, started = call("POST", "/api/actions/show", {"kind": "markdown", "text": "![" * 900, "times": 100})
    call.until(started["id"], lambda view: view["pending"] is not None)
    with answering(call):
        opened(call, started["id"])
        time.sleep(2.5)


def test_no_rich_text_holds_up_the_app(call: Caller) -> None:
    """That of the report is taken, and shown as Markdown; such as can't be cleaned quickly is refused."""
    _, started = call("POST", "/api/actions/rich", {})
    call.asked(started["id"])
    path = f"/api/transactions/{started['id']}/answer"
    with answering(call):
        for text in ("<ul><li>" * 12_000, BP):
            status, told = call("POST", path, {"n": 1, "values": {"0": text}})
            assert (status, "tags" in str(told)) == (422, True), told
        assert call("POST", path, {"n": 1, "values": {"0": '[a](b "' * 800}})[0] == 200
        call.asked(started["id"], 3)
        opened(call, started["id"])
        time.sleep(2.5)


def workers(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text, command = status.read_text(), (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if f"\nPPid:\t{parent}\n" in text and b"sandbox/child.py" in command:
            found.append(int(status.parent.name))
    return found


def gone(pids: list[int]) -> bool:
    end = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(alive, pids))


@pytest.fixture
def own_app(restate_binary: Path, project: Path) -> Iterator[Caller]:
    (project / "actions" / "show.py").write_text(ACTIONS)
    secret = {"SECRET_OF_THE_APP": "s3cret"}
    process = AppProcess(project, 0, project / "data", environment(restate_binary) | secret)
    process.take_free_port()
    process.start()
    yield Caller(process)
    process.close()


def busy(call: Caller, text: str = "\n" * 20_000) -> list[int]:
    """The workers, one of which is busy for a while."""
    _, started = call("POST", "/api/actions/show", {"kind": "code", "text": text, "language": "java"})
    call.until(started["id"], lambda view: view["pending"] is not None)
    opened(call, started["id"])
    found = workers(call.app.pid)
    assert found
    return found


@pytest.mark.faults
def test_workers_begin_when_needed_and_end_with_the_app(own_app: Caller) -> None:
    assert workers(own_app.app.pid) == []  # they don't delay the start
    for end in (own_app.app.kill, lambda: own_app.app.interrupt(seconds=20)):
        pids = busy(own_app)
        end()
        assert gone(pids)
        own_app.app.start()


@pytest.mark.faults
def test_workers_have_neither_sockets_nor_secrets_of_the_app(own_app: Caller) -> None:
    [pid, *_] = busy(own_app)
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        assert not os.readlink(descriptor).startswith("socket:")
    assert b"s3cret" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_ordinary_texts_are_there_at_first_sight(call: Caller) -> None:
    """What a page is drawn with is what stays, so that nothing moves, once the process has begun."""
    opened_at_first: dict[str, Any] = {}
    for kind, text, language in (
        ("code", "def f(): ...", "python"),
        ("markdown", "# Title\n\n" + "Some **bold** words. " * 300 + "\n\n```python\ndef f(): ...\n```", ""),
        ("markdown", "Some **short** words", ""),
    ):
        _, started = call("POST", "/api/actions/show", {"kind": kind, "text": text, "language": language})
        call.until(started["id"], lambda view: view["pending"] is not None)
        opened_at_first[text] = opened(call, started["id"])
    code, long, short = opened_at_first.values()
    assert re.search(r'class=."k.">def', code)
    assert "strong" in long and re.search(r'class=."k.">def', long)
    assert "strong" in short


def test_the_port_is_free_as_soon_as_the_app_is_killed(own_app: Caller) -> None:
    busy(own_app)
    own_app.app.kill()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", own_app.app.port))

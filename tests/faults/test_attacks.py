"""Strangers and somebody inside attack in every way at once, in bounded numbers: other people notice nothing."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
import socketio

from tests.browser.test_sign_in import HASH, PASSWORD
from tests.process import AppProcess, http2_status, listening_ports
from tests.web.test_app import environment
from tests.web.test_patience import HALF_BODY, HALF_HEAD
from tests.web.test_sockets import OpenPage, connected

pytestmark = pytest.mark.faults

ACTIONS = """
from restival import IO, action


@action
async def greet(io: IO) -> str:
    first = await io.input.text("First name")
    last = await io.input.text("Last name")
    return f"Hello, {first} {last}!"


@action
async def show(io: IO) -> None:
    text = await io.input.text("Text", multiline=True)
    await io.display.markdown(text)
"""
NAMES = ("ada", "bo", "eve")
SECONDS = 15


@pytest.fixture
def app(restate_binary: Path, project: Path, tmp_path: Path, free_port: int) -> Iterator[AppProcess]:
    (project / "actions" / "all.py").write_text(ACTIONS)
    people = "".join(
        f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [all], password: "{HASH}"}}\n' for name in NAMES
    )
    (project / "restival.yaml").write_text(
        f'sign_in: {{mode: password}}\nroles: {{all: {{"*": [run, answer]}}}}\npeople:\n{people}'
    )
    process = AppProcess(project, free_port, tmp_path / "data", environment(restate_binary)).start()
    yield process
    process.close()


class Person:
    """Somebody who has signed in and works by the API, as a page would."""

    def __init__(self, app: AppProcess, name: str) -> None:
        self.browser = httpx2.Client(base_url=app.url, timeout=30)
        answer = self.browser.post("/sign-in", data={"mail": f"{name}@example.com", "password": PASSWORD})
        assert answer.status_code == 303
        self.times: list[float] = []
        self.greeted = 0

    def call(self, method: str, path: str, body: Any = None) -> Any:
        began = time.monotonic()
        answer = self.browser.request(method, path, json=body)
        self.times.append(time.monotonic() - began)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def until(self, transaction: str, ready: Callable[[Any], object]) -> None:
        end = time.monotonic() + 10
        while not ready(self.call("GET", f"/api/transactions/{transaction}")):
            assert time.monotonic() < end
            time.sleep(0.02)

    def start(self, action: str) -> str:
        return str(self.call("POST", f"/api/actions/{action}", {})["id"])

    def answer(self, transaction: str, n: int, value: str) -> None:
        self.until(transaction, lambda view: (view["pending"] or {}).get("n") == n)
        self.call("POST", f"/api/transactions/{transaction}/answer", {"n": n, "values": {"0": value}})

    def work(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            transaction = self.start("greet")
            self.answer(transaction, 1, "Ada")
            self.answer(transaction, 2, "Lovelace")
            self.greeted += 1


def stranger(address: str, app: AppProcess) -> httpx2.Client:
    """A program that calls from another address."""
    return httpx2.Client(
        base_url=f"http://127.0.0.1:{app.port}",
        headers={"host": f"localhost:{app.port}"},
        transport=httpx2.HTTPTransport(local_address=address),
        timeout=30,
    )


def sign_ins(app: AppProcess) -> None:
    """Sixty wrong passwords at once, for somebody here and for others."""

    def attempt(number: int) -> None:
        mail = "ada@example.com" if number % 3 == 0 else f"nobody{number}@example.com"
        with suppress(httpx2.HTTPError):
            stranger("127.0.0.2", app).post("/sign-in", data={"mail": mail, "password": "wrong" * 5})

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def half_requests(app: AppProcess) -> None:
    with ExitStack() as opened:
        for number in range(150):
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", app.port), 5, ("127.0.0.3", 0)))
            with suppress(OSError):
                connection.sendall(HALF_BODY if number % 3 == 0 else HALF_HEAD)
        time.sleep(SECONDS - 3)


def long_paths(app: AppProcess) -> None:
    with stranger("127.0.0.4", app) as browser:
        for _ in range(1_000):
            assert browser.get("/" + "a" * 7_000, headers={"accept": "application/json"}).status_code == 401


def forged_worker_calls(app: AppProcess) -> None:
    [own] = listening_ports(app.pid) - {app.port}
    start = json.dumps({"user": {"name": "Boss"}, "started_at": "2026-11-29T01:00:00Z"}).encode()
    for _ in range(50):
        assert http2_status(own, "/worker/invoke/greet/run", start) == 401
        assert http2_status(own, "/invoke/_restival.accounts/put", start) == 401


def slow_texts(app: AppProcess) -> None:
    eve = Person(app, "eve")
    for text in ('[a](b "' * 800, "<div>" * 20_000, "```java\n" + "a\n" * 9_000 + "```"):
        transaction = eve.start("show")
        eve.answer(transaction, 1, text)
        eve.until(transaction, lambda view: view["outcome"])
        eve.browser.get(f"/t/{transaction}", headers={"accept": "text/html"})


def forged_events(app: AppProcess) -> None:
    async def forge() -> None:
        eve, ada = Person(app, "eve").browser, Person(app, "ada").browser
        hers = OpenPage(ada, "/")
        for _ in range(20):
            own = OpenPage(eve, "/")
            with suppress(socketio.exceptions.ConnectionError):
                async with connected(app, eve, hers.query):
                    raise AssertionError("eve has opened a socket to ada's page")
            async with connected(app, eve, own.query) as opened:
                for event in ("event", "ack", "javascript_response", "log"):
                    for client in (hers.id, own.id, "x" * 1_000):
                        await opened.client.emit(
                            event, {"client_id": client, "id": 5, "listener_id": "l", "args": ["y" * 10_000]}
                        )
                await asyncio.sleep(0.2)

    asyncio.run(forge())


ATTACKS: tuple[Callable[[AppProcess], None], ...] = (
    sign_ins,
    half_requests,
    long_paths,
    forged_worker_calls,
    slow_texts,
    forged_events,
)


def test_others_are_answered_within_a_second(app: AppProcess) -> None:
    people = [Person(app, name) for name in ("ada", "bo")]
    failed: list[str] = []

    def attack(how: Callable[[AppProcess], None]) -> None:
        try:
            how(app)
        except BaseException as error:
            failed.append(f"{how.__name__}: {error!r}")

    work = [threading.Thread(target=each.work, args=(SECONDS,)) for each in people]
    attacks = [threading.Thread(target=attack, args=(how,)) for how in ATTACKS]
    for thread in (*work, *attacks):
        thread.start()
    for thread in (*work, *attacks):
        thread.join(SECONDS * 5)
        assert not thread.is_alive()
    assert not failed
    assert app.healthy()
    times = sorted(each for person in people for each in person.times)
    assert all(person.greeted > 3 for person in people)
    assert times[int(len(times) * 0.95)] < 1
    assert times[-1] < 5, "an answer took long"
    assert (app.data / "audit.jsonl").stat().st_size < 200_000
    assert "Boss" not in (app.data / "audit.jsonl").read_text()
    people[0].work(1)  # nobody is locked out
    assert Person(app, "bo").browser.get("/api/actions").status_code == 200

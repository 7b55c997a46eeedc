"""Pages take from a socket only what comes from their own person, and only as long as that person is signed in."""

import ast
import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
import socketio

from tests.browser.test_sign_in import HASH, PASSWORD
from tests.process import AppProcess
from tests.web.test_app import environment

ACTION = """
from restival import IO, action


@action
async def ask(io: IO, name: str) -> str:
    return name
"""


def settings(*names: str) -> str:
    people = "".join(
        f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [boss], password: "{HASH}"}}\n' for name in names
    )
    return f'sign_in: {{mode: password}}\nroles: {{boss: {{"*": [manage]}}}}\npeople:\n{people}'


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("sockets")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "restival.yaml").write_text(settings("ada", "bo"))
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def entered(app: AppProcess, name: str) -> httpx2.Client:
    caller = httpx2.Client(base_url=app.url, timeout=30)
    answer = caller.post("/sign-in", data={"mail": f"{name}@example.com", "password": PASSWORD})
    assert answer.status_code == 303
    return caller


class OpenPage:
    """A page that somebody has loaded, as its browser knows it."""

    def __init__(self, caller: httpx2.Client, path: str = "/people") -> None:
        self.text = text = caller.get(path, headers={"accept": "text/html"}).text
        found = re.search(r"query: (\{.*?\}),\n", text)
        assert found is not None
        self.query = {**ast.literal_eval(found[1]), "tab_id": "tab", "document_id": "doc"}
        self.listeners = {
            each["listener_id"]: int(element)
            for element, elements in self._elements(text).items()
            for each in elements.get("events", [])
            if each["type"] == "click"
        }

    @staticmethod
    def _elements(text: str) -> dict[str, Any]:
        found = re.search(r"parseElements\(String\.raw`(.*?)`\)", text, re.DOTALL)
        assert found is not None
        raw = found[1]
        for escaped, plain in (("&#36;", "$"), ("&#96;", "`"), ("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&")):
            raw = raw.replace(escaped, plain)
        elements: dict[str, Any] = json.loads(raw)
        return elements

    @property
    def id(self) -> str:
        return str(self.query["client_id"])


class Socket:
    """A socket that belongs to somebody's browser, with what it has heard."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.heard: list[tuple[str, Any]] = []
        self.gone = asyncio.Event()
        self.client.on("*", lambda event, data: self.heard.append((event, data)))
        self.client.on("disconnect", lambda *_: self.gone.set())

    async def event(self, page: OpenPage) -> None:
        listener, element = next(iter(page.listeners.items()))
        await self.client.emit(
            "event",
            {"id": element, "client_id": page.id, "listener_id": listener, "args": [], "event_listener_id": listener},
        )


@asynccontextmanager
async def connected(
    app: AppProcess, caller: httpx2.Client, query: dict[str, Any], **headers: str
) -> AsyncIterator[Socket]:
    cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    parameters = "&".join(
        f"{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in query.items()
    )
    socket = Socket()
    await socket.client.connect(
        f"{app.url}/?{parameters}",
        headers={"cookie": cookies, **headers},
        transports=["websocket"],
        socketio_path="/_nicegui_ws/socket.io",
    )
    try:
        yield socket
    finally:
        await socket.client.disconnect()


async def closes(socket: Socket, seconds: float = 3) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(socket.gone.wait(), seconds)
    return socket.gone.is_set()


async def test_a_page_of_ones_own_is_heard(app: AppProcess) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    async with connected(app, ada, page.query) as socket:
        await socket.event(page)
        await socket.client.emit("ack", {"client_id": page.id, "next_message_id": 0})
        assert not await closes(socket, 1)


async def test_nobody_opens_a_socket_to_the_page_of_somebody_else(app: AppProcess) -> None:
    ada, bo = entered(app, "ada"), entered(app, "bo")
    page = OpenPage(ada)
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with connected(app, bo, page.query):
            pass
    async with connected(app, bo, {"x": 4}) as socket:  # it may be left out at first
        assert await socket.client.call("handshake", page.query) is False
    async with connected(app, ada, page.query) as socket:  # whose page it is isn't locked out by that
        assert not await closes(socket, 0.5)
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with connected(app, bo, page.query):
                pass


def refusals(app: AppProcess) -> list[dict[str, str]]:
    """What the audit says of refused sockets and events."""
    lines = map(json.loads, (app.data / "audit.jsonl").read_text().splitlines())
    return [
        {key: line[key] for key in ("who", "what", "where")}
        for line in lines
        if line["event"] == "refused" and "where" in line
    ]


@pytest.mark.parametrize("event", ["event", "ack", "javascript_response"])
async def test_what_is_said_in_the_name_of_somebody_elses_page_closes_the_socket(app: AppProcess, event: str) -> None:
    ada, bo = entered(app, "ada"), entered(app, "bo")
    hers, his = OpenPage(ada), OpenPage(bo)
    async with connected(app, ada, hers.query) as victim, connected(app, bo, his.query) as socket:
        if event == "event":
            await socket.event(hers)
        else:
            await socket.client.emit(event, {"client_id": hers.id, "next_message_id": 9, "request_id": "x"})
        assert await closes(socket)
        assert not await closes(victim, 0.5)
    assert {"who": "bo@example.com", "what": "event", "where": "the page of somebody else"} in refusals(app)


async def test_nobody_writes_lines_of_their_choice_into_the_log(app: AppProcess) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    async with connected(app, ada, page.query) as socket:
        message = {"client_id": page.id, "level": "error", "message": "x\n2026-01-01 boss@example.com signed in"}
        await socket.client.emit("log", message)
        await asyncio.sleep(0.5)
    assert "boss@example.com" not in (app.data / "app.log").read_text()


async def test_a_message_that_isnt_one_harms_nothing(app: AppProcess) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    async with connected(app, ada, page.query) as socket:
        for message in (None, 7, [], {}, {"client_id": 3}, {"client_id": {"a": 1}}):
            for event in ("event", "ack", "javascript_response", "handshake", "nothing"):
                await socket.client.emit(event, message)
        await asyncio.sleep(0.3)
        assert not socket.gone.is_set()
    assert "Traceback" not in (app.data / "app.log").read_text()


async def everywhere(app: AppProcess, ada: httpx2.Client) -> None:
    assert entered(app, "ada").post("/sign-out", data={"everywhere": "1"}).status_code == 303


async def removed(app: AppProcess, ada: httpx2.Client) -> None:
    (app.project / "restival.yaml").write_text(settings("bo"))


@pytest.mark.parametrize("end", [everywhere, removed])
async def test_a_socket_ends_with_the_session(app: AppProcess, end: Callable[[AppProcess, httpx2.Client], Any]) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    try:
        async with connected(app, ada, page.query) as socket:
            await end(app, ada)
            assert await closes(socket)
            assert ("run_javascript", {"code": "restival.leave()"}) in socket.heard
            heard = len(socket.heard)
            await asyncio.sleep(0.5)
            assert len(socket.heard) == heard
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with connected(app, ada, page.query):
                pass
    finally:
        (app.project / "restival.yaml").write_text(settings("ada", "bo"))
        await asyncio.sleep(1)


async def test_an_event_that_comes_right_after_the_end_is_too_late(app: AppProcess) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    async with connected(app, ada, page.query) as socket:
        await asyncio.gather(everywhere(app, ada))
        await socket.event(page)
        assert await closes(socket, 0.5) or await closes(socket)
        updates = [data for event, data in socket.heard if event == "update"]
        assert not updates or "Ada" not in json.dumps(updates[-1])


@pytest.fixture
def behind_proxy(restate_binary: Path, project: Path, tmp_path: Path) -> Iterator[AppProcess]:
    """An app that a proxy tells who somebody is."""
    (project / "actions" / "ask.py").write_text(ACTION)
    mode = "sign_in: {mode: header, trusted: [127.0.0.1, '::1']}"
    (project / "restival.yaml").write_text(settings("ada", "bo").replace("sign_in: {mode: password}", mode))
    process = AppProcess(project, 0, tmp_path / "data", environment(restate_binary))
    process.take_free_port()
    yield process.start()
    process.close()


async def test_the_proxys_header_of_the_socket_counts(behind_proxy: AppProcess) -> None:
    header = "X-Forwarded-Email"
    caller = httpx2.Client(base_url=behind_proxy.url, headers={header: "ada@example.com"}, timeout=30)
    page = OpenPage(caller)
    wrong: list[dict[str, str]] = [{}, {header: "bo@example.com"}, {header: "eve@example.com"}]
    for headers in wrong:
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with connected(behind_proxy, caller, page.query, **headers):
                pass
    async with connected(behind_proxy, caller, page.query, **{header: "ada@example.com"}) as socket:
        await socket.event(page)
        assert not await closes(socket, 0.5)
        (behind_proxy.project / "restival.yaml").write_text("sign_in: {mode: header, trusted: [127.0.0.1, '::1']}\n")
        assert await closes(socket)


def test_whom_the_proxy_does_not_name_is_told_so(behind_proxy: AppProcess) -> None:
    for told in ({}, {"X-Forwarded-Email": "eve@example.com"}):
        answer = httpx2.get(behind_proxy.url, headers={"accept": "text/html", **told}, follow_redirects=True)
        assert (answer.status_code, "don't have access" in answer.text) == (401, True)


def test_polling_on_somebody_elses_socket(app: AppProcess) -> None:
    ada, bo = entered(app, "ada"), entered(app, "bo")
    way = "/_nicegui_ws/socket.io/?transport=polling&EIO=4"
    name = re.search(r'"sid":"([^"]+)"', ada.get(way).text)
    assert name is not None
    assert bo.get(f"{way}&sid={name[1]}").status_code == 404
    assert bo.post(f"{way}&sid={name[1]}", content="40").status_code == 404
    assert ada.post(f"{way}&sid={name[1]}", content="40").status_code == 200
    assert ada.get(f"{way}&sid={name[1]}").status_code == 200


def test_no_other_site_reads_a_socket(app: AppProcess) -> None:
    ada = entered(app, "ada")
    way = "/_nicegui_ws/socket.io/?transport=polling&EIO=4"
    refused = ada.get(way, headers={"origin": "http://evil.example"})
    assert refused.status_code == 403
    for answer in (refused, ada.get(way), ada.get(way, headers={"origin": app.url})):
        assert not [name for name in answer.headers if name.startswith("access-control")]

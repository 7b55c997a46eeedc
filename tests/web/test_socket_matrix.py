"""Every kind of event that an open page registers, sent by somebody else's socket, and by its own when its session has
just ended. The kinds are found on the pages themselves; one that the code registers and no page has fails.

What an event of a page's own person does, with the right to it and without, is tried in a real browser (see
test_rights_matrix.py).
"""

import ast
import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

import restival.ui.session.navigation_source
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_sockets import OpenPage, Socket, closes, connected, entered, settings

pytestmark = pytest.mark.timeout(180)

ACTIONS = """
from restival import IO, Context, action

ROWS = [{"name": f"Row {n}", "n": n} for n in range(300)]


def page_of(page):
    return ROWS[page.offset : page.offset + page.page_size], len(ROWS)


async def found(query: str) -> list[str]:
    return [query]


@action
async def fields(io: IO) -> None:
    await io.group(
        io.input.text("Text"),
        io.input.number("Number"),
        io.input.boolean("Yes or no"),
        io.input.date("Day"),
        io.input.slider("Slider", min=0, max=9),
        io.input.rich_text("Rich text"),
        io.input.color("Color"),
        io.input.code("Code"),
        io.input.tags("Tags"),
        io.input.file("File"),
        io.input.spreadsheet("Sheet", columns={"name": "string"}),
        io.select.single("One", options=["a", "b"]),
        io.select.multiple("Some", options=["a", "b", "c"]),
        io.select.table("Rows", data=ROWS),
        io.search("Search", on_search=found),
        io.display.table("Many rows", get_data=page_of),
        io.display.grid("Cards", data=ROWS, render_item=lambda row: {"label": row["name"]}, default_page_size=5),
        io.display.object("Object", data={"a": {"b": [1, 2, 3]}, "rows": ROWS}),
    )


@action
async def greet(io: IO, name: str, tags: list[str], age: int | None = None) -> str:
    return name


@action(title="Runs by itself", schedule="0 9 1 1 *", run_as="ada@example.com")
async def feed() -> None:
    pass
"""
SCREENS = ("/", "/history", "/inbox", "/account", "/people", "/audit", "/engine", "/schedules", "/greet", "/t/{fields}")
SCREENS += ("/t/{fields}/timeline",)
ELSEWHERE = {"hide"}
"""Events that no page has as soon as it is open: those of an import, once a file was read."""
DRAWN_SECONDS = 1.0
LEAVE = ("run_javascript", {"code": "restival.leave()"})


@dataclass(frozen=True)
class Kind:
    """What is registered, by the element that registers it."""

    tag: str
    type: str


CLICKED = Kind("q-layout", "restival_clicked")


class Listening(OpenPage):
    """A page with one listener of each kind, from its HTML and from what comes over its socket."""

    def __init__(self, caller: httpx2.Client, path: str) -> None:
        super().__init__(caller, path)
        self.kinds: dict[Kind, tuple[int, str]] = {}
        self.take(self._elements(self.text))

    def take(self, elements: dict[str, Any]) -> None:
        for element, each in elements.items():
            for event in each.get("events", []) if isinstance(each, dict) else ():
                self.kinds.setdefault(Kind(each.get("tag", ""), event["type"]), (int(element), event["listener_id"]))

    def message(self, kind: Kind) -> dict[str, Any]:
        element, listener = self.kinds[kind]
        return {"id": element, "client_id": self.id, "listener_id": listener, "args": []}


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "actions").mkdir()
    (folder / "actions" / "fields.py").write_text(ACTIONS)
    (folder / "restival.yaml").write_text(settings("ada", "bo"))
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


@pytest.fixture(scope="module")
def transaction(app: AppProcess) -> str:
    """One of Ada's, which waits with all its fields."""
    ada = entered(app, "ada")
    started = ada.post("/api/actions/fields", json={}).json()["id"]
    while ada.get(f"/api/transactions/{started}").json()["pending"] is None:
        pass
    return str(started)


@asynccontextmanager
async def opened(app: AppProcess, caller: httpx2.Client, path: str) -> AsyncIterator[tuple[Listening, Socket]]:
    """A page with its socket, all of it drawn."""
    page = Listening(caller, path)
    async with connected(app, caller, page.query) as socket:
        await asyncio.sleep(DRAWN_SECONDS)
        for event, told in socket.heard:
            if event == "update":
                page.take(told)
        yield page, socket


def registered() -> set[str]:
    """The kinds of events that the code of the pages names."""
    found = set()
    for file in Path(restival.ui.session.navigation_source.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "on":
                [first, *_] = node.args or [None]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value).partition(".")[0])
    return found


async def test_the_pages_have_all_events_that_are_registered(app: AppProcess, transaction: str) -> None:
    ada, found = entered(app, "ada"), set[str]()
    for path in SCREENS:
        async with opened(app, ada, path.format(fields=transaction)) as (page, _):
            found |= {kind.type for kind in page.kinds}
    assert registered() - found == ELSEWHERE


@pytest.mark.parametrize("path", SCREENS)
async def test_no_event_is_taken_from_the_socket_of_somebody_else(app: AppProcess, transaction: str, path: str) -> None:
    ada, bo = entered(app, "ada"), entered(app, "bo")
    async with opened(app, ada, path.format(fields=transaction)) as (page, victim):
        assert len(page.kinds) > 5
        for kind in page.kinds:
            his = OpenPage(bo)
            async with connected(app, bo, his.query) as socket:
                await socket.client.emit("event", page.message(kind))
                assert await closes(socket), kind
        assert not victim.gone.is_set()
        await victim.client.emit("event", page.message(CLICKED))
        assert not await closes(victim, 0.5)  # its own is


@pytest.mark.parametrize("path", SCREENS)
async def test_no_event_is_taken_when_the_session_has_ended(app: AppProcess, transaction: str, path: str) -> None:
    ada, path = entered(app, "ada"), path.format(fields=transaction)
    async with AsyncExitStack() as stack:
        first, _ = await stack.enter_async_context(opened(app, ada, path))
        pages: list[tuple[Kind, Listening, Socket]] = []
        for kind in first.kinds:
            page = Listening(ada, path)
            socket = await stack.enter_async_context(connected(app, ada, page.query))
            pages.append((kind, page, socket))
        await asyncio.sleep(DRAWN_SECONDS)
        for _, page, socket in pages:
            for event, told in list(socket.heard):
                if event == "update":
                    page.take(told)
            socket.heard.clear()
        assert ada.post("/sign-out").status_code == 303
        for kind, page, socket in pages:
            if kind in page.kinds and not socket.gone.is_set():
                await socket.client.emit("event", page.message(kind))
        for kind, _, socket in pages:
            assert await closes(socket), kind
            assert [each for each in socket.heard if tells(*each)] == [], kind


def tells(event: str, told: Any) -> bool:
    """Whether a page hears more than that it has to go, and that all of it is gone."""
    gone = event == "update" and not any(isinstance(each, dict) for each in told.values())
    return not gone and (event, told) != LEAVE

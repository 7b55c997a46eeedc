"""Every route, screen and event as nobody, as somebody without the right, and as somebody with it. What the app serves
is found out from the app itself: a new route that isn't in the matrix fails."""

import ast
import contextlib
import inspect
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect
from playwright.async_api import Error as PlaywrightError
from starlette.routing import BaseRoute, Mount, Route

from restival.auth.keys import PREFIX, key_hash
from restival.auth.self_service import OthersAccounts
from restival.engine.client.client import Client
from restival.engine.client.operations import Operations
from restival.engine.client.restart import Restarts
from restival.engine.schedules.client import Schedules
from restival.pages.files import PageFiles
from restival.site import assignments as handing
from restival.ui import screens as ui_screens
from restival.ui.shell import routes as ui_routes
from restival.web.asgi import Dependencies, compose
from tests.auth.test_identity import auth_with
from tests.browser.test_sign_in import HASH, PASSWORD, context_of, sign_in, signed_in
from tests.conftest import Bench
from tests.process import AppProcess

pytestmark = pytest.mark.timeout(120)

CODE = """
import base64
from restival import IO, Context, Layout, action, page

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


@action(title="Count the till (zebra)")
async def till(io: IO) -> str:
    receipt = await io.input.file("Receipt")
    return await io.input.text(receipt.name)


@action(title="Talk it over (zebra)")
async def talk(io: IO) -> str:
    return await io.input.text("Note").assign("support")


def fails() -> None:
    raise OSError("not now")


@action(title="Order more (zebra)")
async def order(io: IO, ctx: Context) -> None:
    await ctx.step(fails, retries=9, backoff=600)


@action(title="Find somebody (zebra)")
async def find(io: IO) -> str:
    async def found(query: str) -> list[str]:
        return [query + "!"]

    friend = await io.search("Friend", on_search=found)
    return friend


@action(title="List them (zebra)")
async def stock(io: IO) -> int:
    return len(await io.input.spreadsheet("Stock", columns={"name": "string"}))


@action(title="Greet (zebra)")
async def greet(io: IO, name: str) -> str:
    return name


@action(title="Feed (zebra)", schedule="0 9 1 1 *", run_as="cy@example.com")
async def feed() -> None:
    pass


@page(title="The shelf (zebra)")
async def shelf(io: IO) -> Layout:
    return Layout(children=[io.display.image("A pixel", bytes=base64.b64decode(PIXEL))])
"""
UI = Path(handing.__file__).parents[1] / "ui"
KEYS = {name: PREFIX + name * 8 for name in ("holds", "expired")}
PEOPLE = {"ada": "support", "bo": "other", "vi": "viewer", "cy": "boss"}
NAMES = re.compile("zebra", re.IGNORECASE)
"""What somebody who may see nothing of that folder must not read."""
TYPED = re.compile(r"/?(t/)?zebra([./][\w./-]+)?")
"""Addresses, which somebody may have typed."""


def settings(**roles: str) -> str:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    people = "".join(
        f'  - {{mail: {name}@example.com, name: {name.title()}, roles: [{role}], password: "{HASH}"}}\n'
        for name, role in {**PEOPLE, **roles}.items()
    )
    return f"""
title: Acme
sign_in: {{mode: password}}
roles:
  everyone: {{}}
  support: {{zebra: [run, answer, view_history]}}
  viewer: {{zebra: [view_history]}}
  boss: {{"*": [manage]}}
people:
{people}keys:
  - {{name: robot, roles: [support], hash: "{key_hash(KEYS["holds"])}"}}
  - {{name: late, roles: [support], hash: "{key_hash(KEYS["expired"])}", expires: {yesterday}}}
"""


@dataclass
class Stage:
    """The app under test, and somebody of each kind at it."""

    app: AppProcess
    callers: dict[str, httpx2.Client] = field(default_factory=dict)

    def enter(self) -> None:
        for name in PEOPLE:
            caller = httpx2.Client(base_url=self.app.url, timeout=30)
            mail = f"{name}@example.com"
            assert caller.post("/sign-in", data={"mail": mail, "password": PASSWORD}).status_code == 303
            self.callers[name] = caller
        self.callers["nobody"] = httpx2.Client(base_url=self.app.url, timeout=30)
        for name, key in KEYS.items():
            headers = {"authorization": f"Bearer {key}"}
            self.callers[name] = httpx2.Client(base_url=self.app.url, timeout=30, headers=headers)

    def call(self, who: str, call: "Call") -> httpx2.Response:
        given = {"content": call.content} if call.content is not None else {"json": call.body} if call.body else {}
        if call.method == "POST" and not given:
            given = {"json": {}}
        return self.callers[who].request(call.method, call.path, **given)

    def started(self, slug: str, who: str = "ada") -> str:
        answer = self.call(who, Call("POST", f"/api/actions/{slug}"))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def waiting(self, slug: str, ready: Callable[[Any], bool] = lambda view: view["pending"] is not None) -> str:
        """A transaction that waits as the case needs it."""
        transaction = self.started(slug)
        self.until(transaction, ready)
        return transaction

    def until(self, transaction: str, ready: Callable[[Any], bool]) -> Any:
        end = time.monotonic() + 20
        while True:
            view = self.call("cy", Call("GET", f"/api/transactions/{transaction}")).json()
            if ready(view):
                return view
            assert time.monotonic() < end, view
            time.sleep(0.05)


@dataclass(frozen=True)
class Call:
    """A call, and what it gives to those who may do it (`done`), who may only see it (`seen`), who may see nothing
    (`hidden`). `unknown` is the same call for something that isn't there: nobody may tell it from what is hidden."""

    method: str
    path: str
    body: Any = None
    content: bytes | None = None
    done: int = 200
    seen: int = 403
    hidden: int = 404
    unknown: str = ""
    by: str = "ada"
    """Who may do it."""


def on_transaction(method: str, slug: str, tail: str, **more: Any) -> Callable[[Stage], Call]:
    ready = more.pop("ready", lambda view: view["pending"] is not None)

    def make(stage: Stage) -> Call:
        transaction = stage.waiting(slug, ready)
        absent = transaction.rpartition(".")[0] + "." + "a" * 16
        return Call(
            method, f"/api/transactions/{transaction}{tail}", unknown=f"/api/transactions/{absent}{tail}", **more
        )

    return make


def in_retry(view: Any) -> bool:
    return bool(view["step"] and view["step"].get("awakeable"))


def uploading(stage: Stage) -> Call:
    transaction = stage.waiting("zebra/till")
    absent = transaction.rpartition(".")[0] + "." + "a" * 16
    path = "/api/files/{}/1/0?name=receipt.txt"
    return Call("PUT", path.format(transaction), content=b"5 apples", done=201, unknown=path.format(absent))


def downloading(stage: Stage) -> Call:
    upload = uploading(stage)
    taken = stage.call("ada", upload).json()
    path = f"/api/files/{taken['id']}/receipt.txt"
    absent = re.sub(r"\.[a-z0-9]{16}/", f".{'a' * 16}/", path)
    return Call("GET", path, seen=200, unknown=absent)


def handed(method: str, tail: str, **more: Any) -> Callable[[Stage], Call]:
    return on_transaction(method, "zebra/talk", tail, **more)


def given_back(stage: Stage) -> Call:
    call = handed("POST", "/give-back")(stage)
    assert stage.call("ada", Call("POST", call.path.replace("give-back", "claim"))).status_code == 200
    return call


def starting(prefix: str, body: Any) -> Callable[[Stage], Call]:
    return lambda stage: Call(
        "POST", f"{prefix}/zebra/talk", body, done=201, seen=403, unknown=f"{prefix}/zebra/nothing"
    )


def listing(path: str) -> Callable[[Stage], Call]:
    def make(stage: Stage) -> Call:
        stage.waiting("zebra/talk")
        return Call("GET", path, seen=200, hidden=200)

    return make


OPEN = {
    ("GET", "/healthz"),
    ("GET", "/_restival/logo"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/back"),
    ("GET", "/sign-in/invitation"),
    ("POST", "/sign-in/invitation"),
    ("GET", "/sign-in/link"),
    ("POST", "/sign-in/link"),
}
"""For everybody: what these give to whom is tested in test_sign_in.py and test_oidc.py."""
OWN = {("POST", "/sign-out"), ("GET", "/sign-in/again")}
"""For everybody who has signed in: they concern the person's own session only."""
ELSEWHERE = {("GET", "/api/pages/{file}/{name}")}
"""Tried in a test of its own below: only an open page has such a file."""
MATRIX: dict[tuple[str, str], Callable[[Stage], Call]] = {
    ("GET", "/api/actions"): listing("/api/actions"),
    ("POST", "/api/actions/{slug:path}"): starting("/api/actions", {}),
    ("GET", "/api/transactions"): listing("/api/transactions"),
    ("GET", "/api/transactions.csv"): listing("/api/transactions.csv"),
    ("GET", "/api/audit.csv"): lambda stage: Call("GET", "/api/audit.csv", seen=404, by="cy"),
    ("GET", "/api/transactions/{transaction}"): on_transaction("GET", "zebra/talk", "", seen=200),
    ("GET", "/api/transactions/{transaction}/timeline"): on_transaction("GET", "zebra/talk", "/timeline", seen=200),
    ("POST", "/api/transactions/{transaction}/answer"): on_transaction(
        "POST", "zebra/talk", "/answer", body={"n": 1, "values": {"0": "yes"}}
    ),
    ("POST", "/api/transactions/{transaction}/retry"): on_transaction(
        "POST", "zebra/order", "/retry", ready=in_retry, done=202
    ),
    ("POST", "/api/transactions/{transaction}/restart"): on_transaction(  # it can't be done, which is told to who might
        "POST", "zebra/talk", "/restart", body={"entry": 9999}, done=409, by="cy"
    ),
    ("POST", "/api/transactions/{transaction}/cancel"): on_transaction("POST", "zebra/talk", "/cancel", done=202),
    ("GET", "/api/inbox"): listing("/api/inbox"),
    ("POST", "/api/queue/{slug:path}"): starting("/api/queue", {"to": "support"}),
    ("POST", "/api/transactions/{transaction}/hand"): handed("POST", "/hand", body={"to": "ada@example.com"}),
    ("POST", "/api/transactions/{transaction}/claim"): handed("POST", "/claim"),
    ("POST", "/api/transactions/{transaction}/give-back"): given_back,
    ("PUT", "/api/files/{transaction}/{n}/{field}"): uploading,
    ("GET", "/api/files/{transaction}/{file}/{name}"): downloading,
}


def served(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from served(route.routes, before + route.path)
        else:
            assert isinstance(route, Route), f"{route} is of a kind that the matrix doesn't know"
            for method in (route.methods or set()) - {"HEAD"}:
                yield method, before + route.path


def test_every_route_is_in_the_matrix(bench: Bench, tmp_path: Path) -> None:
    auth = auth_with(tmp_path)
    parts = Dependencies(auth._site, bench.engine, bench.files, PageFiles(), auth, b"x" * 32)
    assert set(served(compose(parts).routes)) == MATRIX.keys() | OPEN | OWN | ELSEWHERE


@pytest.fixture(scope="module")
def stage(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "project" / "actions" / "zebra").mkdir(parents=True)
    (folder / "project" / "actions" / "zebra" / "desk.py").write_text(CODE)
    (folder / "project" / "restival.yaml").write_text(settings())
    app = AppProcess(folder / "project", 0, folder / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)})
    app.take_free_port()
    app.start()
    made = Stage(app)
    made.enter()
    yield made
    app.close()


@pytest.mark.parametrize("route", MATRIX, ids=" ".join)
def test_call(route: tuple[str, str], stage: Stage) -> None:
    call = MATRIX[route](stage)
    for who in ("nobody", "expired"):
        answer = stage.call(who, call)
        assert (who, answer.status_code) == (who, 401)
        assert not NAMES.search(answer.text)
    hidden = stage.call("bo", call)
    assert hidden.status_code == call.hidden, hidden.text
    if call.unknown:
        absent = stage.call("bo", Call(call.method, call.unknown, call.body, call.content))
        ids = re.compile(r"zebra[./][\w./-]+")
        assert (hidden.status_code, ids.sub("", hidden.text)) == (absent.status_code, ids.sub("", absent.text))
    else:
        assert not NAMES.search(hidden.text)
    for who in {"vi", "ada"} - {call.by}:
        seen = stage.call(who, call)
        assert seen.status_code == call.seen, seen.text
    done = stage.call(call.by, call)
    assert done.status_code == call.done, done.text
    if call.hidden == 200 and "inbox" not in call.path:
        assert NAMES.search(done.text)


def test_a_key_may_what_its_roles_may(stage: Stage) -> None:
    transaction = stage.started("zebra/talk", "holds")
    view = stage.until(transaction, lambda view: view["pending"] is not None)
    assert view["meta"]["user"]["email"] == "key:robot"
    answered = stage.call(
        "holds", Call("POST", f"/api/transactions/{transaction}/answer", {"n": 1, "values": {"0": "x"}})
    )
    assert answered.status_code == 200
    assert stage.call("holds", Call("GET", "/")).status_code == 401  # pages take no keys


def addresses() -> set[str]:
    """The patterns of all screens, as restival/ui/screens and restival/ui/shell/routes.py have them."""
    found = {screen.path for screen in ui_screens.SCREENS}
    for node in ast.walk(ast.parse(inspect.getsource(ui_routes.routes))):
        keys = node.keys if isinstance(node, ast.Dict) else [node.slice] if isinstance(node, ast.Subscript) else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault":
            keys = [node.args[0]]
        for key in keys:
            if isinstance(key, ast.Constant | ast.JoinedStr):
                found.add("".join(ast.unparse(key).strip("f'\"")))
    return {each for each in found if each.startswith("/")}


EVERYBODY, SHOP, BOSS = {"ada", "bo", "vi", "cy"}, {"ada", "vi", "cy"}, {"cy"}
SCREENS: dict[str, tuple[Callable[[Stage], str], set[str]]] = {
    "/": (lambda stage: "/", EVERYBODY),
    "/history": (lambda stage: "/history", EVERYBODY),
    "/inbox": (lambda stage: "/inbox", EVERYBODY),
    "/account": (lambda stage: "/account", EVERYBODY),
    "/people": (lambda stage: "/people", BOSS),
    "/audit": (lambda stage: "/audit", BOSS),
    "/engine": (lambda stage: "/engine", BOSS),
    "/schedules": (lambda stage: "/schedules", SHOP),
    "/t/{transaction}": (lambda stage: f"/t/{stage.waiting('zebra/talk')}", SHOP),
    "/t/{transaction}/timeline": (lambda stage: f"/t/{stage.waiting('zebra/talk')}/timeline", SHOP),
    "/{action.slug}": (lambda stage: "/zebra/till", SHOP),
    "/{page.slug}": (lambda stage: "/zebra/shelf", SHOP),
    "/{folder}": (lambda stage: "/zebra", SHOP),
}
"""Each screen, and who may open it."""


def test_every_screen_is_in_the_matrix() -> None:
    assert addresses() == SCREENS.keys()


@pytest.mark.parametrize("pattern", SCREENS)
def test_screen(pattern: str, stage: Stage) -> None:
    make, allowed = SCREENS[pattern]
    path, html = make(stage), {"accept": "text/html"}
    nobody = stage.callers["nobody"].get(path, headers=html)
    assert nobody.status_code == 303
    assert nobody.headers["location"].startswith("/sign-in")
    assert stage.callers["nobody"].get(path).status_code == 401
    for who in PEOPLE:
        answer = stage.callers[who].get(path, headers=html)
        assert (who, answer.status_code) == (who, 200 if who in allowed else 404)
        if who == "bo":  # nothing of the zebra is his, wherever he is; the address is what he has typed
            assert not NAMES.search(TYPED.sub("", answer.text))


async def test_a_file_of_a_page_is_for_whom_it_was_shown_to(stage: Stage, browser: Browser) -> None:
    async with context_of(browser, stage.app) as context:
        page = await context.new_page()
        await page.goto("/zebra/shelf")
        await sign_in(page, "ada")
        picture = await page.get_by_role("img", name="A pixel").get_attribute("src")
        assert picture is not None and picture.startswith("/api/pages/")
        given = {who: stage.callers[who].get(picture).status_code for who in (*PEOPLE, "nobody", "expired")}
        assert given == {"ada": 200, "bo": 404, "vi": 404, "cy": 404, "nobody": 401, "expired": 401}
        absent = "/api/pages/" + "a" * 64 + "/x.png"
        assert stage.callers["bo"].get(picture).text == stage.callers["bo"].get(absent).text


HOLD = """() => {
    const real = window.socket.emit.bind(window.socket);
    window.held = [];
    window.socket.emit = (...sent) => (sent[0] === "event" ? window.held.push(sent) : real(...sent));
    window.release = () => { window.held.forEach((sent) => real(...sent)); return window.held.length; };
}"""
"""Keeps back what the page sends, so that it can be sent after the right to it is gone."""


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def answering(page: Page) -> None:
    await page.get_by_label("Note").fill("too late")
    await page.wait_for_timeout(300)


async def about_to_cancel(page: Page) -> None:
    await press(page, "Cancel")
    await page.get_by_role("button", name="Cancel transaction").wait_for()


async def about_to_hand_on(page: Page) -> None:
    await press(page, "Reassign…")
    await page.get_by_role("button", name="Assign", exact=True).wait_for()


async def naming(page: Page) -> None:
    await page.get_by_label("Name").fill("too late")
    await page.wait_for_timeout(300)


async def nothing(page: Page) -> None:
    pass


async def about_to_prepare(page: Page) -> None:
    await naming(page)
    await press(page, "Assign to…")
    await page.get_by_role("button", name="Assign", exact=True).wait_for()


async def claimed(page: Page) -> None:
    await press(page, "Assign to me")
    await page.get_by_role("button", name="Unassign").wait_for()


async def about_to_restart(page: Page) -> None:
    question = page.get_by_role("list", name="Timeline").get_by_role("listitem").filter(has_text="Question: Note")
    await question.locator("summary").click()
    await question.get_by_role("button", name="Restart from here").click()
    await page.get_by_role("dialog").wait_for()


async def searching(page: Page) -> None:
    await page.get_by_role("combobox", name="Friend").press_sequentially("ann")


EVENTS: dict[str, tuple[str, Callable[[Page], Any], Callable[[Page], Any]]] = {
    "answer": ("zebra/talk", answering, lambda page: press(page, "Continue")),
    "cancel": ("zebra/talk", about_to_cancel, lambda page: press(page, "Cancel transaction")),
    "run again": ("zebra/talk", nothing, lambda page: press(page, "Run again")),
    "claim": ("zebra/talk", nothing, lambda page: press(page, "Assign to me")),
    "hand on": (
        "zebra/talk",
        about_to_hand_on,
        lambda page: page.get_by_role("button", name="Assign", exact=True).click(),
    ),
    "ask": ("zebra/find", nothing, searching),
    "retry": ("zebra/order", nothing, lambda page: press(page, "Retry now")),
    "start": ("", naming, lambda page: press(page, "Start")),
    "prepare": ("", about_to_prepare, lambda page: press(page, "Assign")),
    "give back": ("zebra/talk", claimed, lambda page: press(page, "Unassign")),
}
"""What an open page can send: where, what comes before, and the act itself."""
MANAGING: dict[str, tuple[str, Callable[[Page], Any], Callable[[Page], Any]]] = {
    "restart": ("/t/{done}/timeline", about_to_restart, lambda page: press(page, "Restart")),
    "schedule paused": ("/schedules", nothing, lambda page: press(page, "Pause")),
    "schedule run": ("/schedules", nothing, lambda page: press(page, "Run now")),
    "engine cancel": ("/engine", nothing, lambda page: page.get_by_role("button", name="Cancel").first.click()),
    "End sessions": ("/people", nothing, lambda page: press(page, "End sessions: Cy")),
}
"""What a page of somebody who manages the app can send, by what the audit says of it; a restart is told by what it
starts."""
CHANGES = {
    ("ui/screens/transaction/submit.py", "client.answer"): "answer",
    ("ui/screens/transaction/submit.py", "client.ask"): "ask",
    ("ui/screens/transaction/retry_button.py", "client.retry_now"): "retry",
    ("ui/screens/transaction/header.py", "client.cancel"): "cancel",
    ("ui/screens/transaction/header.py", "client.start"): "run again",
    ("ui/screens/transaction/header.py", "hand_on"): "hand on",
    ("ui/screens/inbox.py", "hand_on"): "hand on",
    ("ui/screens/transaction/confirm_dialog.py", "hand_on"): "hand on",
    ("ui/assignment/bar.py", "claim"): "claim",
    ("ui/assignment/bar.py", "give_back"): "give back",
    ("ui/screens/inbox.py", "claim"): "claim",
    ("ui/screens/action.py", "client.start"): "start",
    ("ui/screens/action.py", "queue"): "prepare",
    ("ui/screens/transaction/restart_dialog.py", "restarts.restart"): "restart",
    ("ui/screens/schedules/card.py", "schedules.pause"): "schedule paused",
    ("ui/screens/schedules/card.py", "schedules.resume"): "schedule paused",
    ("ui/screens/schedules/card.py", "schedules.run_now"): "schedule run",
    ("ui/screens/engine/invocations.py", "operations.act"): "engine cancel",
    ("ui/screens/people/screen.py", "others.unlock"): "End sessions",
    ("ui/screens/people/screen.py", "others.end_sessions"): "End sessions",
    ("ui/screens/people/screen.py", "others.forget_second_factor"): "End sessions",
    ("ui/screens/people/screen.py", "others.forget_subject"): "End sessions",
}
"""Where the pages change something that is guarded by a right, and the event above that stands for it. What somebody
changes of their own (favourites, password, second factor) goes by who they are."""
PARTS = {
    "client": (Client, {"load", "view", "refresh", "examine", "kept", "use_of_files", "begin", "record_end"}),
    "schedules": (Schedules, {"follow", "settle", "states"}),
    "operations": (Operations, {"overview", "use"}),
    "others": (OthersAccounts, set[str]()),
    "restarts": (Restarts, set[str]()),
}
"""What the pages have of the engine and of the accounts, and which of its methods only read or aren't theirs."""


async def open_with(context: BrowserContext, stage: Stage, event: str) -> tuple[Page, str]:
    """A page on which somebody has just done something that hasn't been sent yet."""
    slug, before, act = EVENTS[event]
    ready = in_retry if slug == "zebra/order" else lambda view: view["pending"] is not None
    transaction = stage.waiting(slug, ready) if slug else ""
    page = await context.new_page()
    await do_and_hold(page, f"/t/{transaction}" if transaction else "/zebra/greet", before, act)
    return page, transaction


async def do_and_hold(page: Page, path: str, before: Callable[[Page], Any], act: Callable[[Page], Any]) -> None:
    """Open a page and do something on it, so far that only sending it is left."""
    await page.goto(path)
    await page.get_by_role("heading", level=1).wait_for()
    await page.wait_for_function("window.did_handshake")
    await before(page)
    await page.evaluate(HOLD)
    await act(page)
    await page.wait_for_function("window.held.length")


def standing(stage: Stage, transactions: list[str]) -> list[Any]:
    """All that an event could have changed."""
    told = [stage.call("cy", Call("GET", f"/api/transactions/{each}")).json() for each in transactions if each]
    parts = [{key: view[key] for key in ("state", "pending", "items", "outcome", "turn", "step")} for view in told]
    return [*parts, stage.call("cy", Call("GET", "/api/transactions")).json()["count"]]


def names_in(node: ast.AST) -> Iterator[str]:
    """What a piece of code uses of a part, and the functions that it calls or hands on to be called."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        of = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        yield f"{of.removeprefix('_')}.{node.attr}"
    elif isinstance(node, ast.Call):
        yield from (each.id for each in (node.func, *node.args) if isinstance(each, ast.Name))


def test_every_change_that_a_page_can_make_is_tried() -> None:
    """Found in the code: a new one that isn't named here fails."""
    methods = {
        f"{part}.{name}"
        for part, (of, reads) in PARTS.items()
        for name, member in vars(of).items()
        if inspect.iscoroutinefunction(member) and not name.startswith("_") and name not in reads
    } | {name for name, member in vars(handing).items() if inspect.iscoroutinefunction(member)}
    found = {
        (str(file.relative_to(UI.parent)), named)
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        for named in names_in(node)
        if named in methods
    }
    # claim and the like reach the engine by restival.site.assignments, which asks for the right for pages and API alike
    assert found == CHANGES.keys()
    assert {*CHANGES.values()} == {*EVENTS, *MANAGING}


SEEN = """() => {
    const sent = document.getElementById("c" + window.held[0][1].id);
    return Boolean(sent?.isConnected && sent.checkVisibility());
}"""
"""Whether what has sent something is still there to be seen: the server takes nothing from what isn't."""


async def release(page: Page, stage: Stage) -> None:
    """Send what was held back. The app refuses it, or takes away what it came from."""
    refused = len(refusals(stage))
    await page.evaluate("window.release()")
    for _ in range(60):
        if len(refusals(stage)) > refused or not await page.evaluate(SEEN):
            return
        await page.wait_for_timeout(50)
    pytest.fail(f"what was sent from {page.url} was neither refused nor is it gone")


def refusals(stage: Stage) -> list[Any]:
    return [line for line in audited(stage) if line["event"] == "refused"]


@pytest.mark.parametrize("role", ["viewer", "other"])
async def test_what_an_open_page_sends_after_the_right_is_gone(role: str, stage: Stage, browser: Browser) -> None:
    async with context_of(browser, stage.app) as context:
        first = await signed_in(context, "ada")
        opened = {event: await open_with(context, stage, event) for event in EVENTS}
        transactions = [transaction for _, transaction in opened.values()]
        before = standing(stage, transactions)
        try:
            (stage.app.project / "restival.yaml").write_text(settings(ada=role))
            while stage.call("ada", Call("GET", "/api/actions")).json():
                await first.wait_for_timeout(50)
            for page, _ in opened.values():
                await release(page, stage)
            await first.wait_for_timeout(500)
            assert standing(stage, transactions) == before
        finally:
            (stage.app.project / "restival.yaml").write_text(settings())
            while not stage.call("ada", Call("GET", "/api/actions")).json():
                await first.wait_for_timeout(50)


async def test_the_same_events_hold_while_the_right_is_there(stage: Stage, browser: Browser) -> None:
    """So that the test above doesn't pass because nothing was ever sent."""
    async with context_of(browser, stage.app) as context:
        await signed_in(context, "ada")
        for event in EVENTS:
            page, transaction = await open_with(context, stage, event)
            before = standing(stage, [transaction])
            await page.evaluate("window.release()")
            for _ in range(100):
                if standing(stage, [transaction]) != before:
                    break
                await page.wait_for_timeout(50)
            else:
                pytest.fail(f"{event} has changed nothing")
            await page.close()


@asynccontextmanager
async def managing(stage: Stage, context: BrowserContext) -> AsyncIterator[dict[str, Page]]:
    """Pages on which Ada, who manages the app for now, has just done something that hasn't been sent yet."""
    file = stage.app.project / "restival.yaml"
    done = stage.waiting("zebra/talk")
    stage.call("ada", Call("POST", f"/api/transactions/{done}/answer", {"n": 1, "values": {"0": "x"}}))
    stage.until(done, lambda view: view["outcome"] is not None)
    stage.waiting("zebra/talk")
    file.write_text(settings(ada="boss"))
    try:
        pages: dict[str, Page] = {}
        first = await signed_in(context, "ada")
        for event, (path, before, act) in MANAGING.items():
            pages[event] = await context.new_page() if pages else first
            await do_and_hold(pages[event], path.format(done=done), before, act)
        yield pages
    finally:
        file.write_text(settings())


async def test_what_a_managers_open_page_sends_after_the_right_is_gone(stage: Stage, browser: Browser) -> None:
    async with context_of(browser, stage.app) as context, managing(stage, context) as pages:
        count = stage.call("cy", Call("GET", "/api/transactions")).json()["count"]
        written = len(audited(stage))
        (stage.app.project / "restival.yaml").write_text(settings())
        while stage.callers["ada"].get("/people", headers={"accept": "text/html"}).status_code != 404:
            await pages["restart"].wait_for_timeout(50)
        for page in pages.values():
            await release(page, stage)
        await pages["restart"].wait_for_timeout(500)
        assert stage.call("cy", Call("GET", "/api/transactions")).json()["count"] == count
        events = {line["event"] for line in audited(stage)[written:]}
        assert events <= {"refused", "settings changed"}
    assert stage.callers["cy"].get("/api/actions").status_code == 200  # her sessions hold


async def test_what_a_manager_sends_holds_while_the_right_is_there(stage: Stage, browser: Browser) -> None:
    async with context_of(browser, stage.app) as context, managing(stage, context) as pages:
        for event, page in pages.items():
            written, before = len(audited(stage)), standing(stage, [])
            await page.evaluate("window.release()")
            for _ in range(100):
                done = "sessions ended" if event == "End sessions" else event
                told = any(line["event"].startswith(done) for line in audited(stage)[written:])
                if told or (event == "restart" and standing(stage, []) != before):
                    break
                await page.wait_for_timeout(50)
            else:
                pytest.fail(f"{event} has changed nothing: {audited(stage)[written:]}")
    stage.enter()  # the sessions that were ended


async def test_what_is_imported_into_a_form_comes_from_its_own_page(stage: Stage, browser: Browser) -> None:
    """That address is NiceGUI's, and belongs to the page as it is open."""
    async with context_of(browser, stage.app) as context:
        page = await signed_in(context, "ada")
        await page.goto("/zebra/stock")
        await page.get_by_role("button", name="Import file").wait_for()
        async with page.expect_request(re.compile("/upload/")) as sent:
            async with page.expect_file_chooser() as chooser:
                await press(page, "Import file")
            await (await chooser.value).set_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"name\nhay\n"})
        url = (await sent.value).url
        await page.get_by_role("dialog", name="Import a.csv").wait_for()
        given = {}
        for who in (*PEOPLE, "nobody", "expired"):
            answer = stage.callers[who].post(url, files={"file": ("b.csv", b"name\nbarley\n", "text/csv")})
            given[who] = answer.status_code
            assert not NAMES.search(answer.text)
        assert given == {"ada": 200, "bo": 404, "vi": 404, "cy": 404, "nobody": 401, "expired": 401}
        await page.close()
        absent = re.sub("/client/[^/]+/", "/client/00000000-0000-4000-8000-000000000000/", url)
        assert stage.callers["ada"].post(absent, files={"file": b"x"}).status_code == 404


def audited(stage: Stage) -> list[Any]:
    return [json.loads(line) for line in (stage.app.data / "audit.jsonl").read_text().splitlines()]


async def test_what_an_open_page_sends_after_signing_out(stage: Stage, browser: Browser) -> None:
    async with context_of(browser, stage.app) as context:
        first = await context.new_page()
        await first.goto("/")
        await sign_in(first, "ada")
        await first.get_by_role("heading", name="Acme").wait_for()
        pages = [await open_with(context, stage, event) for event in ("answer", "cancel", "start")]
        transactions = [transaction for _, transaction in pages]
        before = standing(stage, transactions)
        assert stage.callers["ada"].post("/sign-out", data={"everywhere": "yes"}).status_code == 303
        for page, _ in pages:
            with contextlib.suppress(PlaywrightError):  # it may be on its way to the sign-in already
                await page.evaluate("window.release()")
        await expect(pages[0][0].get_by_label("Email")).to_be_visible()
        assert standing(stage, transactions) == before
        stage.enter()

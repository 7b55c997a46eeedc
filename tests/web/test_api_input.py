"""What programs send to the API, however wrong: each call gets an answer that names what is wrong, and never a 500."""

import http.client
import json
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from restival.web.api.mount import api_mount
from restival.web.file_response import delivered
from tests.process import AppProcess
from tests.web.test_app import Caller, environment

ACTIONS = """
from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel, field_validator

from restival import IO, Context, action


class Line(BaseModel):
    count: int
    paid: bool = False


class Order(BaseModel):
    lines: list[Line]
    price: Decimal | None = None

    @field_validator("price")
    @classmethod
    def _some(cls, value):
        if value == 13:
            raise KeyError("unlucky")
        return value


@action
async def ask(io: IO, count: int = 1, amount: float = 1.0, name: str = "", sure: bool = False) -> str:
    return str(await io.input.number("How many?"))


@action
async def order(io: IO, order: Order) -> str:
    return str(order)


@action
async def odd(io: IO, ctx: Context) -> float:
    return await ctx.step(lambda: float("nan"))


@action
async def tidy(io: IO, raises: bool) -> str:
    if raises:
        raise ValueError("can't read caf\\udce9.txt")
    return "caf\\udce9.txt"
"""


@pytest.fixture(scope="module")
def call(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    folder = tmp_path_factory.mktemp("input")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTIONS)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield Caller(process)
    process.close()


@pytest.fixture(scope="module")
def waiting(call: Caller) -> str:
    """A transaction that waits for a number."""
    _, started = call("POST", "/api/actions/ask", {})
    return str(call.asked(started["id"])["id"])


DEEP = b'{"n": 1, "name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
UNREADABLE = {
    "nested too deeply": DEEP,
    "nested too deeply ": b'{"a": ' * 100_000,
    "NaN isn't a number": b'{"amount": NaN}',
    "amount: this number is infinite or too large": b'{"amount": Infinity}',
    "too large": b'{"amount": -1e999}',
    "values.0: NaN": b'{"n": 1, "values": {"0": NaN}}',
    "the body isn't JSON: ": b'{"count": ' + b"9" * 5000 + b"}",
    "name: half a character (\\ud83d) isn't text": b'{"name": "half \\ud83d emoji"}',
    "a.\\ud83d: half a character (\\ud83d) isn't text in the key": b'{"a": {"\\ud83d": 1}}',
    "the body isn't UTF-8": b'{"name": "\xff\xfe"}',
    "isn't UTF-8": '{"name": "x"}'.encode("utf-16"),
    "isn't JSON": b"{",
    "isn't JSON ": b"\x00",
    "must be a JSON object": b"[1]",
    "must be a JSON object ": b"null",
    "n: this key appears twice": b'{"n": 1, "n": 2}',
}
ROUTES = {
    ("POST", "/actions/{slug:path}"): "/api/actions/ask",
    ("POST", "/queue/{slug:path}"): "/api/queue/ask",
    ("POST", "/transactions/{transaction}/answer"): "/api/transactions/{id}/answer",
    ("POST", "/transactions/{transaction}/restart"): "/api/transactions/{id}/restart",
    ("POST", "/transactions/{transaction}/hand"): "/api/transactions/{id}/hand",
    ("POST", "/transactions/{transaction}/claim"): "/api/transactions/{id}/claim",
    ("POST", "/transactions/{transaction}/give-back"): "/api/transactions/{id}/give-back",
}
WITHOUT_JSON = {
    ("GET", "/audit.csv"),
    ("POST", "/transactions/{transaction}/retry"),
    ("POST", "/transactions/{transaction}/cancel"),
    ("GET", "/actions"),
    ("GET", "/inbox"),
    ("GET", "/transactions"),
    ("GET", "/transactions.csv"),
    ("PUT", "/files/{transaction}/{n}/{field}"),
    ("GET", "/files/{transaction}/{file}/{name}"),
    ("GET", "/pages/{file}/{name}"),
    ("GET", "/transactions/{transaction}"),
    ("GET", "/transactions/{transaction}/timeline"),
}


def test_all_routes_of_the_api_are_tried() -> None:
    none: Any = None
    routes: list[Any] = api_mount(none).routes
    assert {(next(iter(each.methods - {"HEAD"})), each.path) for each in routes} == ROUTES.keys() | WITHOUT_JSON


@pytest.mark.parametrize("path", ROUTES.values(), ids=[path for _, path in ROUTES])
@pytest.mark.parametrize("told", UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused_with_its_reason(
    call: Caller, waiting: str, path: str, told: str
) -> None:
    status, answer = call("POST", path.format(id=waiting), UNREADABLE[told])
    assert (status, told.strip() in answer["error"]) == (400, True), answer


@pytest.mark.parametrize("path", ROUTES.values(), ids=[path for _, path in ROUTES])
@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonx"])
def test_a_body_of_another_type_is_refused(call: Caller, waiting: str, path: str, kind: str) -> None:
    status, answer = call("POST", path.format(id=waiting), b"{}", content_type=kind)
    assert (status, answer) == (400, {"error": "send JSON, with the header content-type: application/json"})


JUNK: list[Any] = [None, True, -1, 10**400, 1.5, "x", "\x00", [], [1], {}, {"a": [None]}, {"": ""}]


@pytest.mark.parametrize("key", ["n", "values", "choice", "entry", "to", "note", "params", "count", "amount", "x"])
@pytest.mark.parametrize("path", ROUTES.values(), ids=[path for _, path in ROUTES])
def test_values_of_wrong_types_are_refused(call: Caller, waiting: str, path: str, key: str) -> None:
    good = {"n": 1, "values": {"0": "no number"}, "entry": 999, "to": "nobody", "params": {}, "note": ""}
    for junk in JUNK:
        body = {key: junk} if "actions" in path else {**good, key: junk}
        status, answer = call("POST", path.format(id=waiting), body)
        assert status == 201 or 400 <= status < 500, (junk, answer)
        assert status == 201 or answer.get("fields") or answer["error"]


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("answer", {"n": True, "values": {"0": 3}}, "n: "),
        ("answer", {"n": [1], "values": {"0": 3}}, "n: "),
        ("answer", {"n": {}, "values": {"0": 3}}, "n: "),
        ("answer", {"values": {"0": 3}}, "n: "),
        ("answer", {"n": 1, "values": [3]}, "values: "),
        ("answer", {"n": 1, "values": {"0": 3}, "choice": [1]}, "choice: "),
        ("restart", {"entry": True}, "entry: "),
        ("hand", {"to": 5}, "to: "),
        ("hand", {"to": "x", "note": {"a": 1}}, "note: "),
    ],
)
def test_each_error_names_its_field(call: Caller, waiting: str, path: str, body: Any, told: str) -> None:
    status, answer = call("POST", f"/api/transactions/{waiting}/{path}", body)
    assert (status, answer["error"].startswith(told)) == (400, True), answer


@pytest.mark.parametrize(
    ("path", "body", "fields"),
    [
        ("actions/ask", {"count": True}, ["count"]),
        ("actions/ask", {"amount": False}, ["amount"]),
        ("actions/ask", {"count": 10**400, "amount": 10**400}, ["amount"]),
        ("queue/ask", {"to": "x", "params": {"count": True}}, ["count"]),
        ("actions/order", {"order": {"lines": [{"count": 1}, {"count": True}]}}, ["order.lines.1.count"]),
        ("actions/order", {"order": {"lines": [], "price": 13}}, [""]),
        ("actions/order", {"order": [1]}, ["order"]),
        ("actions/order", {}, ["order"]),
    ],
)
def test_parameters_that_do_not_fit_are_named(call: Caller, path: str, body: Any, fields: list[str]) -> None:
    status, answer = call("POST", f"/api/{path}", body)
    assert (status, list(answer["fields"])) == (422, fields), answer
    assert all(answer["fields"].values())


def test_true_and_false_are_taken_where_they_are_asked_for(call: Caller) -> None:
    assert call("POST", "/api/actions/ask", {"sure": True, "count": 1, "amount": 1})[0] == 201
    assert call("POST", "/api/actions/order", {"order": {"lines": [{"count": 1, "paid": True}]}})[0] == 201


def test_true_is_no_number_as_an_answer(call: Caller, waiting: str) -> None:
    path = f"/api/transactions/{waiting}/answer"
    assert call("POST", path, {"n": 1, "values": {"0": True}})[1]["fields"] == {"0": "Enter a number."}


KEY = "a" * 16
IDS = [
    "%ff",
    "%00",
    "%ed%a0%80",
    f"ask%00.{KEY}",
    f"ask%ff.{KEY}",
    f"ask%3Fx.{KEY}",
    f"ask%23.{KEY}",
    f"ask%2525.{KEY}",
    f"%2E%2E.{KEY}",
    f"..%5C.{KEY}",
    f"nothing.{KEY}",
    f"_restival.schedules.{KEY}",
    f"restate.{KEY}",
    f"'; DROP TABLE state; --.{KEY}".replace(" ", "%20"),
    f"ask.{KEY[:-1]}%F0%9F%98%80",
    f"{'x' * 5000}.{KEY}",
    "x" * 8_000,
]


@pytest.mark.parametrize("transaction", IDS, ids=[each[:30] for each in IDS])
def test_ids_that_cannot_be_are_unknown(call: Caller, transaction: str) -> None:
    body = {"n": 1, "values": {}, "entry": 1, "to": "x", "params": {}}
    for method, path in [*ROUTES, *WITHOUT_JSON]:
        if path.startswith("/transactions/{transaction}"):
            status, answer = call(
                method, f"/api{path}".format(transaction=transaction), body if method == "POST" else None
            )
            assert status == 404, (path, status, answer)
    assert call("PUT", f"/api/files/{transaction}/1/0?name=x", b"x")[0] == 404
    assert call("GET", f"/api/files/{transaction}/x/y")[0] == 404
    assert call("POST", f"/api/actions/{transaction}", {})[0] == 404
    assert call("POST", f"/api/queue/{transaction}", body)[0] == 404


@pytest.mark.parametrize("value", ["%ff", "%00", "%ed%a0%80", "NaN", "9" * 5000, "%F0%9F%98%80", "2026-99-99", "[]"])
def test_queries_of_the_history_are_answered(call: Caller, value: str) -> None:
    for key in ("text", "action", "person", "status", "since", "until", "sort", "x"):
        for path in ("/api/transactions", "/api/transactions.csv"):
            status, answer = call("GET", f"{path}?{key}={value}")
            assert status == 200 or (status == 400 and answer["error"].startswith(key)), (path, key, answer)


def test_uploads_with_odd_names_and_times_are_answered(call: Caller, waiting: str) -> None:
    for query in ("name=%ff", "name=%00", "last_modified=NaN", "last_modified=" + "9" * 400, "last_modified=[[1]]", ""):
        assert call("PUT", f"/api/files/{waiting}/1/0?{query}", b"x")[0] == 404  # the question asks for no file
    assert call("PUT", f"/api/files/{waiting}/{'9' * 5000}/0", b"x")[0] == 409


def test_numbers_that_json_does_not_have_are_sent_as_text(call: Caller) -> None:
    _, started = call("POST", "/api/actions/odd", {})
    call.until(started["id"], lambda view: view["outcome"] is not None)
    status, told = call("GET", f"/api/transactions/{started['id']}/timeline")
    assert status == 200
    assert [each["result"] for each in told["timeline"] if "result" in each] == ["NaN"]


def test_odd_characters_in_one_outcome_keep_nobody_from_the_history(call: Caller) -> None:
    started = [call("POST", "/api/actions/tidy", {"raises": raises})[1]["id"] for raises in (True, False)]
    end = time.monotonic() + 2
    while time.monotonic() < end:
        status, found = call("GET", "/api/transactions")
        assert status == 200, found
        status, lines = call("GET", "/api/transactions.csv")
        assert status == 200
        for transaction in started:
            assert call("GET", f"/api/transactions/{transaction}")[0] == 200
            assert call("GET", f"/api/transactions/{transaction}/timeline")[0] == 200
    assert {each["id"] for each in found["transactions"]} >= set(started)
    assert all(each in lines for each in started)
    for transaction in started:
        call("POST", f"/api/transactions/{transaction}/cancel")


def test_a_program_that_calls_while_the_app_starts_hears_to_try_again(call: Caller) -> None:
    _, started = call("POST", "/api/actions/ask", {})
    call.asked(started["id"])
    path = f"/api/transactions/{started['id']}"
    call.app.kill()
    call.app.start(wait=0)
    seen: set[tuple[str, int]] = set()
    end = time.monotonic() + 60
    while {("start", 201), ("look", 200)} - seen:
        assert time.monotonic() < end, seen
        for name, method, target in (("start", "POST", "/api/actions/order"), ("look", "GET", path)):
            try:
                status, answer = call(method, target, {"order": {"lines": []}} if method == "POST" else None)
            except (OSError, http.client.HTTPException):
                continue
            seen.add((name, status))
            assert status != 503 or json.dumps(answer)
    assert seen <= {("start", 201), ("start", 503), ("look", 200), ("look", 503)}


@pytest.mark.parametrize("header", ["bytes=" + "9" * 5000 + "-", "bytes=0-" + "9" * 5000, "bytes=٣-", "bytes=-", "x"])
def test_ranges_that_cannot_be_are_ignored(header: str) -> None:
    async def content(start: int, end: int) -> AsyncIterator[bytes]:
        yield b"0123456789"[start:end]

    request = Request({"type": "http", "headers": [(b"range", header.encode())]})
    assert delivered(request, "caf\udce9.txt", "text/plain", 10, content).status_code == 200

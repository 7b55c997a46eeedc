"""Whatever is sent to whichever route: there is an answer, and it is no 500, nor does anything go wrong behind it."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.browser.test_rights_matrix import ELSEWHERE, MATRIX, OPEN, OWN
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_open import CLOSED
from tests.web.test_sockets import entered
from tests.web.test_sockets import settings as written

ACTION = """
from restival import IO, action


@action
async def ask(io: IO, count: int = 1, name: str = "") -> str:
    await io.input.file("Receipt")
    return name
"""
ROUTES = sorted(
    {*MATRIX, *OPEN, *OWN, *ELSEWHERE}
    | {("GET", path) for path in CLOSED}
    | {
        ("POST", "/_nicegui_ws/socket.io/"),
        ("GET", "/_nicegui_ws/socket.io/"),
        ("POST", "/_nicegui/client/{id}/upload/{element}"),
        ("GET", "/"),
        ("GET", "/ask"),
        ("GET", "/{any}/{thing}"),
        ("GET", "/t/{id}"),
        ("GET", "/t/{id}/timeline"),
        ("GET", "/history"),
        ("GET", "/inbox"),
        ("GET", "/people"),
        ("GET", "/account"),
        ("GET", "/engine"),
        ("GET", "/audit"),
        ("GET", "/_restival/{path:path}"),
        ("POST", "/worker/invoke/ask/run"),
        ("GET", "/worker/discover"),
    }
)
ODD = [
    "%00",
    "%ff",
    "%ed%a0%80",
    "%2e%2e",
    "..",
    "%2f",
    "%",
    "%0d%0a",
    "%F0%9F%92%A5",
    "a" * 3000,
    "ask",
    "1",
    "-1",
    ".",
]
NESTED = "[" * 3000 + "]" * 3000
BODIES: list[bytes] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    NESTED.encode(),
    b'{"n": ' + NESTED.encode() + b"}",
    *(
        json.dumps(each).encode()
        for each in (
            {"n": [1], "values": {}},
            {"n": 10**30, "values": {"0": "\ud800"}},
            {"n": 1, "values": {"0": {"id": "\x00"}}, "choice": [1]},
            {"n": 1, "values": {"\ud800": 1}},
            {"count": "\ud800"},
            {"name": "\x00" * 10, "count": 1e400},
            {"to": ["x"], "params": [], "note": {}},
            {"to": "\ud800", "params": {"name": "\ud800"}},
            {"entry": 10**40},
        )
    ),
    b'{"n": NaN}',
    b'{"n": 1' + b"0" * 6000 + b"}",
    b"mail=%00&password=%ff&code=%ed%a0%80",
    b"mail=a&mail=b&password",
    b"everywhere=%00",
    b'--x\r\ncontent-disposition: form-data; name="mail"; filename="\xff"\r\n\r\nx\r\n--x--\r\n',
    b"--x\r\n",
]
TYPES = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/x-www-form-urlencoded; charset=nonsense",
    "\xff",
    "",
]
HEADERS = some.fixed_dictionaries(
    {},
    optional={
        "range": some.sampled_from(
            ["bytes=10-5", "bytes=" + "9" * 5000 + "-", "bytes=-", "bytes=0-0,2-3", "x", "bytes=-5"]
        ),
        "if-none-match": some.sampled_from(["*", '"x"', "\xff"]),
        "if-modified-since": some.sampled_from(["never", "Thu, 01 Jan 1970 00:00:00 GMT"]),
        "accept": some.sampled_from(["text/html", "text/markdown", "*/*;q=x", "\xff"]),
        "accept-language": some.sampled_from(["de;q=x", "\xff", ",;,", "x" * 3000, "zz-ZZ-zz;q=nan"]),
        "accept-encoding": some.sampled_from(["gzip;q=0", "br, gzip", "\xff"]),
        "authorization": some.sampled_from(["Bearer", "Bearer restival_key_x", "Basic %", "\xff"]),
        "x-forwarded-proto": some.sampled_from(["https", "https, http", "\xff", ""]),
        "x-forwarded-prefix": some.sampled_from(["/x", "\xff", '"><script>']),
        "origin": some.sampled_from(["null", "http://[", "\xff", "http://x:999999"]),
        "referer": some.sampled_from(["http://[", "\xff", "//"]),
        "sec-fetch-dest": some.sampled_from(["document", "\xff"]),
        "x-extra-cookie": some.sampled_from(
            [
                "restival_session=\xff",
                "session=x.y.z",
                "restival_zone=%00",
                "restival_zone=../../etc/passwd",
                ";;=;",
                'a="b',
            ]
        ),
    },
)
QUERIES = ["", "name=%00", "token=%ff", "next=//x", "since=%ed%a0%80", "page=x&status=9&until=9999-99-99", "x" * 3000]
QUERIES += [
    "transport=polling&EIO=4&sid=x",
    "EIO=3&transport=x",
    "client_id=%00",
    "state=%00&code=%ff",
    "question=%00/1",
    "%",
]
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("never")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "restival.yaml").write_text(written("ada"))
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()
    wrong = re.findall(r"Traceback.*?\n(?=\d{4}-|\Z)", (process.data / "app.log").read_text(), re.DOTALL)
    assert not wrong, wrong[0]


@pytest.fixture(scope="module")
def cookies() -> dict[str, str]:
    """What the session that holds now is kept in."""
    return {}


@pytest.fixture
def cookie(app: AppProcess, cookies: dict[str, str]) -> str:
    """A session; a test before this one may have signed it out."""
    if not cookies or asked(app, "GET", "/api/actions", None, {"cookie": _written(cookies)})[0] != 200:
        cookies.update(entered(app, "ada").cookies)
    return _written(cookies)


def _written(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@pytest.fixture(scope="module")
def transaction(app: AppProcess) -> str:
    return str(entered(app, "ada").post("/api/actions/ask", json={}).json()["id"])


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_no_request_is_answered_with_500(
    app: AppProcess, cookie: str, transaction: str, route: tuple[str, str]
) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(some.data())
    def tried(data: Any) -> None:
        segment = some.sampled_from([*ODD, transaction, "receipt.txt"])
        path = re.sub(r"\{.*?\}", lambda _: data.draw(segment), route[1])
        if query := data.draw(some.sampled_from(QUERIES)):
            path += f"?{query}"
        method = data.draw(some.sampled_from([route[0]] * 6 + METHODS))
        body = (
            data.draw(some.sampled_from(BODIES) | some.binary(max_size=50)) if method not in ("GET", "HEAD") else None
        )
        headers = data.draw(HEADERS)
        cookies = [cookie] if data.draw(some.booleans()) else []
        cookies += [headers.pop("x-extra-cookie")] if "x-extra-cookie" in headers else []
        if cookies:
            headers["cookie"] = "; ".join(cookies)
        if body is not None:
            headers["content-type"] = data.draw(some.sampled_from(TYPES))
        status, text = asked(app, method, path, body, headers)
        engine_away = status == 503 and "Try again" in text
        assert status < 500 or engine_away, (method, path, body, headers, status, text)

    tried()


@pytest.mark.parametrize("name", ["%00", "%2e%2e", "x%0a", "%F0%9F%92%A5", "a" * 300])
def test_a_file_that_cannot_be_is_missing(app: AppProcess, cookie: str, transaction: str, name: str) -> None:
    assert asked(app, "GET", f"/api/files/{transaction}/{name}/x", None, {"cookie": cookie})[0] == 404


def asked(app: AppProcess, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection("localhost", app.port, timeout=30)
    try:
        connection.putrequest(method, quote(path, safe="/%?=&:.,{}[]|"), skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("latin-1"))
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read(2_000).decode(errors="replace")
    finally:
        connection.close()


@pytest.mark.parametrize("route", [each for each in ROUTES if each[0] in ("POST", "PUT")], ids=" ".join)
def test_a_body_that_is_broken_off_harms_nothing(
    app: AppProcess, cookie: str, transaction: str, route: tuple[str, str]
) -> None:
    path = re.sub(r"\{.*?\}", transaction, route[1])
    for kind in TYPES[:3]:
        with socket.create_connection(("localhost", app.port)) as connection:
            head = f"{route[0]} {path} HTTP/1.1\r\nhost: localhost:{app.port}\r\ncookie: {cookie}\r\n"
            connection.sendall(f"{head}content-type: {kind}\r\ncontent-length: 1000\r\n\r\n--x\r\nmail=".encode())
        with socket.create_connection(("localhost", app.port)) as connection:
            connection.sendall(f"{head}content-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n5\r\n--x".encode())
    assert app.healthy()

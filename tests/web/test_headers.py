"""Every answer carries the security headers, whoever gives it; over https cookies have a guarded prefix."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from restival.web.sign_in.cookies import prefixed, without_prefix
from tests.process import AppProcess
from tests.web.test_app import ACTION, environment

HTTPS = {"x-forwarded-proto": "https"}
HSTS = "max-age=31536000; includeSubDomains"
ROUTES = [
    ("GET", "/", 200),
    ("GET", "/ask", 200),
    ("GET", "/nothing/here", 404),
    ("GET", "/healthz", 200),
    ("GET", "/favicon.ico", 200),
    ("GET", "/_restival/restival.css", 200),
    ("GET", "/_restival/nothing.css", 404),
    ("GET", "/_restival/logo", 404),
    ("GET", "/api/actions", 200),
    ("GET", "/api/nothing", 404),
    ("GET", "/api/transactions.csv", 200),
    ("DELETE", "/api/actions", 405),
    ("POST", "/api/actions/ask", 400),
    ("POST", "/nothing", 403),
    ("GET", "/_nicegui_ws/socket.io/?transport=polling&EIO=4", 200),
    ("GET", "/_nicegui/client/x/y", 404),
]


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("headers")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def asked(app: AppProcess, method: str, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("localhost", app.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.msg, body


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_every_answer_has_them(app: AppProcess, method: str, path: str, status: int) -> None:
    given: dict[str, Any] = {"origin": "http://evil.example"} if status == 403 else {}
    found, headers, _ = asked(app, method, path, **given)
    assert found == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] is None
    for directive in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
        assert directive in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"
    assert asked(app, method, path, **given, **HTTPS)[1]["strict-transport-security"] == HSTS


def test_scripts_of_a_page_carry_what_its_header_names_and_another_each_time(app: AppProcess) -> None:
    seen = set()
    for _ in range(2):
        _, headers, body = asked(app, "GET", "/")
        policy = headers["content-security-policy"]
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        text = body.decode()
        inline = [each for each in text.split("<script")[1:] if "src=" not in each.partition(">")[0]]
        assert len(inline) >= 4
        assert all(f'nonce="{nonce}"' in each.partition(">")[0] for each in inline)
        assert "script-src 'self' 'nonce-" in policy
        assert "script-src-attr 'none'" in policy
        seen.add(nonce)
    assert len(seen) == 2


def test_over_https_the_cookies_are_guarded(app: AppProcess) -> None:
    _, headers, _ = asked(app, "GET", "/", **HTTPS)
    [cookie] = headers.get_all("set-cookie") or []
    assert cookie.startswith("__Host-session=")
    assert "; Secure" in cookie
    name, _, value = cookie.partition(";")[0].partition("=")
    for given, known in ((f"{name}={value}", True), (f"session={value}", False)):
        _, again, _ = asked(app, "GET", "/", cookie=given, **HTTPS)
        assert (again.get_all("set-cookie") is None) == known
    _, headers, _ = asked(app, "GET", "/")
    assert (headers.get_all("set-cookie") or [""])[0].startswith("session=")


@pytest.mark.parametrize(
    ("given", "secure", "taken"),
    [
        ("__Host-a=1; a=2", True, "a=1"),
        ("__Host-a=1; a=2", False, "a=1"),
        ("a=2; restival_zone=x", True, "restival_zone=x"),
        ("a=2; b=3", False, "a=2; b=3"),
        ("__Secure-t=1", True, "t=1"),
        ("", True, ""),
    ],
)
def test_a_cookie_that_another_host_may_have_set_counts_for_nothing(given: str, secure: bool, taken: str) -> None:
    assert without_prefix([(b"cookie", given.encode())], secure) == [(b"cookie", taken.encode())]


def test_a_prefix_that_fits() -> None:
    assert prefixed(b"a=1; path=/; HttpOnly") == b"__Host-a=1; path=/; HttpOnly; Secure"
    assert prefixed(b"a=1; Path=/sign-out; Secure") == b"__Secure-a=1; Path=/sign-out; Secure"

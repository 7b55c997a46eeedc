"""The app answers to its own names, wherever it listens; what it doesn't answer to is told with what to set."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
import socketio
from typer.testing import CliRunner

from restival.cli.main import app as command
from restival.settings import Settings, SettingsError, load_settings
from tests.browser.test_sign_in import PASSWORD
from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_sockets import ACTION, OpenPage, connected, entered, settings

NAMES = "url: https://Tools.example.com\nhosts: [old-tools]\n"


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("hosts")
    (folder / "actions").mkdir()
    (folder / "actions" / "ask.py").write_text(ACTION)
    (folder / "restival.yaml").write_text(settings("ada") + NAMES)
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def asked(app: AppProcess, method: str, path: str, host: str, body: str | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    headers = {"host": host, "content-type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.told = answer.read().decode()  # type: ignore[attr-defined]
    return answer


@pytest.mark.parametrize(
    "host", ["tools.example.com", "TOOLS.example.com:443", "old-tools", "localhost", "127.0.0.1:9"]
)
def test_a_name_of_its_own(app: AppProcess, host: str) -> None:
    assert asked(app, "GET", "/sign-in", host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "tools.example.com.evil.example", "10.0.0.1", ""])
def test_another_name(app: AppProcess, host: str) -> None:
    for path in ("/sign-in", "/", "/api/actions"):
        answer = asked(app, "GET", path, host)
        assert answer.status == 403
        told = answer.told  # type: ignore[attr-defined]
        assert not host or (f"url: https://{host}" in told and f"hosts: [{host}]" in told)
    assert asked(app, "GET", "/healthz", host).status == 200


def test_what_is_no_name_is_not_repeated(app: AppProcess) -> None:
    told = asked(app, "GET", "/", "<script>").told  # type: ignore[attr-defined]
    assert told == "The app doesn't answer to this name.\n"


def test_at_its_own_https_address_cookies_are_guarded_whatever_the_proxy_says(app: AppProcess) -> None:
    form = f"mail=ada%40example.com&password={PASSWORD.replace(' ', '+')}"
    for host, secure in (("tools.example.com", True), ("localhost", False)):
        answer = asked(app, "POST", "/sign-in", host, form)
        assert answer.status == 303
        cookies = [cookie for cookie in answer.headers.get_all("set-cookie") or [] if "restival_session" in cookie]
        assert cookies[0].startswith("__Host-restival_session=") == secure
        assert (answer.headers["strict-transport-security"] is not None) == secure


async def test_websockets_too(app: AppProcess) -> None:
    ada = entered(app, "ada")
    page = OpenPage(ada)
    guarded = "; ".join(f"__Host-{name}={value}" for name, value in ada.cookies.items())
    own = {"host": "tools.example.com", "origin": "https://tools.example.com", "cookie": guarded}
    async with connected(app, ada, page.query, **own) as socket:
        assert socket.client.connected
    for wrong in ({"host": "evil.example"}, {"host": "tools.example.com", "cookie": guarded.replace("__Host-", "")}):
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with connected(app, ada, page.query, **wrong):
                pass


@pytest.mark.parametrize(
    ("host", "origin", "secure", "status"),
    [
        ("tools.example.com", "https://tools.example.com", True, 303),
        ("tools.example.com", "https://tools.example.com", False, 303),
        ("tools.example.com", "http://tools.example.com", True, 403),
        ("tools.example.com", "http://tools.example.com", False, 403),
        ("old-tools", "http://old-tools", True, 403),
        ("old-tools", "http://old-tools", False, 303),
        ("localhost", "http://localhost", False, 303),
        ("tools.example.com", "https://[", True, 403),
    ],
)
def test_a_page_that_came_by_http_writes_nothing_over_https(
    app: AppProcess, host: str, origin: str, secure: bool, status: int
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    headers = {"host": host, "origin": origin, "content-type": "application/x-www-form-urlencoded"}
    if secure:
        headers["x-forwarded-proto"] = "https"
    form = f"mail=ada%40example.com&password={PASSWORD.replace(' ', '+')}"
    connection.request("POST", "/sign-in", form, headers)
    assert connection.getresponse().status == status


def test_an_invitation_leads_to_its_own_address(app: AppProcess) -> None:
    told = CliRunner().invoke(command, ["user", "invite", "ada@example.com", "--project", str(app.project)])
    assert "https://tools.example.com/sign-in/invitation?token=" in told.output


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, {"localhost", "127.0.0.1", "[::1]"}),
        ({"host": "::1"}, {"localhost", "127.0.0.1", "[::1]"}),
        ({"host": "127.0.0.2"}, {"localhost", "127.0.0.1", "[::1]", "127.0.0.2"}),
        ({"host": "0.0.0.0"}, None),
        ({"host": "10.0.0.5", "hosts": ["A.example"]}, {"localhost", "127.0.0.1", "[::1]", "10.0.0.5", "a.example"}),
        ({"url": "http://x:8000/"}, {"localhost", "127.0.0.1", "[::1]", "x"}),
    ],
)
def test_which_names_it_has(given: dict[str, object], names: set[str] | None) -> None:
    assert Settings.model_validate(given).names == names


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        ("url: tools.example.com", "restival.yaml:1: url: write an address such as https://tools.example.com"),
        (
            "url: https://x.example/tools",
            "restival.yaml:1: url: write an address such as https://tools.example.com, without a",
        ),
        ("url: https://x:99999999", "write an address"),
        ("hosts: [https://x.example]", "write a name such as tools.example.com"),
        ("hosts: [x.example]", "x.example would open the app to others, and anyone could use it without sign-in"),
        ("url: https://x.example", "sign_in: {allow_remote: true}"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, yaml: str, told: str) -> None:
    (tmp_path / "restival.yaml").write_text(yaml + "\n")
    with pytest.raises(SettingsError) as error:
        load_settings(tmp_path, {}, {})
    assert told in str(error.value)


def test_something_in_front_may_check_who_comes_in(tmp_path: Path) -> None:
    (tmp_path / "restival.yaml").write_text("url: https://x.example\nsign_in: {allow_remote: true}\n")
    assert load_settings(tmp_path, {}, {}).url == "https://x.example"


@pytest.mark.parametrize("host", ["tools.example.com:80@evil.example", "tools.example.com:x", "localhost:1:2"])
def test_what_is_no_port_makes_another_name(app: AppProcess, host: str) -> None:
    assert asked(app, "GET", "/sign-in", host).status == 403

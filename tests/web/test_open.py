"""What is there without signing in is on a list; the rest asks for it, whoever serves it."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from nicegui import __version__, core
from starlette.routing import Mount

from tests.process import AppProcess
from tests.web.test_app import environment
from tests.web.test_sockets import entered, settings

STATIC = f"/_nicegui/{__version__}"
OPEN = {f"{STATIC}/static": f"{STATIC}/static/nicegui.js", "/_restival/{path:path}": "/_restival/restival.css"}
"""Routes of NiceGUI's app by their pattern that everybody gets, each with an example."""
LOOK = re.compile(r"/_restival/look-")
CLOSED = {
    "/_nicegui_ws": "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
    f"{STATIC}/libraries/{{key:path}}": f"{STATIC}/libraries/x.js",
    f"{STATIC}/components/{{key:path}}": f"{STATIC}/components/x.js",
    f"{STATIC}/resources/{{key}}/{{path:path}}": f"{STATIC}/resources/x/y",
    f"{STATIC}/dynamic_resources/{{name}}": f"{STATIC}/dynamic_resources/x",
    f"{STATIC}/esm/{{key}}/{{path:path}}": f"{STATIC}/esm/x/y.js",
}
"""Those for whom one has to be signed in."""
ACTION = """
from components.picture import Picture
from restival import IO, action


@action
async def look(io: IO) -> None:
    await io.component(Picture("Picture"))
"""
PICTURE = """
from nicegui import ui

from restival.components import Component, OpenField


class Picture(Component[str]):
    def draw(self, field: OpenField[str]) -> None:
        ui.image(__file__.replace("picture.py", "private.png"))
"""


@pytest.fixture(scope="module")
def app(restate_binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppProcess]:
    folder = tmp_path_factory.mktemp("open")
    for name, text in (("actions/look.py", ACTION), ("components/picture.py", PICTURE)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    (folder / "components" / "private.png").write_bytes(b"\x89PNG\r\n\x1a\n private")
    (folder / "restival.yaml").write_text(settings("ada"))
    process = AppProcess(folder, 0, folder / "data", environment(restate_binary))
    process.take_free_port()
    process.start()
    yield process
    process.close()


def test_every_route_of_nicegui_is_on_one_of_the_lists() -> None:
    served = {route.path for route in core.app.routes if isinstance(route, Mount) or getattr(route, "methods", None)}
    unknown = {
        path
        for path in served - OPEN.keys() - CLOSED.keys()
        if not LOOK.match(path) and path not in ("", "/favicon.ico")
    }
    assert unknown == set()
    assert CLOSED.keys() <= served


@pytest.mark.parametrize("path", [*OPEN.values(), "/healthz", "/sign-in", "/_restival/sign_in.js"])
def test_what_is_open(app: AppProcess, path: str) -> None:
    assert httpx2.get(app.url + path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *CLOSED.values(),
        "/",
        "/favicon.ico",
        "/_nicegui",
        "/_nicegui/auto/static/x/y.png",
        "/_nicegui/auto/media/x/y.mp4",
        "/_nicegui/client/x/upload/1",
        f"{STATIC}/staticx",
        "/healthz/",
        "/sign-in/x",
    ],
)
def test_all_else_is_closed(app: AppProcess, path: str) -> None:
    assert httpx2.get(app.url + path).status_code == 401


def test_what_a_link_or_an_invitation_opens_is_open_and_signs_nobody_in(app: AppProcess) -> None:
    for path, status in (("/sign-in/link", 303), ("/sign-in/invitation", 403), ("/sign-in/back", 303)):
        answer = httpx2.get(f"{app.url}{path}?token=x")
        assert answer.status_code == status
        assert "restival_session" not in answer.cookies


@pytest.mark.parametrize("path", ["/_restival/nothing", f"{STATIC}/static/nothing", f"{STATIC}/static/%2e%2e/x"])
def test_what_is_missing_below_an_open_address_draws_no_page(app: AppProcess, path: str) -> None:
    answer = httpx2.get(app.url + path, headers={"accept": "text/html"})
    assert (answer.status_code, "client_id" in answer.text) == (404, False)


def test_a_file_that_a_component_shows_is_for_those_who_have_signed_in(app: AppProcess) -> None:
    ada = entered(app, "ada")
    started = ada.post("/api/actions/look", json={}).json()["id"]
    for _ in range(100):
        text = ada.get(f"/t/{started}", headers={"accept": "text/html"}).text
        if found := re.search(r"/_nicegui/auto/[\w/]+/private\.png", text):
            break
    assert found is not None
    mine, nobody = ada.get(found[0]), httpx2.get(app.url + found[0])
    assert (mine.status_code, nobody.status_code) == (200, 401)
    assert "public" not in mine.headers.get("cache-control", "")

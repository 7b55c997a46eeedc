"""Keys by which programs call the API."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from starlette.requests import HTTPConnection
from typer.testing import CliRunner

from restival.access.person import NOBODY
from restival.access.rights import Access
from restival.auth.account import Accounts
from restival.auth.audit import Audit
from restival.auth.auth import Auth
from restival.auth.keys import PREFIX
from restival.cli.main import app
from restival.settings import load_settings
from restival.site.project import load_project
from restival.site.site import Site
from restival.ui.setup.component_scripts import release_names
from tests.auth.test_identity import SECRET, Memory
from tests.test_access import Place


def run(project: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["key", *arguments, "--project", str(project)])
    return result.exit_code, result.output


def made(project: Path, *arguments: str) -> str:
    code, out = run(project, "add", "nightly", *arguments)
    assert code == 0, out
    return next(word for word in out.split() if word.startswith(PREFIX))


def call(key: str, path: str = "/api/actions") -> HTTPConnection:
    headers = [(b"authorization", f"Bearer {key}".encode())]
    return HTTPConnection({"type": "http", "headers": headers, "client": ("10.0.0.1", 1), "path": path})


def auth(project: Path) -> Auth:
    site = Site(load_settings(project, {}, {}), load_project(project, forget=release_names))
    return Auth(lambda: site, Accounts(Memory()), Audit(project / "audit.jsonl", 1), SECRET)


def test_a_key_acts_by_its_name_with_its_roles_and_is_kept_nowhere(project: Path) -> None:
    (project / "restival.yaml").write_text("# ours\nsign_in: {mode: password}\n")
    key = made(project, "--role", "importer")
    assert "no rights for other (it has: none)" in " ".join(run(project, "add", "x", "--role", "other")[1].split())
    assert run(project, "remove", "x")[0] == 0
    text = (project / "restival.yaml").read_text()
    assert "# ours" in text
    assert key.startswith(PREFIX) and key not in text
    program = auth(project).person(call(key))
    assert (program.name, program.email, program.roles) == ("nightly", "key:nightly", ("importer",))
    for wrong in (key[:-1], key + "x", PREFIX, key.swapcase()):
        assert auth(project).person(call(wrong)) == NOBODY
    assert auth(project).person(call(key, "/")) == NOBODY  # pages take none
    assert run(project, "remove", "nightly")[0] == 0
    assert auth(project).person(call(key)) == NOBODY
    assert "keys" not in yaml.safe_load((project / "restival.yaml").read_text())


def test_where_nobody_signs_in_a_wrong_key_is_nobody_all_the_same(project: Path) -> None:
    assert auth(project).person(call(PREFIX + "x")) == NOBODY
    assert auth(project).person(call("the token of a proxy")).developer


def test_a_key_has_not_the_role_of_everybody(project: Path) -> None:
    key = made(project, "--role", "importer")
    program = auth(project).person(call(key))
    access = Access({"importer": {"shop": ["run"]}})
    assert access.rights(program, Place("shop/refund")) == {"see", "run"}
    assert access.rights(program, Place("finance/salaries")) == frozenset()
    assert access.rights(program, Place("x", ("everyone",))) == frozenset()
    assert not access.manages(program)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (-1, False), (30, True)])
def test_a_key_holds_through_its_last_day(project: Path, days: int, holds: bool) -> None:
    day = datetime.now(UTC).date() + timedelta(days=days)
    key = made(project, "--expires", day.isoformat())
    assert auth(project).person(call(key)).known is holds


def test_mistakes_are_told(project: Path) -> None:
    made(project, "--expires", "90d")
    assert "keys: nightly already exists" in run(project, "add", "nightly")[1]
    assert "name: " in run(project, "add", "Not a name")[1]
    assert "write a date such as 2027-01-31" in run(project, "add", "other", "--expires", "soon")[1]
    assert "keys: no key is named other." in run(project, "remove", "other")[1]
    expires = load_settings(project, {}, {}).keys[0].expires
    assert expires == datetime.now(UTC).date() + timedelta(days=90)

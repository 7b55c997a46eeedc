"""`restival user`: people in restival.yaml, from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from restival.auth.passwords import HASHER
from restival.cli.main import app
from restival.settings import load_settings

YAML = """# ours
title: Acme  # the name
sign_in: {mode: password}
"""


def run(project: Path, *arguments: str, typed: str = "a long password\n") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["user", *arguments, "--project", str(project)], input=typed)
    return result.exit_code, result.output


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "restival.yaml").write_text(YAML)
    return tmp_path


def test_people_come_and_go_and_comments_stay(project: Path) -> None:
    assert run(project, "add", "Ada@Example.com", "--name", "Ada", "--role", "support", "--role", "boss")[0] == 0
    [ada] = load_settings(project, {}, {}).people
    assert (ada.mail, ada.name, ada.roles) == ("ada@example.com", "Ada", ["support", "boss"])
    assert HASHER.verify(ada.password or "", "a long password")
    assert run(project, "reset", "ada@example.com", typed="another password\n")[0] == 0
    [ada] = load_settings(project, {}, {}).people
    assert HASHER.verify(ada.password or "", "another password")
    written = (project / "restival.yaml").read_text()
    assert written.startswith("# ours\ntitle: Acme  # the name\n")
    assert "another password" not in written
    assert run(project, "remove", "ada@example.com")[0] == 0
    assert (project / "restival.yaml").read_text() == YAML


@pytest.mark.parametrize("command", ["add", "invite"])
def test_a_role_without_rights_is_told(project: Path, command: str) -> None:
    (project / "restival.yaml").write_text(YAML + "roles: {support: {}, boss: {}}\n")
    code, output = run(project, command, "ada@example.com", "--name", "Ada", "--role", "boss", "--role", "suport")
    told = "restival.yaml has no rights for suport (it has: support, boss)."
    assert code == 0
    assert told in " ".join(output.split())


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (["add", "ada@example.com", "--name", "Ada"], "short\n", "at least 10 characters"),
        (["add", "ada", "--name", "Ada"], "a long password\n", "mail: "),
        (["reset", "eve@example.com"], "a long password\n", "no one has the email eve@example.com"),
        (["remove", "eve@example.com"], "", "no one has the email eve@example.com"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    project: Path, arguments: list[str], typed: str, told: str
) -> None:
    code, output = run(project, *arguments, typed=typed)
    assert code == 1
    assert told in output
    assert (project / "restival.yaml").read_text() == YAML


def test_nobody_is_there_twice(project: Path) -> None:
    assert run(project, "add", "ada@example.com", "--name", "Ada")[0] == 0
    code, output = run(project, "add", "ADA@example.com", "--name", "Ada")
    assert code == 1
    assert "already exists" in output

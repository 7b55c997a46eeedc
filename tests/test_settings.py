"""Settings: what wins over what, and how mistakes are told."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from restival.cli.main import app
from restival.settings import Settings, SettingsError, load_settings
from restival.settings.changes import changes


def load(tmp_path: Path, yaml: str = "", environment: dict[str, str] | None = None, **options: object):  # type: ignore[no-untyped-def]
    (tmp_path / "restival.yaml").write_text(yaml)
    return load_settings(tmp_path, options, environment or {})


def problem(tmp_path: Path, yaml: str = "", environment: dict[str, str] | None = None, **options: object) -> str:
    with pytest.raises(SettingsError) as told:
        load(tmp_path, yaml, environment, **options)
    return str(told.value)


def test_defaults_run(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {}, {})
    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, tmp_path / ".restival")
    assert settings.retention == timedelta(days=365)
    assert settings.loopback


def test_option_wins_over_variable_over_file(tmp_path: Path) -> None:
    yaml, variables = "port: 1\n", {"RESTIVAL_PORT": "2"}
    assert load(tmp_path, yaml).port == 1
    assert load(tmp_path, yaml, variables).port == 2
    assert load(tmp_path, yaml, variables, port=3).port == 3


def test_all_four_options_have_a_variable(tmp_path: Path) -> None:
    variables = {
        "RESTIVAL_HOST": "localhost",
        "RESTIVAL_PORT": "9",
        "RESTIVAL_DATA": "elsewhere",
        "RESTIVAL_RELOAD": "true",
    }
    settings = load(tmp_path, "", variables)
    assert (settings.host, settings.port, settings.data, settings.reload) == (
        "localhost",
        9,
        tmp_path / "elsewhere",
        True,
    )


def test_every_problem_is_told_with_line_field_and_what_is_allowed(tmp_path: Path) -> None:
    told = problem(tmp_path, "title: X\nprot: 3\ntheme:\n  primary: red\nengine:\n  ingress: here\n", port=99999)
    assert "restival.yaml:2: prot: unknown key; did you mean port? (allowed: title, " in told
    assert "restival.yaml:4: theme.primary: " in told
    assert "not 'red'" in told
    assert "restival.yaml:6: engine.ingress: " in told
    assert "restival.yaml:5: engine.admin: required" in told
    assert "--port: port: " in told


def test_bad_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    assert problem(tmp_path, "title: X\nport: [1\n").startswith("restival.yaml:3: invalid YAML")
    assert "write keys and values" in problem(tmp_path, "- a\n")


def test_variables_in_values(tmp_path: Path) -> None:
    assert load(tmp_path, "title: ${NAME} tools\n", {"NAME": "Acme"}).title == "Acme tools"
    told = problem(tmp_path, "title: X\nengine:\n  ingress: ${NOWHERE}\n  admin: http://x\n")
    assert told == "restival.yaml:3: engine.ingress: the variable NOWHERE isn't set"


def test_durations_have_units(tmp_path: Path) -> None:
    settings = load(tmp_path, "retention: 30d\ninactivity: 5s\n")
    assert (settings.retention, settings.inactivity) == (timedelta(days=30), timedelta(seconds=5))


def test_other_machines_only_where_told(tmp_path: Path) -> None:
    assert "without sign-in" in problem(tmp_path, "host: 0.0.0.0\n")
    assert not load(tmp_path, "host: 0.0.0.0\nsign_in: {allow_remote: true}\n").loopback


def test_dark_may_be_written_as_yaml_reads_it(tmp_path: Path) -> None:
    assert load(tmp_path, "theme: {dark: on}\n").theme.dark == "on"
    assert load(tmp_path, "theme: {dark: off}\n").theme.dark == "off"


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        (
            "sign_in: {mode: passwort}\n",
            "restival.yaml:1: sign_in: mode must be one of none, password, link, oidc, header, not 'passwort'",
        ),
        (
            "sign_in:\n  mode: password\n  attemps: 3\n",
            "restival.yaml:3: sign_in.attemps: unknown key; did you",
        ),
        ("sign_in:\n  mode: password\n  lock: soon\n", "restival.yaml:3: sign_in.lock: "),
        ("sign_in:\n  mode: header\n", "restival.yaml:1: sign_in.trusted: required"),
        ("sign_in:\n  mode: header\n  trusted: [nowhere]\n", "restival.yaml:3: sign_in.trusted.0: 'nowhere' does not"),
        (
            "roles:\n  support:\n    shop: [rum]\n",
            "restival.yaml:3: roles.support.shop.0: write one of see, run, answer",
        ),
        ("roles:\n  - support\n", "restival.yaml:1: roles: write keys and values"),
        ("people:\n  - mail: ada\n    name: Ada\n", "restival.yaml:2: people.0.mail: "),
        (
            "people:\n  - {mail: a@example.com, name: A}\n  - {mail: A@example.com, name: B}\n",
            "restival.yaml:3: people.1.mail: a@example.com appears twice",
        ),
        (
            "people:\n  - mail: a@example.com\n    naem: Ada\n",
            "restival.yaml:3: people.0.naem: unknown key",
        ),
        ("menus:\n  - title: X\n    items: [{action: a, url: 'https://b'}]\n", "give one of action, page, url, not"),
        (
            "menus:\n  - title: X\n    items: [{url: 'javascript:x', title: X}]\n",
            ":3: menus.0.items.0.url: ",
        ),
        ("menus:\n  - title: X\n    items: [{url: 'https://b'}]\n", "an external link needs a title"),
    ],
)
def test_each_wrong_key_is_told_where_it_stands(tmp_path: Path, yaml: str, told: str) -> None:
    assert told in problem(tmp_path, yaml)


def test_no_message_repeats_a_secret(tmp_path: Path) -> None:
    yaml = "people:\n  - {mail: a@example.com, name: A, password: hunter2hunter2}\n"
    yaml += "engine: {ingress: 'http://x', admin: 'http://y', token: [s3cr3t]}\n"
    told = problem(tmp_path, yaml)
    assert "people.0.password: " in told
    assert "engine.token: " in told
    assert "hunter2" not in told
    assert "s3cr3t" not in told


def test_signing_in_lets_the_app_be_reached_from_elsewhere(tmp_path: Path) -> None:
    assert not load(tmp_path, "host: 0.0.0.0\nsign_in: {mode: password}\n").loopback


def test_the_schema_for_editors_knows_what_is_right(tmp_path: Path) -> None:
    printed = json.loads(CliRunner().invoke(app, ["schema"]).output)
    good = "title: X\nretention: 30d\nsign_in: {mode: password, lock: 1h}\nroles: {a: {shop: [run]}}\n"
    good += "menus: [{title: M, items: [{action: a}]}]\npeople: [{mail: a@example.com, name: A}]\n"
    load(tmp_path, good)
    jsonschema.validate(yaml.safe_load(good), printed)
    for wrong in (
        "titel: X",
        "port: 99999999",
        "roles: {a: {shop: [rum]}}",
        "sign_in: {mode: passwort}",
        "menus: [{}]",
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(yaml.safe_load(wrong), printed)


def test_changes_are_told_by_name_and_never_with_values(tmp_path: Path) -> None:
    def loaded(text: str) -> Settings:
        (tmp_path / "restival.yaml").write_text(text)
        return load_settings(tmp_path, {}, {})

    before = loaded(
        "title: A\nroles: {support: {'shop/*': [see]}, old: {x: [see]}}\npeople: [{mail: ada@example.com, name: Ada}]\n"
    )
    after = loaded(
        "title: B\nroles: {support: {'*': [see]}, new: {x: [see]}}\n"
        "people: [{mail: ada@example.com, name: Ada, roles: [new]}, {mail: bo@example.com, name: Bo}]\n"
    )
    assert changes(before, after) == [
        "title: changed",
        "roles: added new",
        "roles: removed old",
        "roles: changed support",
        "people: added bo@example.com",
        "people: changed ada@example.com",
    ]
    assert changes(after, after) == []

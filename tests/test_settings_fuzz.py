"""Every key of the settings, wrong in every way that its type can be: each is told with file, line, key and what is
allowed. The cases are made from the settings themselves, so that a new key is tried too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from restival.settings import Settings, SettingsError, load_settings

HASH = "$argon2id$v=19$m=65536,t=3,p=4$gy/dB31DQNYFoyWAqslZiQ$UlAPVllMRgbBEjZKJ/GHG5KseJjIgWvoofW1qZ3x4xQ"
GOOD: dict[str, Any] = {
    "mail": "ada@example.com",
    "name": "ada",
    "title": "Tools",
    "items": [{"action": "shop/refund"}],
    "ingress": "http://localhost:8080",
    "admin": "http://localhost:9070",
    "url": "https://tools.example.com",
    "hash": "sha256:" + "0" * 64,
    "trusted": ["10.0.0.1"],
    "issuer": "https://accounts.example.com",
    "client_id": "restival",
    "action": "shop/refund",
    "cron": "0 9 * * *",
    "schedule": "0 9 * * *",
}
"""What required keys hold where they aren't the ones that are wrong."""


@dataclass(frozen=True)
class Case:
    """Settings in which one key is wrong. `path` is where."""

    content: Any
    path: tuple[str | int, ...]

    @property
    def id(self) -> str:
        return ".".join(map(str, self.path)) + "=" + repr(value_at(self.content, self.path))[:30]


def value_at(content: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def plain(annotation: Any) -> Any:
    return plain(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def choices(annotation: Any) -> list[Any]:
    """The types that an annotation allows, without None."""
    annotation = plain(annotation)
    if get_origin(annotation) in (Union, UnionType):
        return [found for each in get_args(annotation) if each is not type(None) for found in choices(each)]
    return [annotation]


def required(model: type[BaseModel]) -> dict[str, Any]:
    """The least that makes a section good."""
    given = {name: GOOD[name] for name, field in model.model_fields.items() if field.is_required() and name in GOOD}
    if "mode" in model.model_fields:
        given["mode"] = get_args(model.model_fields["mode"].annotation)[0]
    if model.__name__ == "MenuLink":
        given["action"] = "shop/refund"
    return given


def wrong_values(annotation: Any, field: FieldInfo) -> Iterator[Any]:
    """Values that can't be right, for a leaf of the settings."""
    kinds = choices(annotation)
    rules = [rule for rule in (field.metadata or []) if hasattr(rule, "pattern") or hasattr(rule, "ge")]
    yield {"what": "is this"}
    if not any(get_origin(kind) is list for kind in kinds):
        yield ["a", "list"]
    for kind in kinds:
        if kind is str:
            yield 7.5
            if any(getattr(rule, "pattern", None) for rule in rules):
                yield "surely not this"
            if any(getattr(rule, "min_length", None) for rule in field.metadata):
                yield ""
        elif kind is bool:
            yield "maybe"
        elif kind is int:
            yield "many"
            yield -1
        elif kind in (timedelta, date, Path):
            yield [1]
            if kind is not Path:
                yield "soon"
        elif get_origin(kind) is Literal:
            yield "nonsense"


def cases(model: type[BaseModel], around: Any, path: tuple[str | int, ...]) -> Iterator[Case]:
    """All cases of a section; `around` puts what it holds into whole settings."""
    base = required(model)
    yield Case(around({**base, "no_such_key": 1}), (*path, "no_such_key"))
    for name, field in model.model_fields.items():
        if name == "mode":
            continue
        kinds = choices(field.annotation)
        sections = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        lists = [plain(get_args(kind)[0]) for kind in kinds if get_origin(kind) is list]
        for section in sections:
            yield from cases(section, lambda held, n=name: around({**base, n: held}), (*path, name))
        for item in lists:
            if isinstance(item, type) and issubclass(item, BaseModel):
                yield from cases(item, lambda held, n=name: around({**base, n: [held]}), (*path, name, 0))
            else:
                yield Case(around({**base, name: [["deeper"]]}), (*path, name, 0))
        if any(get_origin(kind) is dict for kind in kinds):
            yield Case(around({**base, name: ["a", "list"]}), (*path, name))
        elif sections:
            yield Case(around({**base, name: 3}), (*path, name))
        else:
            for value in wrong_values(field.annotation, field):
                yield Case(around({**base, name: value}), (*path, name))


CASES = [*cases(Settings, lambda held: held, ())]


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line of a key, as PyYAML has it."""
    node, line = yaml.compose(text), 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
    return line


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_key_wrong_once(case: Case, tmp_path: Path) -> None:
    text = "# not the first line\n" + yaml.safe_dump(case.content, sort_keys=False)
    (tmp_path / "restival.yaml").write_text(text)
    with pytest.raises(SettingsError) as told:
        load_settings(tmp_path, {}, {})
    key = ".".join(map(str, case.path))
    lines = [line for line in str(told.value).splitlines() if line.startswith("restival.yaml:")]
    [mine] = [line for line in lines if line.split(": ")[1].startswith(key)] or [f"nothing about {key}: {told.value}"]
    where, _, what = mine.partition(": ")
    assert where == f"restival.yaml:{line_of(text, case.path)}", mine
    assert "Input" not in what and "should match" not in what, mine
    assert len(what.removeprefix(f"{key}: ")) >= len("write text"), mine


def test_every_key_is_tried() -> None:
    tried = {step for case in CASES for step in case.path if isinstance(step, str)}
    assert set(Settings.model_fields) <= tried
    assert {"attempts", "issuer", "trusted", "allow_remote", "expires", "logo", "ingress", "icon"} <= tried
    assert len(CASES) > 150

"""Reads `restival.yaml`, the environment and the command line; tells what is wrong with its file, line and key."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from restival.errors import RestivalError
from restival.settings.engine import ExternalEngine
from restival.settings.messages import allowed_instead
from restival.settings.reached import LOOPBACK_HOSTS
from restival.settings.settings import Settings

FILE = "restival.yaml"
PREFIX = "RESTIVAL_"
SECRET = frozenset({"password", "token", "options", "client_secret", "hash"})
"""Keys whose values no message repeats."""


class SettingsError(RestivalError):
    """Settings that can't be used: each problem with its file, line and field."""


FLAT = ("host", "port", "data", "reload")
"""What the command line and RESTIVAL_… variables set too."""


def load_settings(project: Path, options: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a project: an option of the command line wins over a RESTIVAL_… variable, that over
    restival.yaml, that over the default. Raises SettingsError with all problems."""
    file = project / FILE
    values, lines = _read(file, environment)
    origin = dict.fromkeys(values, FILE)
    for name in FLAT:
        variable = PREFIX + name.upper()
        if variable in environment:
            values[name], origin[name] = environment[variable], variable
        if options.get(name) is not None:
            values[name], origin[name] = options[name], f"--{name}"
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems = [_problem(lines, origin, item) for item in error.errors(include_url=False)]
        raise SettingsError("\n".join(problems)) from None
    for index, schedule in enumerate(settings.schedules):
        schedule.at(_line(("schedules", index), lines))
    if doubles := [*_doubles("people", "mail", settings, lines), *_doubles("keys", "name", settings, lines)]:
        raise SettingsError("\n".join(doubles))
    if (logo := settings.theme.logo) is not None and not (project / logo).is_file():
        line = _line(("theme", "logo"), lines)
        raise SettingsError(f"{FILE}:{line}: theme.logo: the project has no file {logo}")
    check_reach(settings)
    if settings.engine is not None:
        _check_signed(settings.engine, settings.loopback, lines)
    return settings.model_copy(update={"data": project / settings.data})


def _doubles(key: str, name: str, settings: Settings, lines: Mapping["Path_", int]) -> Iterator[str]:
    """Entries of a list that have a name which another one has already."""
    seen: set[str] = set()
    for index, each in enumerate(getattr(settings, key)):
        value = getattr(each, name)
        if value in seen:
            yield f"{FILE}:{_line((key, index, name), lines)}: {key}.{index}.{name}: {value} appears twice"
        seen.add(value)


def check_reach(settings: Settings) -> None:
    """Raises SettingsError if others can reach an app whose way to sign in is for this machine only."""
    local = settings.sign_in.local_only
    if local is not None and not settings.loopback:
        raise SettingsError(
            f"host: {settings.host} would open the app to other machines, and {local.why}. "
            f"Use 127.0.0.1, or {local.instead}."
        )
    if local is not None and (foreign := sorted(settings.given_names - LOOPBACK_HOSTS)):
        raise SettingsError(
            f"url, hosts: {', '.join(foreign)} would open the app to others, and {local.why}. "
            f"Remove them, or {local.instead}."
        )


def _check_signed(engine: ExternalEngine, loopback: bool, lines: Mapping["Path_", int]) -> None:
    """Whoever reaches the worker can run actions as anybody, unless only signed requests are taken."""
    if engine.identity_key is not None or (engine.unsigned and loopback):
        return
    key = "unsigned" if engine.unsigned else "identity_key"
    hint = (
        "only an app that listens on 127.0.0.1 can accept unsigned requests. Set engine.identity_key instead"
        if engine.unsigned
        else "is missing: without it, anyone who reaches the app can run actions as any user. Set it to the public key "
        "that your Restate signs with, or set engine.unsigned: true if only this machine can reach the app"
    )
    raise SettingsError(f"{FILE}:{_line(('engine', key), lines)}: engine.{key}: {hint}")


Path_ = tuple[str | int, ...]


def _read(file: Path, environment: Mapping[str, str]) -> tuple[dict[str, Any], dict[Path_, int]]:
    if not file.exists():
        return {}, {}
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{FILE}:{line}: invalid YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{FILE}: can't be read: {error}") from None
    lines: dict[Path_, int] = {}
    if node is not None:
        _collect_lines(node, (), lines)
    if not isinstance(content, dict | None):
        raise SettingsError(f"{FILE}:1: write keys and values, such as title: My tools")
    return {str(key): _expanded(value, (key,), lines, environment) for key, value in (content or {}).items()}, lines


def _collect_lines(node: yaml.Node, path: Path_, lines: dict[Path_, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*path, key.value)] = key.start_mark.line + 1
            _collect_lines(value, (*path, key.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _collect_lines(item, (*path, index), lines)


def _expanded(value: Any, path: Path_, lines: Mapping[Path_, int], environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _expanded(item, (*path, key), lines, environment) for key, item in value.items()}
    if isinstance(value, list):
        return [_expanded(item, (*path, index), lines, environment) for index, item in enumerate(value)]
    if not isinstance(value, str):
        return value

    def variable(found: re.Match[str]) -> str:
        if found[1] not in environment:
            field = ".".join(map(str, path))
            raise SettingsError(f"{FILE}:{_line(path, lines)}: {field}: the variable {found[1]} isn't set")
        return environment[found[1]]

    return re.sub(r"\$\{(\w+)\}", variable, value)


def _line(path: Path_, lines: Mapping[Path_, int]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _problem(lines: Mapping[Path_, int], origin: Mapping[str, str], error: Any) -> str:
    path: Path_ = _written(tuple(error["loc"]))
    source = origin.get(str(path[0]), FILE) if path else FILE
    where = f"{FILE}:{_line(path, lines)}" if source == FILE else source
    return ": ".join(filter(None, (where, ".".join(map(str, path)), _message(path, error))))


def _message(path: Path_, error: Any) -> str:
    if error["type"] == "extra_forbidden":
        known = _keys(tuple(error["loc"])[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return f"unknown key{f'; did you mean {near[0]}?' if near else ''} (allowed: {', '.join(known)})"
    message = allowed_instead(error, _about(tuple(error["loc"])))
    if error["type"] == "union_tag_invalid":
        return f"{message}, not {error['ctx']['tag']!r}"
    hidden = not path or not SECRET.isdisjoint(path) or isinstance(error["input"], dict | list)
    return message if hidden else f"{message}, not {error['input']!r}"


def _about(path: Path_) -> str | None:
    """What the key at a path is described by."""
    found: Any = Settings
    for step in path[:-1]:
        found = _inside(found, step)
    fields = getattr(found, "model_fields", {})
    return fields[path[-1]].description if path and path[-1] in fields else None


def _written(path: Path_) -> Path_:
    """The path as it stands in the file: without the tags of alternatives, which pydantic puts between."""
    found: Any = Settings
    written: list[str | int] = []
    for step in path:
        inside = _inside(found, step)
        if not (get_origin(found) not in (list, dict, None) and _tag(inside) == step):
            written.append(step)
        found = inside
    return tuple(written)


def _keys(path: Path_) -> list[str]:
    """The keys that are allowed at a path of the settings."""
    found: Any = Settings
    for step in path:
        found = _inside(found, step)
    return list(found.model_fields) if isinstance(found, type) and issubclass(found, BaseModel) else []


def _inside(annotation: Any, step: str | int) -> Any:
    """What lies under a key or index of something with that type; of alternatives the one that has such a tag."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _plain(annotation.model_fields[step].annotation) if step in annotation.model_fields else None
    if get_origin(annotation) in (list, dict):
        return _plain(get_args(annotation)[-1])
    return next((each for each in get_args(annotation) if _tag(each) == step), None)


def _plain(annotation: Any) -> Any:
    """A type without what only marks it, and without None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    without = [each for each in get_args(annotation) if each is not type(None)]
    return without[0] if len(without) == 1 and get_origin(annotation) in (Union, UnionType) else annotation


def _tag(model: Any) -> str | None:
    mode = getattr(model, "model_fields", {}).get("mode")
    return None if mode is None else get_args(mode.annotation)[0]

"""What `restival.yaml`, the environment and the command line set."""

import difflib
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from restival.errors import RestivalError

FILE = "restival.yaml"
PREFIX = "RESTIVAL_"


class SettingsError(RestivalError):
    """Settings that can't be used: each problem with its file, line and field."""


class Section(BaseModel):
    """A part of the settings; keys that it doesn't know are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(Section):
    """How the dashboard looks."""

    primary: str = Field("#4f46e5", pattern=r"^#[0-9a-fA-F]{6}$", description="the accent colour, as #rrggbb")
    dark: Literal["auto", "on", "off"] = "auto"

    @field_validator("dark", mode="before")
    @classmethod
    def _as_word(cls, value: object) -> object:
        """YAML reads a bare on and off as true and false."""
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


class ExternalEngine(Section):
    """A Restate server that somebody else runs."""

    ingress: str = Field(pattern=r"^https?://", description="the URL of its ingress")
    admin: str = Field(pattern=r"^https?://", description="the URL of its admin API")
    worker: str | None = Field(None, pattern=r"^https?://", description="the URL under which it reaches this app")
    token: str | None = None
    identity_key: str | None = Field(None, pattern=r"^publickeyv1_", description="the key that it signs requests with")


class SignIn(Section):
    """Who may come in. Without sign-in the app listens on this machine only, unless `allow_remote` says otherwise."""

    mode: Literal["none"] = "none"
    allow_remote: bool = False


class StorageSettings(Section):
    """Where the files of transactions lie, if not in the data folder."""

    url: str = Field(pattern=r"^(file|s3)://.+", description="file:///folder or s3://bucket/prefix")
    options: dict[str, str] = Field({}, description="as endpoint, region, access_key_id, secret_access_key")


class Settings(Section):
    """Everything that can be set; the defaults run."""

    title: str = "Restival"
    environment: str = "production"
    theme: Theme = Theme()
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    data: Path = Path(".restival")
    reload: bool = False
    engine: ExternalEngine | None = None
    retention: timedelta = Field(
        timedelta(days=365), description="how long ended transactions are kept, as 365d or 12h"
    )
    inactivity: timedelta = Field(
        timedelta(minutes=1), description="how long a transaction that waits stays in memory, as 60s"
    )
    answer_bytes: int = Field(5_000_000, ge=1000, description="the largest answer, in bytes")
    sign_in: SignIn = SignIn()
    storage: StorageSettings | None = None

    @field_validator("retention", "inactivity", mode="before")
    @classmethod
    def _duration(cls, value: object) -> object:
        """A number with a unit, beside what pydantic reads."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
        if found is None:
            return value
        unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[found[2]]
        return timedelta(**{unit: float(found[1])})

    @property
    def loopback(self) -> bool:
        """Whether the app listens on this machine only."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


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
    return _checked(settings.model_copy(update={"data": project / settings.data}))


def _checked(settings: Settings) -> Settings:
    if not settings.loopback and not settings.sign_in.allow_remote:
        raise SettingsError(
            f"host: {settings.host} would open the app to other machines, and nobody has to sign in. Use 127.0.0.1, "
            "or set sign_in: {allow_remote: true} in restival.yaml if something in front of it checks who comes in."
        )
    return settings


Path_ = tuple[str | int, ...]


def _read(file: Path, environment: Mapping[str, str]) -> tuple[dict[str, Any], dict[Path_, int]]:
    if not file.exists():
        return {}, {}
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{FILE}:{line}: this isn't YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{FILE}: can't be read: {error}") from None
    lines: dict[Path_, int] = {}
    if node is not None:
        _collect_lines(node, (), lines)
    if not isinstance(content, dict | None):
        raise SettingsError(f"{FILE}:1: write keys and values, as in title: My tools")
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
    path: Path_ = tuple(error["loc"])
    source = origin.get(str(path[0]), FILE)
    where = f"{FILE}:{_line(path, lines)}" if source == FILE else source
    return f"{where}: {'.'.join(map(str, path))}: {_message(path, error)}"


def _message(path: Path_, error: Any) -> str:
    if error["type"] == "extra_forbidden":
        known = _keys(path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return f"there is no such key{f'; did you mean {near[0]}?' if near else ''} (allowed: {', '.join(known)})"
    if error["type"] == "missing":
        return "this is required"
    return f"{error['msg']}, not {error['input']!r}"


def _keys(path: Path_) -> list[str]:
    sections: dict[Path_, type[BaseModel]] = {(): Settings, ("theme",): Theme, ("engine",): ExternalEngine}
    return list(sections.get(path, SignIn).model_fields)

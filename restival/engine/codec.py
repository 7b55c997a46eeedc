"""How values are recorded: JSON that a person can read, with tags where JSON has no such type."""

import base64
import dataclasses
import datetime as dt
import importlib
import json
import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

from pydantic import AnyUrl, BaseModel, SecretStr
from restate.entry_codec import JournalValueCodec

from restival.io.call import Json
from restival.io.url import Url

TAG = "$"
PLAIN = (str, int, float, bool, type(None))


TAGGED = re.compile(r'\{"\$":"\w+","v":([^{}[\]]*)\}')
"""A simple value with its tag, as text."""


class NotRecordable(TypeError):
    """A value that can't be recorded; the message names its type and where in the result it stands."""

    def __init__(self, value: Any, where: str) -> None:
        super().__init__(
            f"a {type(value).__qualname__} can't be recorded{f' (at {where})' if where else ''}: "
            "return plain values, lists, dicts, dates, decimals, enums, dataclasses or pydantic models"
        )


def encode(value: Any) -> bytes:
    """The value as bytes. Raises NotRecordable."""
    return json.dumps(_pack(value, ""), ensure_ascii=False, separators=(",", ":")).encode()


def decode(data: bytes) -> Any:
    """The value that `encode` made bytes of; classes are found by their module and name."""
    return _unpack(json.loads(data))


_SIMPLE: dict[type, tuple[str, Callable[[Any], Json], Callable[[Any], Any]]] = {
    dt.datetime: ("datetime", dt.datetime.isoformat, dt.datetime.fromisoformat),
    dt.date: ("date", dt.date.isoformat, dt.date.fromisoformat),
    dt.time: ("time", dt.time.isoformat, dt.time.fromisoformat),
    dt.timedelta: ("timedelta", lambda delta: delta.total_seconds(), lambda seconds: dt.timedelta(seconds=seconds)),
    Decimal: ("decimal", str, Decimal),
    uuid.UUID: ("uuid", str, uuid.UUID),
    AnyUrl: ("url", str, AnyUrl),
    Url: ("address", str, Url),
    bytes: ("bytes", lambda data: base64.b64encode(data).decode(), base64.b64decode),
}
_BY_TAG = {tag: restore for tag, _, restore in _SIMPLE.values()}
_COLLECTIONS: dict[type, str] = {tuple: "tuple", set: "set", frozenset: "frozenset"}
_COLLECTION_BY_TAG: dict[str, Callable[[Any], Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}


def _pack(value: Any, where: str) -> Json:
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return [_pack(item, f"{where}[{index}]") for index, item in enumerate(value)]
    if kind in _SIMPLE:
        tag, store, _ = _SIMPLE[kind]
        return {TAG: tag, "v": store(value)}
    if kind in _COLLECTIONS:
        return {TAG: _COLLECTIONS[kind], "v": [_pack(item, where) for item in value]}
    if isinstance(value, SecretStr):
        raise NotRecordable(value, where)
    if isinstance(value, Enum):
        return {TAG: "enum", "t": _type_name(kind, value, where), "v": value.name}
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in kind.model_fields}
        return {TAG: "model", "t": _type_name(kind, value, where), "v": _pack(fields, where)}
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {TAG: "dataclass", "t": _type_name(kind, value, where), "v": _pack(fields, where)}
    return _pack_derived(value, where)


def _pack_derived(value: Any, where: str) -> Json:
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value) and TAG not in value:
            return {str(key): _pack(item, f"{where}.{key}") for key, item in value.items()}
        pairs = [[_pack(key, where), _pack(item, f"{where}[{key!r}]")] for key, item in value.items()]
        return {TAG: "dict", "v": pairs}
    if isinstance(value, (str, int, float)):
        return next(base(value) for base in (str, int, float) if isinstance(value, base))
    if isinstance(value, (list, tuple)):
        return [_pack(item, f"{where}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, PurePath):
        return str(value)
    raise NotRecordable(value, where)


def _type_name(kind: type, value: Any, where: str) -> str:
    if "<locals>" in kind.__qualname__ or kind.__module__ == "__main__":
        raise NotRecordable(value, where)
    return f"{kind.__module__}:{kind.__qualname__}"


def _unpack(data: Json) -> Any:
    if isinstance(data, list):
        return [_unpack(item) for item in data]
    if not isinstance(data, dict):
        return data
    if TAG not in data:
        return {key: _unpack(item) for key, item in data.items()}
    tag, value = data[TAG], data["v"]
    if tag in _BY_TAG:
        return _BY_TAG[tag](value)
    if tag in _COLLECTION_BY_TAG:
        return _COLLECTION_BY_TAG[tag](_unpack(item) for item in value)
    if tag == "dict":
        return {_unpack(key): _unpack(item) for key, item in value}
    return _object(tag, _named_type(data["t"]), value)


def _object(tag: str, kind: Any, value: Json) -> Any:
    if tag == "enum":
        return kind[value]
    fields = _unpack(value)
    if tag == "model":
        return kind.model_construct(**fields)
    made = object.__new__(kind)
    for name, item in fields.items():
        object.__setattr__(made, name, item)
    return made


def _named_type(name: str) -> Any:
    module, _, qualname = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in qualname.split("."):
        found = getattr(found, part)
    return found


def plain_value(data: Json) -> Json:
    """A recorded value as JSON without tags."""
    if isinstance(data, list):
        return [plain_value(item) for item in data]
    if not isinstance(data, dict):
        return data
    return plain_value(data["v"]) if TAG in data else {key: plain_value(item) for key, item in data.items()}


def plain_text(data: str) -> str:
    """A recorded value as people read it: indented JSON without tags, also where it was cut."""
    try:
        value = plain_value(json.loads(data))
    except ValueError:
        return TAGGED.sub(r"\1", data)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


class PlainCodec(JournalValueCodec):
    """Leaves values as they are. That a codec is there at all makes a replay compare the order and kind of journal
    entries only, not their payloads, so that an action may show other rows when its body runs again."""

    def encode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)

    async def decode(self, buf: bytes) -> bytes:
        """The same bytes."""
        return bytes(buf)

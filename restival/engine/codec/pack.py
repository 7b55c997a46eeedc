"""Values as JSON, with tags where JSON has no such type."""

import collections
import dataclasses
import datetime as dt
import enum
import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, SecretBytes, SecretStr

from restival.engine.codec.errors import NotRecordable, refused
from restival.engine.codec.names import name_of
from restival.engine.codec.simple import SIMPLE, clock, is_numpy, moment, numpy_scalar
from restival.io.call import Json
from restival.printable import printable

TAG = "$"
PLAIN = frozenset({str, float, bool, type(None)})
BIG = 1 << 10_000
"""Python writes no larger numbers as decimals."""
DEEPEST = 100
"""Levels of lists, dicts and objects in each other."""
TOO_DEEP, FLAT = "the result contains itself, or is nested too deeply", "return a flat list or dict"
COLLECTIONS: dict[type, str] = {tuple: "tuple", set: "set", frozenset: "frozenset"}


def pack(value: Any, depth: int = 0) -> Json:
    """The value as JSON. Raises NotRecordable; whatever the value's own methods raise."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is int:
        return value if -BIG < value < BIG else {TAG: "int", "v": hex(value)}
    if depth > DEEPEST:
        raise NotRecordable(TOO_DEEP, FLAT)
    if kind is list:
        return _items(value, depth)
    if kind is dict:
        return _dict(value, depth)
    if kind in SIMPLE:
        tag, store, _ = SIMPLE[kind]
        return {TAG: tag, "v": store(value)}
    if kind in COLLECTIONS:
        return {TAG: COLLECTIONS[kind], "v": _items(value, depth)}
    return _object(value, kind, depth)


def _items(values: Iterable[Any], depth: int) -> list[Json]:
    packed: list[Json] = []
    try:
        for item in values:
            packed.append(pack(item, depth + 1))
    except NotRecordable as error:
        raise error.inside(f"[{len(packed)}]") from None
    return packed


def _dict(value: Mapping[Any, Any], depth: int) -> Json:
    packed = {}
    for key, item in value.items():
        if type(key) is not str or key == TAG:
            return {TAG: "dict", "v": _pairs(value, depth)}
        try:
            packed[key] = pack(item, depth + 1)
        except NotRecordable as error:
            raise error.inside(f".{key}") from None
    return packed


def _pairs(value: Mapping[Any, Any], depth: int) -> list[Json]:
    pairs: list[Json] = []
    for key, item in value.items():
        try:
            pairs.append([pack(key, depth + 1), pack(item, depth + 1)])
        except NotRecordable as error:
            raise error.inside(f"[{printable(repr(key), 50)}]") from None
    return pairs


def _fields(values: Mapping[str, Any], depth: int) -> dict[str, Json]:
    packed = {}
    for name, item in values.items():
        try:
            packed[name] = pack(item, depth + 1)
        except NotRecordable as error:
            raise error.inside(f".{name}") from None
    return packed


def _object(value: Any, kind: type, depth: int) -> Json:
    if isinstance(value, SecretStr | SecretBytes):
        raise refused(value, "a secret isn't recorded: return what the secret is needed for")
    if isinstance(value, BaseException):
        raise refused(value, "raise it, or return its text")
    if isinstance(value, enum.Flag):
        return {TAG: "flag", "t": name_of(kind, value), "v": pack(value.value, depth + 1)}
    if isinstance(value, enum.Enum):
        return {TAG: "enum", "t": name_of(kind, value), "v": value.name}
    if isinstance(value, BaseModel):
        return _model(value, kind, depth)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if hasattr(value, field.name)]
        return {
            TAG: "dataclass",
            "t": name_of(kind, value),
            "v": _fields({name: getattr(value, name) for name in names}, depth),
        }
    return _collection(value, kind, depth)


def _model(value: BaseModel, kind: type[BaseModel], depth: int) -> Json:
    fields = {name: value.__dict__[name] for name in kind.model_fields if name in value.__dict__}
    packed: dict[str, Json] = {TAG: "model", "t": name_of(kind, value), "v": _fields(fields, depth)}
    if value.__pydantic_extra__:
        packed["extra"] = _fields(value.__pydantic_extra__, depth)
    if value.__pydantic_private__:
        packed["private"] = _fields(value.__pydantic_private__, depth)
    if value.model_fields_set != set(fields):
        packed["set"] = sorted(value.model_fields_set)
    return packed


def _collection(value: Any, kind: type, depth: int) -> Json:
    if kind is dt.datetime:
        tag, stored = moment(value)
        return {TAG: tag, "v": stored}
    if kind is dt.time:
        tag, stored = clock(value)
        return {TAG: tag, "v": stored}
    if kind is collections.OrderedDict or kind is collections.Counter:
        return {TAG: kind.__name__, "v": _pairs(value, depth)}
    if kind is collections.defaultdict:
        return {TAG: "defaultdict", "t": _factory(value), "v": _pairs(value, depth)}
    if kind is collections.deque:
        return {TAG: "deque", "most": value.maxlen, "v": _items(value, depth)}
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        return {TAG: "namedtuple", "t": name_of(kind, value), "v": _items(value, depth)}
    if is_numpy(value):
        return {TAG: "numpy", "v": numpy_scalar(value)}
    if isinstance(value, uuid.UUID) and kind(str(value)) == value:  # drivers of databases have their own
        return {TAG: "uuid of", "t": name_of(kind, value), "v": str(value)}
    raise refused(value, *_hint(value))


def _factory(value: "collections.defaultdict[Any, Any]") -> Any:
    factory = value.default_factory
    if factory is None:
        return None
    if not isinstance(factory, type):
        raise refused(value, "its factory isn't a class: return dict(…)")
    return name_of(factory, value)


def _hint(value: Any) -> tuple[str, ...]:
    """What to return in place of a value that isn't recorded."""
    bases: tuple[tuple[Any, str], ...] = (
        (bool | int, "convert it, as in int(…)"),
        (float, "convert it, as in float(…)"),
        (str, "convert it, as in str(…)"),
        (dt.datetime, "convert it, as in .to_pydatetime()"),
        (Mapping, "convert it, as in dict(…)"),
        (list | tuple | collections.UserList, "convert it, as in list(…)"),
    )
    if hasattr(value, "tolist"):
        return ("convert it, as in .tolist()",)
    return next(((hint,) for base, hint in bases if isinstance(value, base)), ())


def with_odd_texts(packed: Json) -> Json:
    """The same with texts tagged that UTF-8 can't hold: half characters, as in file names that aren't UTF-8."""
    if isinstance(packed, str):
        return {TAG: "text", "v": json.dumps(packed)} if _is_odd(packed) else packed
    if isinstance(packed, list):
        return [with_odd_texts(each) for each in packed]
    if not isinstance(packed, dict):
        return packed
    if TAG in packed:
        return {key: _part_with_odd_texts(key, each) for key, each in packed.items()}
    if any(map(_is_odd, packed)):
        return {TAG: "dict", "v": [[with_odd_texts(key), with_odd_texts(each)] for key, each in packed.items()]}
    return {key: with_odd_texts(each) for key, each in packed.items()}


def _part_with_odd_texts(name: str, part: Json) -> Json:
    if name in ("extra", "private") and isinstance(part, dict):
        return {key: with_odd_texts(each) for key, each in part.items()}
    return with_odd_texts(part) if name == "v" else part


def _is_odd(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)

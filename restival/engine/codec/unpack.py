"""Values of what was recorded of them. Validators don't run again; what the class has added since gets its default."""

import collections
import dataclasses
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, RootModel
from pydantic_core import PydanticUndefined

from restival.engine.codec.errors import NotReadable
from restival.engine.codec.names import named
from restival.engine.codec.pack import TAG
from restival.engine.codec.simple import RESTORED
from restival.io.call import Json

COLLECTIONS: dict[str, Callable[[Any], Any]] = {
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
}


def unpack(data: Json) -> Any:
    """The value. Raises NotReadable."""
    if isinstance(data, list):
        return [unpack(item) for item in data]
    if not isinstance(data, dict):
        return data
    if TAG not in data:
        return {key: unpack(item) for key, item in data.items()}
    tag, value = str(data[TAG]), data["v"]
    if tag == "text" or (tag in RESTORED and not isinstance(value, dict)):
        return RESTORED[tag](value)
    if tag in COLLECTIONS:
        return COLLECTIONS[tag](map(unpack, _listed(value)))
    return _objects[tag](data) if tag in _objects else RESTORED[tag](unpack(value))


def _listed(value: Json) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(data: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(unpack(key), unpack(item)) for key, item in _listed(data["v"])]


def _defaultdict(data: dict[str, Any]) -> Any:
    factory = None if data["t"] is None else named(data["t"])
    return collections.defaultdict(factory, _pairs(data))


def _namedtuple(data: dict[str, Any]) -> Any:
    kind, values = named(data["t"]), [unpack(item) for item in data["v"]]
    missing = kind._fields[len(values) :]
    try:
        values += [kind._field_defaults[name] for name in missing]
    except KeyError:
        raise _lacks(kind, missing[0]) from None
    return tuple.__new__(kind, values)


def _enum(data: dict[str, Any]) -> Any:
    kind = named(data["t"])
    try:
        return kind[data["v"]] if data[TAG] == "enum" else _flag(kind, data["v"])
    except (KeyError, ValueError):
        raise NotReadable(f"{kind.__qualname__} has no {data['v']} any more, which the record holds") from None


def _flag(kind: Any, value: Any) -> Any:
    return kind(unpack(value))


def _dataclass(data: dict[str, Any]) -> Any:
    kind, stored = named(data["t"]), {name: unpack(item) for name, item in data["v"].items()}
    made = object.__new__(kind)
    for field in dataclasses.fields(kind):
        if field.name in stored:
            value = stored[field.name]
        elif field.default is not dataclasses.MISSING:
            value = field.default
        elif field.default_factory is not dataclasses.MISSING:
            value = field.default_factory()
        elif not field.init:
            continue
        else:
            raise _lacks(kind, field.name)
        object.__setattr__(made, field.name, value)
    return made


def _model(data: dict[str, Any]) -> Any:
    kind: type[BaseModel] = named(data["t"])
    stored = {name: unpack(item) for name, item in data["v"].items()}
    fields = {}
    for name, field in kind.model_fields.items():
        if name in stored:
            fields[name] = stored[name]
        elif field.is_required():
            raise _lacks(kind, name)
        else:
            fields[name] = field.get_default(call_default_factory=True, validated_data=fields)
    made = kind.__new__(kind)
    allows_extra = kind.model_config.get("extra") == "allow"
    extra = {name: unpack(item) for name, item in data.get("extra", {}).items()}
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", set(data.get("set", stored)))
    if not issubclass(kind, RootModel):  # which has no room for these
        object.__setattr__(made, "__pydantic_extra__", extra if allows_extra else None)
        object.__setattr__(made, "__pydantic_private__", _private(kind, data))
    return made


def _private(kind: type[BaseModel], data: dict[str, Any]) -> dict[str, Any] | None:
    if not kind.__private_attributes__:
        return None
    defaults = {name: each.get_default() for name, each in kind.__private_attributes__.items()}
    stored = {name: unpack(item) for name, item in data.get("private", {}).items()}
    return {name: each for name, each in (defaults | stored).items() if each is not PydanticUndefined}


def _lacks(kind: type, field: str) -> NotReadable:
    return NotReadable(f"{kind.__qualname__} now requires {field}, which the record doesn't have: give it a default")


_objects: dict[str, Callable[[dict[str, Any]], Any]] = {
    "dict": lambda data: dict(_pairs(data)),
    "OrderedDict": lambda data: collections.OrderedDict(_pairs(data)),
    "Counter": lambda data: collections.Counter(dict(_pairs(data))),
    "defaultdict": _defaultdict,
    "deque": lambda data: collections.deque((unpack(item) for item in data["v"]), data["most"]),
    "namedtuple": _namedtuple,
    "uuid of": lambda data: named(data["t"])(data["v"]),
    "enum": _enum,
    "flag": _enum,
    "dataclass": _dataclass,
    "model": _model,
}

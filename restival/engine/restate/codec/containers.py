"""The collections of Python's own library, and named tuples."""

import collections
from collections.abc import Callable, Collection
from typing import Any

from restival.engine.restate.codec.errors import NotReadable, class_name, lacks, refused
from restival.engine.restate.codec.names import named, named_class
from restival.engine.restate.codec.packing import TAG, Pack, Packing, Record, Unpack, unpacked_fields
from restival.engine.restate.codec.state import own_dict
from restival.io.core.call import Json
from restival.io.group import Record as GroupRecord


def check_distinct(value: Collection[Any]) -> None:
    """Raises NotRecordable for keys or elements that were changed after they were put in, and are equal now."""
    again = set(list(value))  # noqa: C414  # of a set itself, the hashes are copied
    if len(again) != len(value):
        raise refused(value, "some of its keys or elements became equal: don't change them")


def _check_bare(value: Any) -> None:
    if own_dict(value):
        raise refused(value, "it has attributes of its own: return dict(…)")


def _pack_set(value: Any, packing: Packing) -> Json:
    check_distinct(value)
    return {TAG: type(value).__name__, "v": packing.items(value)}


def _pack_pairs(value: Any, packing: Packing) -> Json:
    _check_bare(value)
    return {TAG: type(value).__name__, "v": packing.pairs(value)}


def _pack_record(value: GroupRecord, packing: Packing) -> Json:
    _check_bare(value)
    return {TAG: "record", "v": packing.fields(value)}


def _pack_defaultdict(value: "collections.defaultdict[Any, Any]", packing: Packing) -> Json:
    factory = value.default_factory
    if factory is not None and not isinstance(factory, type):
        raise refused(value, "its factory isn't a class: return dict(…)")
    name = None if factory is None else packing.name(factory, value)
    return {TAG: "defaultdict", "t": name, "v": packing.pairs(value)}


PACK: dict[type, Pack] = {
    tuple: lambda value, packing: {TAG: "tuple", "v": packing.items(value)},
    set: _pack_set,
    frozenset: _pack_set,
    collections.OrderedDict: _pack_pairs,
    collections.Counter: _pack_pairs,
    GroupRecord: _pack_record,
    collections.defaultdict: _pack_defaultdict,
    collections.deque: lambda value, packing: {TAG: "deque", "most": value.maxlen, "v": packing.items(value)},
}
"""By the exact type."""


def is_named_tuple(kind: type) -> bool:
    """Whether its fields have names."""
    return issubclass(kind, tuple) and isinstance(getattr(kind, "_fields", None), tuple)


def pack_named_tuple(value: Any, packing: Packing) -> Json:
    """Its values and the names of its fields, and in `rest` what it stores besides them."""
    kind, values = type(value), list(tuple.__iter__(value))
    if len(values) != len(kind._fields):
        raise refused(value, "it hasn't as many values as fields: return tuple(…)")
    packed: dict[str, Json] = {TAG: "namedtuple", "t": packing.name(kind, value), "v": packing.items(values)}
    packed["names"] = list(kind._fields)
    if rest := own_dict(value):
        packed["rest"] = packing.fields(rest)
    return packed


def _named_tuple(data: Record, unpack: Unpack) -> Any:
    kind, values = named_class(data["t"]), [unpack(item) for item in data["v"]]
    if not is_named_tuple(kind):
        raise NotReadable(f"the record holds a {class_name(kind)}, which is no longer a named tuple")
    names = data.get("names", kind._fields)
    if len(values) > len(names):  # an older record has no names
        raise NotReadable(f"{class_name(kind)} has fewer fields than the record")
    stored = dict(zip(names, values, strict=False))
    for name in kind._fields:
        if name not in stored and name not in kind._field_defaults:
            raise lacks(kind, name)
    made = tuple.__new__(
        kind, (stored[name] if name in stored else kind._field_defaults[name] for name in kind._fields)
    )
    if "rest" in data:
        made.__dict__.update(unpacked_fields(data["rest"], unpack))
    return made


def _pairs(data: Record, unpack: Unpack) -> list[tuple[Any, Any]]:
    return [(unpack(key), unpack(item)) for key, item in data["v"]]


def _items(kind: Callable[[Any], Any]) -> Callable[[Record, Unpack], Any]:
    return lambda data, unpack: kind([unpack(item) for item in data["v"]])


UNPACK: dict[str, Callable[[Record, Unpack], Any]] = {
    "tuple": _items(tuple),
    "set": _items(set),
    "frozenset": _items(frozenset),
    "dict": lambda data, unpack: dict(_pairs(data, unpack)),
    "OrderedDict": lambda data, unpack: collections.OrderedDict(_pairs(data, unpack)),
    "Counter": lambda data, unpack: collections.Counter(dict(_pairs(data, unpack))),
    "record": lambda data, unpack: GroupRecord(unpacked_fields(data["v"], unpack)),
    "defaultdict": lambda data, unpack: collections.defaultdict(
        None if data["t"] is None else named(data["t"]), _pairs(data, unpack)
    ),
    "deque": lambda data, unpack: collections.deque([unpack(item) for item in data["v"]], data["most"]),
    "namedtuple": _named_tuple,
}
"""By the tag."""

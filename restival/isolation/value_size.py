"""How large a value becomes when all that it refers to is written out."""

import collections
from collections.abc import Iterable, Iterator
from itertools import chain
from types import GeneratorType, MemberDescriptorType
from typing import Any

OF_A_CHARACTER = 6
"""So many characters weigh as much as a small number."""
LEAVES = frozenset({int, float, bool, type(None)})
TEXTS = frozenset({str, bytes, bytearray})
SEQUENCES: tuple[Any, ...] = (list, tuple, set, frozenset, collections.deque)
OBJECTS = ("__dataclass_fields__", "__pydantic_fields__", "__attrs_attrs__")
"""What classes have that are written out by their fields."""
DEEPEST = 100
"""Levels that are looked at."""
TOO_DEEP = 1 << 40
"""The weight of what is deeper."""


def weight_of(value: Any, known: dict[int, int] | None = None, levels: int = DEEPEST) -> int:
    """About the bytes that a value takes at least. What it refers to more than once is looked at once, but counts each
    time; it is noted in `known` for the next value. Raises TypeError for a generator, which may have no end."""
    return _weight(value, {} if known is None else known, levels)


def _weight(value: Any, known: dict[int, int], levels: int) -> int:
    kind = type(value)
    if kind in LEAVES:
        return 2
    if kind in TEXTS:
        return 2 + len(value) // OF_A_CHARACTER
    if (before := known.get(id(value))) is not None:
        return before
    if levels < 0:
        return TOO_DEEP
    known[id(value)] = 0  # while it is looked at: it may contain itself
    found = 3
    for part in _parts(value, kind):
        found += 2 if type(part) in LEAVES else _weight(part, known, levels - 1)
    known[id(value)] = found
    return found


def elements_of(value: Any) -> Iterator[Any] | None:
    """What a list or the like contains, whatever its class makes of that; None for anything else."""
    kind = type(value)
    for base in SEQUENCES:
        if issubclass(kind, base):
            elements: Iterator[Any] = base.__iter__(value)
            return elements
    return None


def _parts(value: Any, kind: type) -> Iterable[Any]:
    if issubclass(kind, dict):
        return chain(dict.keys(value), dict.values(value))
    if (elements := elements_of(value)) is not None:
        return elements
    if issubclass(kind, BaseException):
        return value.args  # type: ignore[no-any-return]
    if issubclass(kind, GeneratorType):
        raise TypeError("a generator has no weight")
    return _attributes(value, kind) if any(hasattr(kind, name) for name in OBJECTS) else ()


def _attributes(value: Any, kind: type) -> Iterable[Any]:
    try:
        own: dict[str, Any] = object.__getattribute__(value, "__dict__")
    except AttributeError:
        own = {}
    slots = [item for base in kind.__mro__ for item in vars(base).values() if type(item) is MemberDescriptorType]
    return chain(own.values(), (item for slot in slots for item in _in(slot, value)))


def _in(slot: Any, value: Any) -> Iterable[Any]:
    try:
        return (slot.__get__(value),)
    except AttributeError:  # it is empty
        return ()

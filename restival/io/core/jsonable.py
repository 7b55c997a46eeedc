"""Any value in a form that JSON and a person can read."""

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from types import GeneratorType, NoneType
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json, to_jsonable_python

from restival.io.core.call import Json
from restival.isolation.printable import printable
from restival.isolation.value_size import DEEPEST, OF_A_CHARACTER, TEXTS, elements_of, weight_of

LONGEST = 1_000_000
"""Characters of the text of a value that JSON has no form for."""
HEAVIEST = 32_000_000
"""What a value may weigh that is shown whole: a list that contains the same list again and again is larger than it
looks."""
MOST, OF_A_PART = 2_000_000, 10
"""How much is shown, by its weight, of a value that isn't shown whole, and what a part counts that isn't either."""
CUT = "…"
"""In place of what isn't shown: more of it, or what contains itself."""
BIG, LEAST = 1 << 10_000, -(1 << 10_000)
"""Python writes no larger numbers as decimals."""
LEVELS = 200
"""Levels of what is shown whole."""
LARGE = re.compile(rb"\d{3011}")


def jsonable(value: Any) -> Json:
    """The value as JSON: models and dataclasses as objects, dates as ISO 8601, decimals as strings, sets as lists,
    and whatever else there is as its `str`. Half characters are written as escapes, NaN and infinite numbers as text,
    and what contains itself, or has no end, as `…`. Never raises."""
    return _shown(value)[0]


def wholly_jsonable(value: Any) -> Json:
    """The same. Raises ValueError where that would leave something out."""
    shown, is_whole = _shown(value)
    if not is_whole:
        raise ValueError("the value contains itself, is nested too deeply or is too large")
    return shown


def _shown(value: Any) -> tuple[Json, bool]:
    """What is shown, and whether that is all."""
    if _is_plain(value):
        return value, True
    try:
        if weight_of(value, levels=LEVELS) <= HEAVIEST:
            return _whole(value), True
    except BaseException:  # it contains itself, or its own methods raise
        pass
    parts = _Parts()
    return parts.shown(value, 0), not parts.cut


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str:
        return bool(value.isascii())
    return kind in (bool, NoneType) or (kind is int and LEAST < value < BIG)


def _whole(value: Any) -> Json:
    shown: Json = to_jsonable_python(value, fallback=_text, bytes_mode="base64")
    return shown if _is_sendable(shown) else _sendable(shown)


def _text(value: object) -> str:
    return printable(value, LONGEST)


def _is_sendable(shown: Json) -> bool:
    try:
        data = to_json(shown, inf_nan_mode="constants")
    except ValueError:
        return False
    return b"NaN" not in data and b"Infinity" not in data and not LARGE.search(data)


def _sendable(shown: Json) -> Json:
    if isinstance(shown, str):
        return printable(shown, len(shown) * 6 + 1)
    if isinstance(shown, float):
        return shown if isfinite(shown) else str(shown)
    if isinstance(shown, int):
        return shown if LEAST < shown < BIG else hex(shown)
    if isinstance(shown, list):
        return [_sendable(item) for item in shown]
    if isinstance(shown, dict):
        return {printable(key, len(key) * 6 + 1): _sendable(item) for key, item in shown.items()}
    return shown


class _Parts:
    """Shows a value part by part: what can't be shown whole in parts of its own, and not more than a bounded number."""

    def __init__(self) -> None:
        self.cut = False
        """Whether something was left out."""
        self._left = MOST
        self._known: dict[int, int] = {}
        self._around: set[int] = set()
        """What the value that is shown now is in."""

    def shown(self, value: Any, level: int) -> Json:
        """The value, or what can be shown of it."""
        if self._left < 0 or level > DEEPEST or id(value) in self._around:
            self.cut = True
            return CUT
        if _is_plain(value):
            self._left -= OF_A_PART + (len(value) // OF_A_CHARACTER if type(value) is str else 0)
            return value
        try:
            if (weight := weight_of(value, self._known)) <= self._left:
                shown = _whole(value)
                self._left -= weight
                return shown
        except BaseException:  # it contains itself, or its own methods raise
            pass
        self._left -= OF_A_PART
        self._around.add(id(value))
        try:
            return self._in_parts(value, level)
        except BaseException:  # a value's own methods may raise anything
            return _text(value)
        finally:
            self._around.discard(id(value))

    def _in_parts(self, value: Any, level: int) -> Json:
        kind = type(value)
        if issubclass(kind, dict):
            return self._pairs(dict.items(value), level)
        if (elements := elements_of(value)) is not None:
            return self._items(elements, level)
        if issubclass(kind, GeneratorType):
            return self._items(value, level)
        if kind in TEXTS:
            self.cut = True
        fields = _fields(value, kind)
        return _text(value) if fields is None else self._pairs(fields.items(), level)

    def _items(self, values: Iterable[Any], level: int) -> Json:
        shown = []
        for item in values:
            shown.append(self.shown(item, level + 1))
            if self.cut and self._left < 0:
                break
        return shown

    def _pairs(self, pairs: Iterable[tuple[Any, Any]], level: int) -> Json:
        shown = {}
        for key, item in pairs:
            shown[_key(key)] = self.shown(item, level + 1)
            if self.cut and self._left < 0:
                break
        return shown


def _key(key: Any) -> str:
    if type(key) is str:
        return printable(key, len(key) * 6 + 1)
    try:
        [shown] = to_jsonable_python({key: None}, fallback=_text)
    except BaseException:  # a key's own methods may raise anything
        return _text(key)
    return printable(shown, LONGEST)


def _fields(value: Any, kind: type) -> Mapping[str, Any] | None:
    """The fields of a model or a dataclass; None for anything else."""
    if issubclass(kind, BaseModel):
        own: dict[str, Any] = object.__getattribute__(value, "__dict__")
        hidden = {name for name, field in kind.model_fields.items() if field.exclude}
        return {name: item for name, item in own.items() if name not in hidden}
    if hasattr(kind, "__dataclass_fields__"):
        return {name: object.__getattribute__(value, name) for name in kind.__dataclass_fields__}
    return None

"""Values as JSON, with tags where JSON has no such type."""

import datetime as dt
import enum
import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import islice, takewhile
from typing import Any

from pydantic import BaseModel

from restival.engine.restate.codec import containers, texts
from restival.engine.restate.codec.attrs_class import pack_attrs
from restival.engine.restate.codec.dataclass import pack_dataclass
from restival.engine.restate.codec.enums import pack_enum, pack_flag
from restival.engine.restate.codec.errors import NotRecordable, failed, refused
from restival.engine.restate.codec.hints import hint_for, is_of_database
from restival.engine.restate.codec.model import pack_model
from restival.engine.restate.codec.moments import pack_datetime, pack_time
from restival.engine.restate.codec.names import Name, name_of
from restival.engine.restate.codec.numpy_scalars import is_numpy, pack_numpy
from restival.engine.restate.codec.packing import TAG, Pack
from restival.engine.restate.codec.simple import OF_TEXT, SIMPLE, pack_fraction, pack_of_text, pack_range
from restival.engine.restate.codec.zones import pack_timezone, pack_zone
from restival.io.core.call import Json
from restival.isolation.value_size import DEEPEST, OF_A_CHARACTER, weight_of

PLAIN = frozenset({float, bool, type(None)})
SCALARS = PLAIN | {str, int}
BIG, LEAST = 1 << 10_000, -(1 << 10_000)
"""Python writes no larger numbers as decimals."""
TOO_DEEP, FLAT = "the result contains itself, or is nested too deeply", "return a flat list or dict"
UNWEIGHED, HEAVIEST = 2_000_000, 32_000_000
"""How much of a result is packed, about in bytes, until it is weighed, and what it may weigh: what contains the same
list again and again is larger than it looks."""
TOO_LARGE, ELSEWHERE = "the result is too large", "save it elsewhere and return its location"


def _refuse(value: Any, _: object) -> Json:
    raise refused(value, hint_for(type(value)))


EXACT: dict[type, Pack] = {
    dt.datetime: pack_datetime,
    dt.time: pack_time,
    dt.timezone: pack_timezone,
    Fraction: pack_fraction,
    range: pack_range,
    **containers.PACK,
}
"""By the exact type."""

KINDS: tuple[tuple[Callable[[type], bool], Pack], ...] = (
    (lambda kind: issubclass(kind, enum.Flag), pack_flag),
    (lambda kind: issubclass(kind, enum.Enum), pack_enum),
    (is_of_database, _refuse),
    (lambda kind: issubclass(kind, BaseModel), pack_model),
    (lambda kind: hasattr(kind, "__dataclass_fields__") and not issubclass(kind, type | BaseException), pack_dataclass),
    (lambda kind: hasattr(kind, "__attrs_attrs__") and not issubclass(kind, type | BaseException), pack_attrs),
    (containers.is_named_tuple, containers.pack_named_tuple),
    (is_numpy, pack_numpy),
    (lambda kind: issubclass(kind, OF_TEXT), pack_of_text),
    (lambda kind: issubclass(kind, dt.tzinfo), pack_zone),
)
"""By what the type is. The value isn't asked: it may say that it is of another class."""


class Packer:
    """One result on its way into its record. With `odd`, texts are looked at for half characters."""

    def __init__(self, whole: Any, *, odd: bool = False) -> None:
        self._odd = odd
        self._whole, self._depth = whole, 0
        self._room: float = UNWEIGHED
        self._names: dict[type, Name] = {}
        self._packs: dict[type, Pack] = {}

    def packed(self) -> Json:
        """The whole of it."""
        return self.value(self._whole)

    def value(self, value: Any) -> Json:
        """The value as JSON. Raises NotRecordable; whatever the value's own methods raise."""
        kind = type(value)
        if kind in SCALARS:
            return self._leaf(value)
        if self._depth > DEEPEST:
            raise NotRecordable(TOO_DEEP, FLAT)
        self._depth += 1
        if kind is dict:
            packed: Json = self._dict(value)
        elif kind is list:
            packed = self.items(value)
        elif kind in SIMPLE:
            packed = self._simple(value, kind)
        else:
            try:
                packed = (self._packs.get(kind) or self._pack_for(kind))(value, self)
            except (NotRecordable, RecursionError):
                raise
            except BaseException as error:  # a value's own methods may raise anything
                raise failed(value, error) from None
        self._depth -= 1
        return packed

    def _leaf(self, value: Any) -> Json:
        if type(value) is str:
            self._take(len(value) // OF_A_CHARACTER)
            return self._text(value) if self._odd else value
        if type(value) is int and not LEAST < value < BIG:
            return {TAG: "int", "v": hex(value)}
        return value

    def items(self, values: Iterable[Any]) -> list[Json]:
        """Values in their order."""
        packed: list[Json] = list(values)
        value, even, size = self.value, not self._odd, 0
        for at, item in enumerate(packed):
            kind = type(item)
            if kind is str and even:
                size += len(item)
            elif kind not in PLAIN and not (kind is int and LEAST < item < BIG):
                try:
                    packed[at] = value(item)
                except NotRecordable as error:
                    raise error.inside(f"[{at}]") from None
        self._room -= 1 + 2 * len(packed) + size // OF_A_CHARACTER
        if self._room < 0:
            self._weigh()
        return packed

    def _dict(self, values: dict[Any, Any]) -> Json:
        packed = values.copy()  # what JSON has stays as it is
        value, even, size = self.value, not self._odd, 0
        for key, item in values.items():
            if type(key) is not str or key == TAG or (not even and texts.is_odd(key)):
                return {TAG: "dict", "v": self.pairs(values, packed, key)}
            kind = type(item)
            if kind is str and even:
                size += len(item)
            elif kind not in PLAIN and not (kind is int and LEAST < item < BIG):
                try:
                    packed[key] = value(item)
                except NotRecordable as error:
                    raise error.inside(f".{key}") from None
        self._room -= 1 + 4 * len(packed) + size // OF_A_CHARACTER
        if self._room < 0:
            self._weigh()
        return packed

    def pairs(
        self, values: Mapping[Any, Any], packed: Mapping[str, Json] | None = None, first: Any = None
    ) -> list[Json]:
        """The keys and values of a dict, whatever the keys are. Those before the first may be packed already."""
        containers.check_distinct(values)
        pairs: list[Json] = []
        if packed is not None:
            pairs += [[key, packed[key]] for key in takewhile(lambda key: key is not first, values)]
        for key, item in islice(values.items(), len(pairs), None):
            try:
                pairs.append([self.value(key), self.value(item)])
            except NotRecordable as error:
                raise error.inside(f"[{_shown(key)}]") from None
        self._take(6 * len(pairs))
        return pairs

    def fields(self, values: Mapping[str, Any]) -> dict[str, Json]:
        """The fields of an object."""
        packed = {}
        for name, item in values.items():
            if type(name) is not str or (self._odd and texts.is_odd(name)):
                raise NotRecordable(f"a field named {_shown(name)} can't be recorded", "give the field another name")
            try:
                packed[name] = self.value(item)
            except NotRecordable as error:
                raise error.inside(f".{name}") from None
        self._take(30 + 4 * len(packed))
        return packed

    def name(self, kind: type, value: object) -> Name:
        """The name of the value's class, or of one that it refers to."""
        if kind not in self._names:
            self._names[kind] = name_of(kind, value)
        return self._names[kind]

    def _simple(self, value: Any, kind: type) -> Json:
        tag, store, _ = SIMPLE[kind]
        data = store(value)
        if type(data) is str:
            self._take(len(data) // OF_A_CHARACTER)
        return {TAG: tag, "v": self.value(data) if self._odd else data}

    def _text(self, text: str) -> Json:
        return {TAG: "halves", "v": texts.stored(text)} if texts.is_odd(text) else text

    def _pack_for(self, kind: type) -> Pack:
        found = EXACT.get(kind) or next((pack for fits, pack in KINDS if fits(kind)), _refuse)
        self._packs[kind] = found
        return found

    def _take(self, room: int) -> None:
        self._room -= room
        if self._room < 0:
            self._weigh()

    def _weigh(self) -> None:
        if weight_of(self._whole) > HEAVIEST:
            raise NotRecordable(TOO_LARGE, ELSEWHERE)
        self._room = math.inf


def _shown(key: object) -> str:
    try:
        return repr(key)[:50]
    except BaseException:  # a key's own methods may raise anything
        return "…"

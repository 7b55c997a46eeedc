"""What can't come back as it was is refused when it is recorded, in words that say what to return instead."""

import array
import asyncio
import collections
import dataclasses
import datetime as dt
import enum
import functools
import io
import pathlib
import re
import sqlite3
import sys
import threading
import time
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from unittest.mock import MagicMock, Mock

import attrs
import dateutil.tz
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, PrivateAttr, Secret, SecretBytes, SecretStr

from restival.engine.restate.codec import NotRecordable, encode
from tests.engine import recorded_classes as of
from tests.engine.recorded_classes import Box, Frozen, Model, Point


class Money(Decimal):
    pass


class Ratio(float):
    pass


class Data(bytes):
    pass


class Bag(set[int]):
    pass


class Day(dt.date):
    pass


class Moment(dt.datetime):
    pass


class Span(dt.timedelta):
    pass


class Meters(np.float64):
    pass


class Summer(dt.tzinfo):
    def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(hours=2)

    def tzname(self, _: dt.datetime | None) -> str:
        return "summer"


class Numbered(enum.IntEnum):
    ONE = 1

    @classmethod
    def _missing_(cls, value: object) -> Any:
        made = int.__new__(cls, value)  # type: ignore[call-overload]
        made._name_, made._value_ = "another", value
        return made


@dataclasses.dataclass
class Also(dict[str, int]):
    x: int = 1


@dataclasses.dataclass
class Failed(Exception):
    x: int = 1


@dataclasses.dataclass
class Locked:
    x: int = 1

    def __post_init__(self) -> None:
        self._lock = threading.Lock()


@dataclasses.dataclass(slots=True)
class Slots:
    a: int = 1


@dataclasses.dataclass(unsafe_hash=True)
class Mutable:
    x: int


@attrs.define
class Defined:
    a: int


class Client(BaseModel):
    _lock: Any = PrivateAttr(default_factory=threading.Lock)


class Account(BaseModel):
    password: SecretStr


class Mapped(BaseModel):
    """As SQLModel and SQLAlchemy have."""

    __mapper__ = object()


class Timestamp(dt.datetime):
    """As pandas has."""

    def to_pydatetime(self) -> dt.datetime:
        return self


class NaTType(dt.datetime):
    def to_pydatetime(self) -> Any:
        return self


class Meta(type):
    """Hides what classes are called."""

    def __getattribute__(cls, name: str) -> Any:
        if name in ("__qualname__", "__name__", "__module__", "__mro__"):
            raise SystemExit(1)
        return type.__getattribute__(cls, name)


class Hidden(metaclass=Meta):
    pass


class HiddenError(Exception, metaclass=Meta):
    def __str__(self) -> str:
        raise KeyboardInterrupt


class Throwing:
    def __getattr__(self, name: str) -> Any:
        raise HiddenError

    @property
    def __class__(self) -> Any:
        raise HiddenError

    def __hash__(self) -> int:
        raise HiddenError

    def __reduce__(self) -> Any:
        raise HiddenError

    def __repr__(self) -> str:
        raise HiddenError


class Claiming:
    """Says that it is a model."""

    __class__ = property(lambda _: Model)  # type: ignore[assignment]


class ThrowingKeys(dict[str, int]):
    def items(self) -> Any:
        raise HiddenError

    def __iter__(self) -> Any:
        raise HiddenError


class Many(NamedTuple):
    a: int


def local() -> Any:
    @dataclasses.dataclass
    class Local:
        x: int = 1

    return Local()


def of_main() -> Any:
    kind = dataclasses.make_dataclass("Started", ["x"])
    kind.__module__ = "__main__"
    sys.modules["__main__"].Started = kind  # type: ignore[attr-defined]
    return kind(1)


def without(value: Any, name: str) -> Any:
    object.__delattr__(value, name)
    return value


def with_attribute(value: Any) -> Any:
    value.__dict__["note"] = 1
    return value


def equal_by_now(kind: Any) -> Any:
    one, other = Mutable(1), Mutable(2)
    made = kind([(one, 1), (other, 2)]) if kind is dict else kind([one, other])
    other.x = 1
    return made


def row_of_sqlite() -> Any:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    return connection.execute("select 1 as a").fetchone()


async def waiting() -> None:
    pass


def closed(coroutine: Any) -> Any:
    coroutine.close()
    return coroutine


def generated() -> Iterator[int]:
    yield 1


def at(zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime(2026, 3, 1, 9, tzinfo=zone)


def odd_field() -> Model:
    made = Model(name="\udce9")
    made.__dict__["\udce9"] = 1
    return made


REFUSED: dict[str, tuple[Any, str]] = {
    "object": (object(), "an object can't be recorded: return plain values"),
    "inside": ({"rows": [1, object()]}, "(at .rows[1])"),
    "in a key": ({(1, object()): 1}, "(at [(1, "),
    "in a field": (Frozen([Point(1), object()]), "(at .value[1])"),
    "secret": (SecretStr("x"), "a secret isn't recorded"),
    "secret bytes": (SecretBytes(b"x"), "a secret isn't recorded"),
    "secret number": (Secret[int](3), "a secret isn't recorded"),
    "secret in a model": (Account(password=SecretStr("x")), "(at .password): a secret isn't recorded"),
    "error": (ValueError("x"), "raise it"),
    "errors": ([ExceptionGroup("x", [ValueError()])], "raise it"),
    "dataclass of an error": (Failed(), "raise it"),
    "rude": (of.Rude(), "can't be recorded"),
    "throwing": ([Throwing()], "a Throwing can't be recorded"),
    "hidden": ([Hidden()], "a Hidden can't be recorded (SystemExit: 1) (at [0])"),
    "hidden error": (HiddenError(), "can't be recorded"),
    "throwing keys": (ThrowingKeys(a=1), "dict(…)"),
    "claiming": (Claiming(), "a Claiming can't be recorded"),
    "mock": (MagicMock(), "can't be recorded"),
    "mock of a model": (Mock(spec=Model), "a Mock can't be recorded"),
    "integer": (of.Money(3), "int(…)"),
    "decimal": (Money(3), "Decimal(…)"),
    "float": (Ratio(3), "float(…)"),
    "markup": (of.Markup("x"), "str(…)"),
    "user string": (collections.UserString("x"), "str(…)"),
    "data": (Data(b"x"), "bytes(…)"),
    "view": (memoryview(b"x"), "bytes(…)"),
    "bag": (of.Bag(a=1), "dict(…)"),
    "set": (Bag([1]), "set(…)"),
    "day": (Day(2026, 3, 1), "isoformat()"),
    "moment": (Moment(2026, 3, 1), "isoformat()"),
    "span": (Span(1), "total_seconds()"),
    "timestamp": (Timestamp(2026, 3, 1), ".to_pydatetime()"),
    "not a time": (NaTType(2026, 3, 1), "return None"),
    "proxy": (types.MappingProxyType({"a": 1}), "dict(…)"),
    "chain": (collections.ChainMap({"a": 1}), "dict(…)"),
    "keys": ({"a": 1}.keys(), "list(…)"),
    "sqlite": (row_of_sqlite(), "dict(…)"),
    "structure": (time.gmtime(0), "list(…)"),
    "array": (np.array([1]), ".tolist()"),
    "array of Python": (array.array("i", [1]), ".tolist()"),
    "record of NumPy": (np.array([(1,)], dtype=[("a", "i4")])[0], ".tolist()"),
    "subclass of NumPy": (Meters(3), "can't be recorded"),
    "lambda": (lambda: 1, "call it"),
    "coroutine": (closed(waiting()), "await it"),
    "generator": (generated(), "list(…)"),
    "map": (map(str, [1]), "list(…)"),
    "partial": (functools.partial(print), "can't be recorded"),
    "class": (Model, "return its name"),
    "module": (sys, "can't be recorded"),
    "file": (io.StringIO("x"), "return what it contains"),
    "lock": (threading.Lock(), "can't be recorded"),
    "event": (asyncio.Event(), "can't be recorded"),
    "pattern": (re.compile("x"), "can't be recorded"),
    "slice": (slice(1, 2), "can't be recorded"),
    "ellipsis": (..., "can't be recorded"),
    "namespace": (types.SimpleNamespace(a=1), "can't be recorded"),
    "factory": (collections.defaultdict(lambda: 1), "factory isn't a class"),
    "attributes": (with_attribute(collections.OrderedDict(a=1)), "attributes of its own"),
    "local": (local(), "top level of an importable module"),
    "of main": (of_main(), "top level of an importable module"),
    "zone": (at(Summer()), "(at .tzinfo): use zoneinfo.ZoneInfo"),
    "zone of a file": (at(dateutil.tz.gettz("America/Sao_Paulo") or dt.UTC), "use zoneinfo.ZoneInfo"),
    "time in a zone": (dt.time(9, tzinfo=Summer()), "use zoneinfo.ZoneInfo"),
    "made member": (Numbered(5), "return its value"),
    "dict and dataclass": (Also(3), "both a dataclass and a dict"),
    "lock in an object": (Locked(), "(at ._lock)"),
    "lock in a model": (Client(), "(at ._lock)"),
    "field that is gone": (without(Point(1), "x"), "without its field x"),
    "slot that is gone": (without(Slots(), "a"), "without its field a"),
    "attribute that is gone": (without(Defined(1), "a"), "without its field a"),
    "model without a field": (Model.model_construct(), "without its field name"),
    "row of a database": (Mapped(), "belongs to a database session"),
    "type arguments": (Box[typing.Annotated[int, Field(gt=0)]](value=1), "define a subclass"),
    "equal keys": (equal_by_now(dict), "became equal"),
    "equal elements": (equal_by_now(set), "became equal"),
    "short tuple": (tuple.__new__(Many, ()), "as many values as fields"),
    "file of Windows": (pathlib.PureWindowsPath("./C:a"), "str(…)"),
    "uuid with attributes": (with_attribute(of.DriverUUID(int=3)), "str(…)"),
    "name of a field": (odd_field(), "give the field another name"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_come_back_is_refused_with_what_to_return(kind: str) -> None:
    value, told = REFUSED[kind]
    with pytest.raises(NotRecordable) as error:
        encode(value)
    assert told in str(error.value)
    assert len(str(error.value).encode()) < 1_500


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.just(object()), lambda inner: st.lists(inner, min_size=1) | st.dictionaries(st.text(), inner, min_size=1)
    )
)
def test_it_is_refused_wherever_it_is(value: Any) -> None:
    with pytest.raises(NotRecordable, match="an object can't be recorded"):
        encode(value)

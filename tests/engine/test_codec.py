"""What is recorded comes back as it was, type for type, or is refused when it is recorded."""

import collections
import dataclasses
import datetime as dt
import enum
import functools
import ipaddress
import json
import pathlib
import types
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import dateutil.tz
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, ByteSize, HttpUrl, NameEmail, PostgresDsn
from pydantic_core import TzInfo

from restival.engine.client.recorded_values import plain_text, plain_value
from restival.engine.restate.codec import decode, encode
from tests.engine import recorded_classes as of
from tests.engine.recorded_classes import (
    Box,
    Checked,
    Color,
    Frozen,
    IntPerm,
    Model,
    Numbers,
    OldRow,
    Open,
    Perm,
    Plain,
    Point,
    Row,
    Shade,
    Size,
)

BERLIN = ZoneInfo("Europe/Berlin")


def same(one: Any, other: Any) -> bool:
    """Equal, of the same type at every level, and with the same attributes."""
    return seen(one) == seen(other)


def seen(value: Any) -> Any:
    """All that a value is made of, in a form that can be compared."""
    kind = type(value)
    if isinstance(value, enum.Enum):
        return kind, value
    if isinstance(value, bytes | bytearray | bool | int | None) and not isinstance(value, np.generic):
        return kind, value, seen(vars(value)) if hasattr(value, "__dict__") else ()
    if isinstance(value, str):
        return kind, list(str.__str__(value))
    if isinstance(value, np.generic):
        return kind, value.tobytes()
    if isinstance(value, float | complex | Decimal | dt.tzinfo):
        return kind, repr(value)
    if isinstance(value, dt.datetime | dt.time):
        return kind, value.replace(tzinfo=None).isoformat(), value.fold, seen(value.tzinfo), value.tzname()
    if isinstance(value, set | frozenset):
        return kind, sorted(repr(seen(item)) for item in value)
    if isinstance(value, dict):
        pairs = [(seen(key), seen(item)) for key, item in value.items()]
        return kind, pairs, getattr(value, "default_factory", None)
    if isinstance(value, list | tuple | collections.deque):
        return kind, [seen(item) for item in value], getattr(value, "maxlen", None), vars_of(value)
    if isinstance(value, BaseModel) or dataclasses.is_dataclass(value) or attrs.has(kind):
        return kind, vars_of(value)
    return kind, value


def vars_of(value: Any) -> Any:
    """The attributes of an object, in slots or not, without cached ones."""
    kind, found = type(value), dict(getattr(value, "__dict__", {}))
    for base in kind.__mro__:
        for name, item in vars(base).items():
            if isinstance(item, types.MemberDescriptorType) and hasattr(value, name) and name not in found:
                found[name] = getattr(value, name)
            if isinstance(item, functools.cached_property):
                found.pop(name, None)
    found.pop("__orig_class__", None)
    for name in getattr(value, "__dataclass_fields__", ()):
        if hasattr(value, name):  # the class may have it
            found.setdefault(name, getattr(value, name))
    return [(name, seen(found[name])) for name in sorted(found)]


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1))
zones = st.sampled_from(
    [
        BERLIN,
        ZoneInfo("UTC"),
        ZoneInfo("America/New_York"),
        dt.UTC,
        dt.timezone(dt.timedelta(hours=5, minutes=30)),
        dt.timezone(dt.timedelta(microseconds=-1)),
        dt.timezone(dt.timedelta(hours=1), "CET"),
        dateutil.tz.tzutc(),
        dateutil.tz.tzlocal(),
        dateutil.tz.tzoffset(None, 3600),
        dateutil.tz.tzoffset("X", -3600),
        TzInfo(0),
        TzInfo(3600),
    ]
)
simple = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    texts,
    st.binary(max_size=8),
    st.binary(max_size=8).map(bytearray),
    st.complex_numbers(),
    st.dates(),
    moments,
    st.builds(lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold), moments, zones, st.integers(0, 1)),
    st.times(),
    st.builds(lambda time, zone, fold: time.replace(tzinfo=zone, fold=fold), st.times(), zones, st.integers(0, 1)),
    zones,
    st.timedeltas(),
    st.decimals(),
    st.fractions(),
    st.uuids(),
    st.uuids().map(lambda each: of.DriverUUID(str(each))),
    st.ip_addresses(),
    st.sampled_from(
        [
            *Color,
            *Shade,
            *Size,
            *Plain,
            Perm.READ,
            Perm.READ | Perm.WRITE,
            Perm(0),
            IntPerm.A | IntPerm.B,
            IntPerm(0),
            pathlib.Path("notes/a.txt"),
            pathlib.Path("caf\udce9.txt"),
            pathlib.PurePosixPath("/x"),
            pathlib.PureWindowsPath("c:\\x"),
            AnyUrl("https://example.com/x"),
            HttpUrl("https://example.com/ä"),
            PostgresDsn("postgresql://user:word@one:5432,two/db"),
            NameEmail("Ada", "ada@example.com"),
            ByteSize(3),
            range(3, 9, 2),
            of.IntPerm(64),
            ipaddress.ip_network("10.0.0.0/8"),
            np.int64(7),
            np.float64(1.5),
            np.float32("nan"),
            np.bool_(True),
            np.str_("text"),
            np.datetime64("2026-03-01T09:00", "ns"),
            np.complex128(1 + 2j),
            np.longlong(7),
            np.longdouble("0.1"),
            np.str_("nul\0"),
            np.str_("\ud83d\ude00"),
            np.str_(""),
            np.bytes_(b"nul\0"),
            np.datetime64("NaT"),
            np.timedelta64(3, "h"),
        ]
    ),
)
some_keys = st.one_of(
    texts,
    st.integers(),
    st.none(),
    st.booleans(),
    st.sampled_from([*Color, *Size, "$", "v", "t"]),
    st.floats(),
    st.dates(),
    st.decimals(allow_nan=False),
    st.tuples(st.integers(), texts),
    st.frozensets(st.integers(), max_size=2),
    st.builds(Frozen, st.integers()),
)
keys = st.deferred(lambda: some_keys)
"""So that the strategies below have a short name."""


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.text("abc", min_size=1, max_size=3)
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=3),
        st.dictionaries(keys, inner, max_size=3).map(collections.OrderedDict),
        st.dictionaries(keys, inner, max_size=3).map(lambda each: collections.defaultdict(list, each)),
        st.dictionaries(keys, st.integers(), max_size=3).map(collections.Counter),
        st.lists(inner, max_size=3).map(lambda each: collections.deque(each, maxlen=5)),
        st.sets(keys, max_size=3),
        st.frozensets(keys, max_size=3),
        st.builds(Row, st.integers(), texts),
        st.builds(OldRow, inner, inner),
        st.builds(Frozen, inner),
        st.builds(Point, st.integers(), st.lists(texts, max_size=2)),
        st.builds(Checked, st.integers()),
        st.builds(lambda name, extra: Open(name=name, **extra), st.text(max_size=3), st.dictionaries(named, inner)),
        st.builds(lambda value: Box[int](value=value), st.integers()),
        st.builds(lambda value: Box[Box[int]](value=Box[int](value=value)), st.integers()),
        st.builds(Numbers, st.lists(st.integers(), max_size=3)),
    )


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.recursive(simple, containers, max_leaves=8))
def test_it_comes_back_type_for_type(value: Any) -> None:
    data = encode(value)
    data.decode()
    assert same(decode(data), value)
    json.dumps(plain_value(json.loads(data)), ensure_ascii=False).encode()
    plain_text(data.decode()).encode()


def test_a_model_comes_back_with_all_that_it_holds() -> None:
    value = Model(name="a")
    value._secret = 9
    back = decode(encode(value))
    assert (back, back._secret, back.model_fields_set) == (value, 9, {"name"})
    assert type(decode(encode(Box[int](value=1)))) is Box[int]
    opened = decode(encode(Open(name="a", more=Row(1))))  # type: ignore[call-arg]
    assert opened.more == Row(1)
    counted = decode(encode(collections.defaultdict(int, a=1)))
    counted["b"] += 1
    assert counted == {"a": 1, "b": 1}


def test_numbers_of_any_length_come_back() -> None:
    large: list[Any] = [10**9000, -(7**9000), range(10**9000), Fraction(10**9000, 7)]
    assert same(decode(encode(large)), large)


def test_summer_time_stays_summer_time() -> None:
    moment = decode(encode(dt.datetime(2026, 3, 1, 9, tzinfo=BERLIN)))
    assert (moment + dt.timedelta(days=60)).isoformat() == "2026-04-30T09:00:00+02:00"


def test_half_characters_are_shown_as_escapes() -> None:
    data = encode({"file": "caf\udce9.txt"})
    assert decode(data) == {"file": "caf\udce9.txt"}
    assert plain_value(json.loads(data)) == {"file": "caf\\udce9.txt"}

"""What is recorded comes back as it was, type for type, or is refused when it is recorded."""

import collections
import dataclasses
import datetime as dt
import fractions
import ipaddress
import json
import math
import pathlib
import sys
import types
import uuid
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, SecretStr

from restival.engine.codec import NotReadable, NotRecordable, decode, encode, plain_text, plain_value
from restival.engine.raised import RecordedError
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
    """Equal, and of the same type at every level."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return len(one) == len(other) and all(
            same(*keys) and same(one[keys[0]], other[keys[1]]) for keys in zip(one, other, strict=True)
        )
    if isinstance(one, list | tuple | collections.deque):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, set | frozenset):
        return one == other and sorted(type(e).__name__ for e in one) == sorted(type(e).__name__ for e in other)
    if isinstance(one, BaseModel):
        parts = ("__dict__", "__pydantic_extra__", "__pydantic_private__", "__pydantic_fields_set__")
        return all(same(getattr(one, part), getattr(other, part)) for part in parts)
    if isinstance(one, complex | np.complexfloating):
        return repr(one) == repr(other)
    if dataclasses.is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, dt.datetime | dt.time):
        return one == other and type(one.tzinfo) is type(other.tzinfo) and one.fold == other.fold
    if isinstance(one, float | np.floating) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, float) and one == 0:
        return math.copysign(1, one) == math.copysign(1, other)
    if isinstance(one, Decimal):
        return str(one) == str(other)
    return bool(one == other)


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1))
zones = st.sampled_from([BERLIN, ZoneInfo("UTC"), ZoneInfo("America/New_York")])
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
    moments.map(lambda moment: moment.replace(tzinfo=dt.UTC)),
    moments.map(lambda moment: moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))),
    st.times(),
    st.times().map(lambda time: time.replace(tzinfo=BERLIN, fold=1)),
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
            range(3, 9, 2),
            ipaddress.ip_network("10.0.0.0/8"),
            np.int64(7),
            np.float64(1.5),
            np.float32("nan"),
            np.bool_(True),
            np.str_("text"),
            np.datetime64("2026-03-01T09:00", "ns"),
            np.complex128(1 + 2j),
        ]
    ),
)
keys = st.one_of(texts, st.integers(), st.none(), st.booleans(), st.sampled_from([*Color, *Size]), st.just("$"))


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.text("abc", min_size=1, max_size=3)
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=3),
        st.dictionaries(keys, inner, max_size=3).map(collections.OrderedDict),
        st.dictionaries(keys, inner, max_size=3).map(lambda each: collections.defaultdict(list, each)),
        st.dictionaries(texts, st.integers(), max_size=3).map(collections.Counter),
        st.lists(inner, max_size=3).map(lambda each: collections.deque(each, maxlen=5)),
        st.sets(st.integers(), max_size=3),
        st.frozensets(texts, max_size=3),
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
    assert decode(encode([10**9000, -(7**9000)])) == [10**9000, -(7**9000)]


def test_summer_time_stays_summer_time() -> None:
    moment = decode(encode(dt.datetime(2026, 3, 1, 9, tzinfo=BERLIN)))
    assert (moment + dt.timedelta(days=60)).isoformat() == "2026-04-30T09:00:00+02:00"


def cycle() -> list[Any]:
    made: list[Any] = []
    made.append({"again": made})
    return made


def deep() -> list[Any]:
    made: list[Any] = []
    for _ in range(5_000):
        made = [made]
    return made


def local() -> Any:
    @dataclasses.dataclass
    class Local:
        x: int = 1

    return Local()


REFUSED: dict[str, tuple[Any, str]] = {
    "object": (object(), "a object can't be recorded: return plain values"),
    "inside": ({"rows": [1, object()]}, "(at .rows[1])"),
    "secret": (SecretStr("x"), "a secret isn't recorded"),
    "error": (ValueError("x"), "raise it"),
    "cycle": (cycle(), "contains itself"),
    "deep": (deep(), "nested too deeply"),
    "rude": (of.Rude(), "can't be recorded"),
    "money": (of.Money(3), "int(…)"),
    "markup": (of.Markup("x"), "str(…)"),
    "bag": (of.Bag(a=1), "dict(…)"),
    "proxy": (types.MappingProxyType({"a": 1}), "dict(…)"),
    "array": (np.array([1]), ".tolist()"),
    "lambda": (lambda: 1, "can't be recorded"),
    "factory": (collections.defaultdict(lambda: 1), "factory isn't a class"),
    "local": (local(), "top of a module"),
    "generator": ((x for x in "ab"), "can't be recorded"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_come_back_is_refused_with_what_to_return(kind: str) -> None:
    value, told = REFUSED[kind]
    with pytest.raises(NotRecordable) as error:
        encode(value)
    assert told in str(error.value)
    str(error.value).encode()


OLD: dict[str, tuple[str, Any]] = {
    "timedelta": ('{"$":"timedelta","v":90.5}', dt.timedelta(seconds=90.5)),
    "datetime": ('{"$":"datetime","v":"2026-03-01T09:00:00+01:00"}', dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)),
    "date": ('{"$":"date","v":"2026-03-01"}', dt.date(2026, 3, 1)),
    "time": ('{"$":"time","v":"09:00:00"}', dt.time(9)),
    "decimal": ('{"$":"decimal","v":"1.10"}', Decimal("1.10")),
    "uuid": ('{"$":"uuid","v":"12345678-1234-5678-1234-567812345678"}', uuid.UUID("12345678" * 4, version=None)),
    "bytes": ('{"$":"bytes","v":"AAE="}', b"\0\1"),
    "tuple": ('{"$":"tuple","v":[1,2]}', (1, 2)),
    "set": ('{"$":"set","v":[1]}', {1}),
    "dict": ('{"$":"dict","v":[[1,"a"],["$",2]]}', {1: "a", "$": 2}),
    "enum": ('{"$":"enum","t":"tests.engine.recorded_classes:Color","v":"RED"}', Color.RED),
    "model": (
        '{"$":"model","t":"tests.engine.recorded_classes:Model","v":{"name":"a","tags":[]}}',
        Model(name="a", tags=[]),
    ),
    "dataclass": (
        '{"$":"dataclass","t":"tests.engine.recorded_classes:Point","v":{"x":1,"tags":["b"]}}',
        Point(1, ["b"]),
    ),
    "error": (
        '{"$":"dataclass","t":"restival.engine.journal:_RecordedError","v":'
        '{"error_type":"ValueError","message":"m","traceback":"t"}}',
        RecordedError("ValueError", "m", "t"),
    ),
}


@pytest.mark.parametrize("kind", OLD)
def test_records_of_before_are_read(kind: str) -> None:
    text, value = OLD[kind]
    assert decode(text.encode()) == value


def test_what_a_class_has_added_gets_its_default_or_is_named() -> None:
    text = '{"$":"dataclass","t":"tests.engine.recorded_classes:Point","v":{"x":1}}'
    assert decode(text.encode()).tags == []
    text = '{"$":"model","t":"tests.engine.recorded_classes:Model","v":{"name":"a"}}'
    assert decode(text.encode()).tags == []
    text = '{"$":"namedtuple","t":"tests.engine.recorded_classes:Row","v":[1]}'
    assert decode(text.encode()) == Row(1, "nobody")
    for text, told in (
        ('{"$":"model","t":"tests.engine.recorded_classes:Model","v":{}}', "Model now requires name"),
        ('{"$":"dataclass","t":"tests.engine.recorded_classes:Point","v":{}}', "Point now requires x"),
        ('{"$":"model","t":"tests.engine.recorded_classes:Gone","v":{}}', "Gone of tests.engine.recorded_classes"),
        ('{"$":"enum","t":"tests.engine.recorded_classes:Color","v":"GREEN"}', "Color has no GREEN"),
    ):
        with pytest.raises(NotReadable, match=told):
            decode(text.encode())


def test_half_characters_are_shown_as_escapes() -> None:
    data = encode({"file": "caf\udce9.txt"})
    assert decode(data) == {"file": "caf\udce9.txt"}
    assert plain_value(json.loads(data)) == {"file": "caf\\udce9.txt"}


def test_it_needs_no_numpy() -> None:
    assert "numpy" in sys.modules  # only scalars of a library that is loaded are looked at
    assert fractions.Fraction(1, 3) == decode(encode(fractions.Fraction(1, 3)))

"""Records of before are read; what has changed too much is named."""

import dataclasses
import datetime as dt
import sys
import types
import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from restival.engine.restate.codec import NotReadable, NotRecordable, decode, encode
from restival.engine.restate.recorded_result import RecordedError
from tests.engine.recorded_classes import Box, Color, Model, Open, Perm, Point, Row

HERE = "tests.engine.recorded_classes"
THIS = __name__


@pydantic_dataclass
class Checked:
    a: int
    b: list[int] = Field(default_factory=list)
    c: int = Field(default=4)


@attrs.define
class Defined:
    a: int
    b: list[int] = attrs.field(factory=list)
    c: int = attrs.field(default=attrs.Factory(lambda self: self.a * 2, takes_self=True))
    d: int = attrs.field(init=False)


class Grown(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int = 1


class Managed:
    def __set_name__(self, _: type, name: str) -> None:
        self.name = f"_{name}"

    def __get__(self, owner: Any, _: type) -> int:
        return 0 if owner is None else getattr(owner, self.name)

    def __set__(self, owner: Any, value: int) -> None:
        setattr(owner, self.name, value)


@dataclasses.dataclass
class Described:
    x: int = Managed()  # type: ignore[assignment]


not_a_class = 3

OLD: dict[str, tuple[str, Any]] = {
    "timedelta": ('{"$":"timedelta","v":90.5}', dt.timedelta(seconds=90.5)),
    "duration": ('{"$":"duration","v":[0,90,5]}', dt.timedelta(0, 90, 5)),
    "datetime": ('{"$":"datetime","v":"2026-03-01T09:00:00+01:00"}', dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)),
    "date": ('{"$":"date","v":"2026-03-01"}', dt.date(2026, 3, 1)),
    "time": ('{"$":"time","v":"09:00:00"}', dt.time(9)),
    "decimal": ('{"$":"decimal","v":"1.10"}', Decimal("1.10")),
    "fraction": ('{"$":"fraction","v":"1/3"}', Fraction(1, 3)),
    "range": ('{"$":"range","v":[1,3,1]}', range(1, 3)),
    "uuid": ('{"$":"uuid","v":"12345678-1234-5678-1234-567812345678"}', uuid.UUID("12345678" * 4, version=None)),
    "bytes": ('{"$":"bytes","v":"AAE="}', b"\0\1"),
    "tuple": ('{"$":"tuple","v":[1,2]}', (1, 2)),
    "set": ('{"$":"set","v":[1]}', {1}),
    "dict": ('{"$":"dict","v":[[1,"a"],["$",2]]}', {1: "a", "$": 2}),
    "text": ('[{"$":"text","v":"\\"caf\\\\udce9\\""}]', ["caf\udce9"]),
    "path": ('{"$":"pureposixpath","v":{"$":"text","v":"\\"caf\\\\udce9\\""}}', None),
    "numpy": ('{"$":"numpy","v":["<U1","YQAAAA=="]}', np.str_("a")),
    "empty numpy": ('{"$":"numpy","v":["<U0",""]}', np.str_("")),
    "enum": (f'{{"$":"enum","t":"{HERE}:Color","v":"RED"}}', Color.RED),
    "flag": (f'{{"$":"flag","t":"{HERE}:Perm","v":3}}', Perm.READ | Perm.WRITE),
    "generic": (
        f'{{"$":"model","t":{{"of":"{HERE}:Box","args":["builtins:int"]}},"v":{{"value":1}}}}',
        Box[int](value=1),
    ),
    "namedtuple": (f'{{"$":"namedtuple","t":"{HERE}:Row","v":[1,"a"]}}', Row(1, "a")),
    "model": (f'{{"$":"model","t":"{HERE}:Model","v":{{"name":"a","tags":[]}}}}', Model(name="a", tags=[])),
    "dataclass": (f'{{"$":"dataclass","t":"{HERE}:Point","v":{{"x":1,"tags":["b"]}}}}', Point(1, ["b"])),
    "descriptor": (f'{{"$":"dataclass","t":"{THIS}:Described","v":{{"x":5}}}}', Described(5)),
    "error": (
        '{"$":"dataclass","t":"restival.engine.journal:_RecordedError","v":'
        '{"error_type":"ValueError","message":"m","traceback":"t"}}',
        RecordedError("ValueError", "m", "t"),
    ),
}


@pytest.mark.parametrize("kind", OLD)
def test_records_of_before_are_read(kind: str) -> None:
    text, value = OLD[kind]
    back = decode(text.encode())
    if kind == "path":
        assert str(back) == "caf\udce9"
    else:
        assert back == value and type(back) is type(value)


def test_what_a_class_has_added_gets_its_default() -> None:
    assert decode(f'{{"$":"dataclass","t":"{HERE}:Point","v":{{"x":1}}}}'.encode()).tags == []
    assert decode(f'{{"$":"model","t":"{HERE}:Model","v":{{"name":"a"}}}}'.encode()).tags == []
    assert decode(f'{{"$":"namedtuple","t":"{HERE}:Row","v":[1]}}'.encode()) == Row(1, "nobody")
    assert decode(f'{{"$":"dataclass","t":"{THIS}:Checked","v":{{"a":1}}}}'.encode()) == Checked(1)
    defined = decode(f'{{"$":"attrs","t":"{THIS}:Defined","v":{{"a":1}}}}'.encode())
    assert (defined.a, defined.b, defined.c) == (1, [], 2)


def test_an_extra_field_that_the_class_has_declared_since_is_that_field() -> None:
    text = f'{{"$":"model","t":"{THIS}:Grown","v":{{}},"extra":{{"a":5,"b":6}},"set":["a","b"]}}'
    assert decode(text.encode()) == Grown(a=5, b=6)  # type: ignore[call-arg]


def test_fields_of_a_named_tuple_are_found_by_name() -> None:
    text = f'{{"$":"namedtuple","t":"{HERE}:Row","v":["a",1,0],"names":["name","id","gone"]}}'
    assert decode(text.encode()) == Row(1, "a")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f'{{"$":"model","t":"{HERE}:Model","v":{{}}}}', "Model now requires name"),
        (f'{{"$":"dataclass","t":"{HERE}:Point","v":{{}}}}', "Point now requires x"),
        (f'{{"$":"dataclass","t":"{THIS}:Checked","v":{{}}}}', "Checked now requires a"),
        (f'{{"$":"attrs","t":"{THIS}:Defined","v":{{"b":[]}}}}', "Defined now requires a"),
        (f'{{"$":"namedtuple","t":"{HERE}:Row","v":[]}}', "Row now requires id"),
        (f'{{"$":"namedtuple","t":"{HERE}:Row","v":[1,2,3]}}', "Row has fewer fields"),
        (f'{{"$":"model","t":"{HERE}:Gone","v":{{}}}}', f"Gone of {HERE}, which no longer exists"),
        ('{"$":"model","t":"gone.module:Model","v":{}}', "Model of gone.module, which no longer exists"),
        (f'{{"$":"model","t":"{THIS}:not_a_class","v":{{}}}}', "is no longer a class"),
        (f'{{"$":"model","t":"{HERE}:Point","v":{{}}}}', "Point, which is no longer a pydantic model"),
        (f'{{"$":"dataclass","t":"{HERE}:Model","v":{{}}}}', "Model, which is no longer a dataclass"),
        (f'{{"$":"attrs","t":"{HERE}:Model","v":{{}}}}', "Model, which is no longer an attrs class"),
        (f'{{"$":"namedtuple","t":"{HERE}:Model","v":[]}}', "Model, which is no longer a named tuple"),
        (f'{{"$":"enum","t":"{HERE}:Model","v":"A"}}', "Model, which is no longer an enum"),
        (f'{{"$":"enum","t":"{HERE}:Color","v":"GREEN"}}', "Color no longer has GREEN"),
        (f'{{"$":"flag","t":"{HERE}:Perm","v":64}}', "Perm no longer has 64"),
        (f'{{"$":"model","t":{{"of":"{HERE}:Model","args":["builtins:int"]}},"v":{{}}}}', "other type arguments"),
        ('{"$":"zoned","v":["2026-03-01T09:00:00","Europe/Atlantis",0]}', "No time zone found"),
        ('{"$":"of tomorrow","v":1}', "of tomorrow, which this version doesn't know"),
        ('{"$":"date","v":"yesterday"}', "the record can't be read"),
        ('{"$":"date"}', "the record can't be read"),
        ("{", "the record can't be read"),
    ],
)
def test_what_has_changed_too_much_is_named(text: str, told: str) -> None:
    with pytest.raises(NotReadable) as error:
        decode(text.encode())
    assert told in str(error.value)


def test_a_module_that_ends_the_process_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exiting_module.py").write_text("import sys\nsys.exit(1)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(NotReadable, match="Model of exiting_module, which can't be imported: SystemExit: 1"):
        decode(b'{"$":"model","t":"exiting_module:Model","v":{}}')


def test_a_class_that_has_moved_is_found_by_an_alias(monkeypatch: pytest.MonkeyPatch) -> None:
    before = types.ModuleType("module_of_before")
    before.Model = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "module_of_before", before)
    assert decode(b'{"$":"model","t":"module_of_before:Model","v":{"name":"a"}}').name == "a"


def test_a_class_that_another_has_replaced_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    value = Open()
    monkeypatch.setattr(sys.modules[HERE], "Open", Model)
    with pytest.raises(NotRecordable, match="top level of an importable module"):
        encode(value)

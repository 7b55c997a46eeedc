"""Objects of people's own classes come back with all that they store."""

import collections
import dataclasses
import datetime as dt
import enum
import functools
import os
import subprocess
import sys
import typing
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import attrs
import pytest
from pydantic import (
    AwareDatetime,
    BaseModel,
    ByteSize,
    ConfigDict,
    EmailStr,
    Field,
    HttpUrl,
    NameEmail,
    PostgresDsn,
    PrivateAttr,
    RootModel,
    computed_field,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass

from restival.engine.client.recorded_values import plain_value
from restival.engine.restate.codec import decode, encode
from tests.engine.recorded_classes import Box, Open
from tests.engine.test_codec import same

T = TypeVar("T")
U = TypeVar("U")


class Pair(NamedTuple, Generic[T]):
    first: T
    second: int = 3


class Marked(Pair[int]):
    """With a `__dict__`, as named tuples don't have."""


@dataclasses.dataclass
class Post:
    x: int

    def __post_init__(self) -> None:
        self.double = self.x * 2

    @functools.cached_property
    def half(self) -> float:
        return self.x / 2


@dataclasses.dataclass
class Longer(Post, Generic[T]):
    y: int = 1


class Plainer(Post):
    def __init__(self) -> None:
        super().__init__(1)
        self.extra = ("e",)


@dataclasses.dataclass(slots=True, frozen=True, kw_only=True)
class Slots:
    a: int
    b: int = 2


class Base:
    __slots__ = ("hidden",)


@dataclasses.dataclass(slots=True)
class Shadowed(Base):
    a: int = 1


@dataclasses.dataclass
class Late:
    a: int
    factor: dataclasses.InitVar[int] = 3
    b: int = dataclasses.field(init=False)
    c: int = dataclasses.field(init=False, default=5)
    d: int = dataclasses.field(init=False)

    def __post_init__(self, factor: int) -> None:
        self.b = self.a * factor


class Hundreds:
    """A descriptor that converts, and stores under another name."""

    def __set_name__(self, _: type, name: str) -> None:
        self.name = f"_{name}"

    def __get__(self, owner: Any, _: type) -> int:
        return 0 if owner is None else getattr(owner, self.name) + 100

    def __set__(self, owner: Any, value: int) -> None:
        setattr(owner, self.name, value)


class Stored:
    """A descriptor that converts, and stores under its own name."""

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __get__(self, owner: Any, _: type) -> int:
        return 0 if owner is None else owner.__dict__[self.name]

    def __set__(self, owner: Any, value: int) -> None:
        owner.__dict__[self.name] = value * 2


@dataclasses.dataclass
class Managed:
    x: int = Hundreds()  # type: ignore[assignment]
    y: int = Stored()  # type: ignore[assignment]


@dataclasses.dataclass
class Locked:
    """Whose `__setattr__` and `__getattribute__` get in the way."""

    x: int

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "x" and value < 0:
            raise ValueError("x is negative")
        object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        return -1 if name == "x" else object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    def __repr__(self) -> str:
        raise RuntimeError("no")


@pydantic_dataclass
class Checked:
    a: int
    b: list[int] = Field(default_factory=list)
    c: int = Field(default=4, gt=0)


@pydantic_dataclass(config=ConfigDict(extra="allow"))
class CheckedOpen:
    a: int


@attrs.define
class Defined:
    a: int
    b: list[int] = attrs.field(factory=list)
    c: int = attrs.field(default=attrs.Factory(lambda self: self.a * 2, takes_self=True))


@attrs.frozen(cache_hash=True)
class Hashed:
    name: str


@attrs.define(slots=False)
class Dicted:
    a: int


class Kind(enum.Enum):
    A = 1
    SAME = 1  # noqa: PIE796

    @property
    def name(self) -> str:
        return "another"


class Perm(enum.Flag):
    R = 1
    W = 2


class Keep(enum.IntFlag):
    A = 1


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"


class Pet(BaseModel):
    pet: Cat | Dog = Field(discriminator="kind")


class Animal(BaseModel):
    name: str = "a"


class Puppy(Animal):
    age: int = 1


class Holder(BaseModel):
    animal: Animal


class Row(typing.TypedDict):
    a: int


Key = typing.NewType("Key", int)


class Web(BaseModel):
    site: HttpUrl
    mail: EmailStr = "ada@example.com"
    person: NameEmail | None = None
    database: PostgresDsn | None = None
    size: ByteSize | None = None
    at: dt.datetime | None = None
    aware: AwareDatetime | None = None


class Computed(BaseModel):
    a: int

    @computed_field
    @property
    def b(self) -> int:
        return self.a * 2

    @computed_field
    @functools.cached_property
    def c(self) -> int:
        return self.a * 3


class Aliased(BaseModel):
    a: int = Field(alias="theA")


class Private(BaseModel):
    a: int = 1
    _unset: int
    _given: Any = PrivateAttr(default=None)


class Root(RootModel[list[int]]):
    _note: int = PrivateAttr(default=3)


class Two(BaseModel, Generic[T, U]):
    first: T
    second: U


class Universal(dt.tzinfo):
    """As pytz has: there is one only, and it can't be compared."""

    def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(0)

    def tzname(self, _: dt.datetime | None) -> str:
        return "UTC"

    def dst(self, _: dt.datetime | None) -> None:
        return None


UTC = Universal()


def with_attributes(value: Any, **attributes: Any) -> Any:
    for name, item in attributes.items():
        object.__setattr__(value, name, item)
    return value


def touched(value: Any, name: str) -> Any:
    getattr(value, name)
    return value


def private() -> Private:
    made = Private()
    made._given = Pair(1)
    return made


VALUES: dict[str, Any] = {
    "named tuple": [Pair(1), Pair[int](1, 2), Pair((1, Pair("x")))],
    "named tuple with attributes": with_attributes(Marked(1, 2), note=["x"]),
    "attributes besides the fields": [Post(1), Longer(1), Longer[int](1), Plainer(), with_attributes(Post(1), more=2)],
    "cached property": touched(Post(3), "half"),
    "slots": [Slots(a=1), Shadowed(2), with_attributes(Shadowed(), hidden=4)],
    "late fields": Late(2),
    "descriptors": Managed(5, 6),
    "rude": Locked(1),
    "pydantic dataclasses": [Checked(1), CheckedOpen(a=1, more=2)],  # type: ignore[call-arg]
    "attrs": [Defined(1), Defined(1, [2], 3), Dicted(1), with_attributes(Dicted(1), more=2)],
    "enums": [Kind.A, Kind.SAME, Perm.R | Perm.W, Perm(0), ~Perm.R, Keep(8), Keep(9), Keep(-1)],
    "models in fields": [Pet(pet=Dog()), Holder(animal=Puppy())],
    "addresses": Web(
        site="https://example.com/ä?q=1",
        person="Ada <ada@example.com>",
        database="postgresql://user:word@one:5432,two/db",
        size="3KB",
        at="2026-01-01T00:00:00Z",
        aware="2026-01-01T00:00:00+01:00",
    ),
    "computed fields": touched(Computed(a=1), "c"),
    "aliases": Aliased(theA=1),
    "private attributes": [Private(), private(), Root([1]), with_attributes(Root([1]), _note=4)],
    "extra fields": [Open(**{"$": 1, "v": 2}), Open(more=Pair(1))],  # type: ignore[arg-type]
    "fields of other types": with_attributes(Animal(), name=Pair(1)),
    "generic": [
        Box[int](value=1),
        Box[None](value=None),
        Box[int | None](value=1),
        Box[typing.Optional[int]](value=1),  # noqa: UP045
        Box[list[int]](value=[1]),
        Box[typing.List[int]](value=[1]),  # noqa: UP006
        Box[tuple[int, ...]](value=(1,)),
        Box[dict[str, list[Cat]]](value={"a": [Cat()]}),
        Box[typing.Sequence[int]](value=[1]),
        Box[collections.abc.Mapping[str, int]](value={"a": 1}),
        Box[Literal["a", 1, None]](value="a"),
        Box[Cat | Dog](value=Dog()),
        Box[typing.Union[Cat, Dog]](value=Dog()),  # noqa: UP007
        Box[Any](value=1),
        Box[Key](value=1),
        Box[Box[list[int]]](value=Box[list[int]](value=[1])),
        Two[int, Box[str]](first=1, second=Box[str](value="a")),
        Box(value=1),
    ],
    "typed dict": Row(a=1),
    "zone of a module": [dt.datetime(2026, 3, 1, 9, tzinfo=UTC), dt.time(9, tzinfo=UTC), UTC],
}


@pytest.mark.parametrize("kind", VALUES)
def test_it_comes_back_with_all_that_it_stores(kind: str) -> None:
    value = VALUES[kind]
    assert same(decode(encode(value)), value)


def test_the_very_same_member_comes_back() -> None:
    assert decode(encode(Kind.SAME)) is Kind.A
    assert decode(encode(Perm.R | Perm.W)) is Perm.R | Perm.W


def test_a_cached_hash_is_computed_again() -> None:
    """Hashes of texts differ from process to process."""
    script = (
        "import sys\nfrom restival.engine.restate.codec import decode, encode\n"
        "from tests.engine.test_codec_objects import Hashed\nvalue = Hashed('a')\n"
        "hash(value)\nsys.stdout.buffer.write(encode({value: 1}))"
    )
    data = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": "7"}
    ).stdout
    assert decode(data) == {Hashed("a"): 1}
    assert decode(data)[Hashed("a")] == 1


def test_extra_fields_are_shown() -> None:
    assert plain_value({"$": "model", "t": "m:C", "v": {"a": 1}, "extra": {"b": {"$": "set", "v": [1]}}}) == {
        "a": 1,
        "b": [1],
    }


def test_a_class_loaded_again_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    value, boxed = Cat(), Box[Cat](value=Cat())

    class Again(BaseModel):
        kind: str = "cat"

    Again.__module__, Again.__qualname__ = Cat.__module__, "Cat"
    monkeypatch.setattr(sys.modules[__name__], "Cat", Again)
    assert type(decode(encode(value))) is Again
    assert type(decode(encode(boxed))) is Box[Again]

"""Whatever an action returns can be shown."""

import collections
import dataclasses
import enum
import itertools
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, SecretStr, field_serializer

from restival.io.core.jsonable import jsonable, wholly_jsonable


@dataclasses.dataclass
class Found:
    file: Any


class Seen(BaseModel):
    files: list[str]


class Node(BaseModel):
    child: Any = None


class Color(enum.Enum):
    RED = "red"


class Silent:
    def __str__(self) -> str:
        raise SystemExit(1)


class Rude:
    def __getattribute__(self, name: str) -> Any:
        raise KeyboardInterrupt

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        raise SystemExit(1)


class Meta(type):
    def __getattribute__(cls, name: str) -> Any:
        if name in ("__name__", "__qualname__", "__module__", "__mro__"):
            raise SystemExit(1)
        return type.__getattribute__(cls, name)


class Hidden(metaclass=Meta):
    pass


class Endless(list[int]):
    def __iter__(self) -> Iterator[int]:
        return itertools.count()


class Account(BaseModel):
    name: str = "Ada"
    password: SecretStr = SecretStr("x")
    internal: str = Field(default="hidden", exclude=True)
    broken: Any = 1

    @field_serializer("broken")
    def serialized(self, value: Any) -> Any:
        raise SystemExit(value)


def cycle() -> list[Any]:
    made: list[Any] = ["\udce9"]
    made.append({"again": made})
    return made


def circle(kind: Any, name: str) -> Any:
    made = kind(None) if kind is Found else kind()
    setattr(made, name, [made])
    return made


def deep(wrap: Any) -> Any:
    made: Any = 1
    for _ in range(10_000):
        made = wrap(made)
    return made


def doubled(wrap: Any) -> Any:
    made: Any = ["x"]
    for _ in range(90):
        made = wrap(made)
    return made


def endless() -> Iterator[int]:
    return (number for number in itertools.count())


ODD: dict[str, Any] = {
    "text": "caf\udce9.txt",
    "keys": {"caf\udce9": ["\ud83d", ("x\udce9", {"y\udce9"})]},
    "dataclass": Found("caf\udce9"),
    "model": Seen(files=["caf\udce9"]),
    "path": pathlib.Path("caf\udce9"),
    "silent": Silent(),
    "rude": [Rude(), {Rude(): Rude()}, Found(Rude()), Node(child=Rude())],
    "hidden": [Hidden(), {"a": Hidden()}],
    "numbers": [float("nan"), float("inf"), {float("nan"): 1}],
    "bytes": b"\xff",
    "large": 10**5000,
    "large key": {10**5000: 10**5000},
    "cycle": cycle(),
    "circle of dataclasses": circle(Found, "file"),
    "circle of models": circle(Node, "child"),
    "deep": deep(lambda each: [each]),
    "deep keys": deep(lambda each: {1: each}),
    "deep objects": deep(Found),
    "deep models": deep(lambda each: Node.model_construct(child=each)),
    "doubled": doubled(lambda each: [each, each]),
    "doubled keys": doubled(lambda each: {"a": each, "b": each}),
    "doubled objects": doubled(lambda each: (Found(each), each)),
    "repeated": [["x" * 1_000] * 1_000_000] * 1_000,
    "endless": endless(),
    "endless list": Endless([1]),
    "broken model": [Account(), {"a": Account()}],
    "class": [Account, print, ...],
}


@pytest.mark.parametrize("kind", ODD)
def test_it_can_be_sent(kind: str) -> None:
    data = json.dumps(jsonable(ODD[kind]), ensure_ascii=False, allow_nan=False).encode()
    assert len(data) < 50_000_000


def test_half_characters_are_escapes() -> None:
    assert jsonable({"file": "caf\udce9.txt"}) == {"file": "caf\\udce9.txt"}
    assert jsonable("\ud83d") == "\\ud83d"


def test_what_contains_itself_is_cut() -> None:
    assert jsonable(cycle()) == ["\\udce9", {"again": "…"}]
    assert jsonable(circle(Node, "child")) == {"child": ["…"]}


def test_what_cannot_be_shown_leaves_the_rest_as_it_is() -> None:
    shown: Any = jsonable([1, {Color.RED: Silent(), (1, 2): Account()}])
    assert shown == [
        1,
        {"red": "<unprintable Silent>", "1,2": {"name": "Ada", "password": "**********", "broken": 1}},
    ]


CUT = ["cycle", "circle of dataclasses", "circle of models", "deep", "deep objects", "doubled", "endless", "repeated"]


@pytest.mark.parametrize("kind", CUT)
def test_what_is_to_be_stored_is_whole(kind: str) -> None:
    with pytest.raises(ValueError, match="contains itself, is nested too deeply or is too large"):
        wholly_jsonable(ODD[kind] if kind != "endless" else endless())
    assert wholly_jsonable(Account()) == {"name": "Ada", "password": "**********", "broken": 1}


def test_what_is_not_nested_too_deeply_is_whole() -> None:
    made: Any = 1
    for _ in range(150):
        made = [made]
    assert wholly_jsonable(made) == made


def test_the_same_value_is_shown_each_time() -> None:
    shared = [1]
    assert jsonable([shared, shared, Silent()]) == [[1], [1], "<unprintable Silent>"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(codec=None)) | st.integers() | st.none() | st.floats(), inner)
        | st.builds(Found, inner)
        | st.builds(lambda child: Node(child=child), inner)
        | st.lists(inner).map(collections.deque)
        | st.lists(inner).map(tuple)
        | inner.map(lambda each: [each, Silent(), Account()])
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(values)
def test_any_value_can_be_sent(value: Any) -> None:
    json.dumps(jsonable(value), ensure_ascii=False, allow_nan=False).encode()

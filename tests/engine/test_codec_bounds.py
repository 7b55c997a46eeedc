"""What has no end, or is larger than it looks, is refused soon."""

import dataclasses
from typing import Any

import pytest

from restival.engine.restate.codec import NotRecordable, decode, encode
from tests.engine.recorded_classes import Model


@dataclasses.dataclass
class Node:
    child: Any = None


def cycle() -> list[Any]:
    made: list[Any] = []
    made.append({"again": made})
    return made


def circle() -> Node:
    made = Node()
    made.child = made
    return made


def deep(wrap: Any) -> Any:
    made: Any = 1
    for _ in range(10_000):
        made = wrap(made)
    return made


def doubled(times: int, wrap: Any = lambda each: [each, each]) -> Any:
    made: Any = ["x"]
    for _ in range(times):
        made = wrap(made)
    return made


REFUSED: dict[str, tuple[Any, str]] = {
    "cycle": (cycle(), "contains itself"),
    "circle": (circle(), "contains itself"),
    "deep list": (deep(lambda each: [each]), "nested too deeply"),
    "deep dict": (deep(lambda each: {"a": each}), "nested too deeply"),
    "deep keys": (deep(lambda each: {1: each}), "nested too deeply"),
    "deep tuple": (deep(lambda each: (each,)), "nested too deeply"),
    "deep objects": (deep(Node), "nested too deeply"),
    "deep models": (deep(lambda each: Model.model_construct(name=each)), "nested too deeply"),
    "doubled": (doubled(90), "too large (at [0]"),
    "doubled dict": (doubled(90, lambda each: {"a": each, 1: each}), "too large"),
    "doubled objects": (doubled(45, lambda each: Node([each, each])), "too large"),
    "repeated text": (["x" * 1_000_000] * 20_000, "too large"),
    "repeated bytes": ([b"x" * 1_000_000] * 20_000, "too large"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused(kind: str) -> None:
    value, told = REFUSED[kind]
    with pytest.raises(NotRecordable) as error:
        encode(value)
    assert told in str(error.value)
    assert len(str(error.value).encode()) < 1_500


def test_what_is_not_nested_too_deeply_comes_back() -> None:
    value: Any = 1
    for level in range(100):
        value = {level: value} if level % 2 else [value]
    assert decode(encode(value)) == value


def test_a_large_result_comes_back() -> None:
    shared = list(range(1_000))
    value = [{"name": "x" * 1_000, "numbers": shared} for _ in range(3_000)]
    assert decode(encode(value)) == value


def test_an_object_that_is_there_twice_comes_back_as_two() -> None:
    shared = [1]
    back = decode(encode([shared, shared]))
    assert back == [[1], [1]] and back[0] is not back[1]

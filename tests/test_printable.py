"""Text is made of any value, and it is bounded."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restival.isolation.printable import printable


class Meta(type):
    def __getattribute__(cls, name: str) -> Any:
        if name in ("__name__", "__qualname__", "__module__", "__mro__"):
            raise SystemExit(1)
        return type.__getattribute__(cls, name)


class Hidden(metaclass=Meta):
    def __str__(self) -> str:
        raise KeyboardInterrupt


class Word(str):
    """Whose own methods have no end, or raise."""

    def __iter__(self) -> Iterator[str]:
        return itertools.repeat("x")

    def __getitem__(self, _: Any) -> str:
        raise SystemExit(1)

    def __str__(self) -> str:
        return self


class Number:
    def __str__(self) -> Any:
        return 3


def doubled() -> list[Any]:
    made: list[Any] = ["x"]
    for _ in range(90):
        made = [made, made]
    return made


def cycle() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (1, "1"),
        pytest.param("caf\udce9", "caf\\udce9", id="half"),
        pytest.param(Word("word"), "word", id="word"),
        pytest.param(Hidden(), "<unprintable Hidden>", id="hidden"),
        (Number(), "<unprintable Number>"),
        (cycle(), "[[...]]"),
        pytest.param(doubled(), "<list, too large to be shown>", id="doubled"),
        pytest.param(ValueError(doubled()), "<ValueError, too large to be shown>", id="error"),
    ],
)
def test_it_has_a_text(value: Any, text: str) -> None:
    assert printable(value) == text


@given(st.text(st.characters(codec=None)), st.integers(0, 20))
def test_it_is_never_longer_than_asked_for(text: str, limit: int) -> None:
    assert len(printable(text, limit)) <= limit
    printable(text, limit).encode()


def test_a_long_text_is_cut() -> None:
    assert len(printable("x" * 1_000_000)) == 10_000
    assert printable(10**5_000) == "<unprintable int>"

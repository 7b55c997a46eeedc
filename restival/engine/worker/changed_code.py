"""Notices code that asks something else than what was answered: Restate compares the order of entries, not what they
ask."""

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from restival.engine.state.records import MISMATCH
from restival.engine.state.transaction import Transaction
from restival.io.core.call import FieldSpec


class ChangedCode(Exception):
    """Ends an attempt whose code asks something else than before, or can't read what is recorded."""

    def __init__(self, change: str) -> None:
        super().__init__(f"{MISMATCH}{change}")


def _other(n: int, now: str, before: str) -> ChangedCode:
    return ChangedCode(f"question {n} is now {now}, but was {before}")


class Asked:
    """What a transaction has asked so far, as Restate has it."""

    def __init__(self, view: Transaction, body: Callable[..., Any]) -> None:
        self._fields: Mapping[int, list[FieldSpec]] = {
            **({view.call.n: view.call.fields} if view.call is not None else {}),
            **{n: item.fields for n, item in view.items.items()},
        }
        self._body = body
        self._texts: frozenset[str] | None = None

    def check(self, n: int, now: list[FieldSpec]) -> None:
        """Compare the question or display `n` with what it was. Raises ChangedCode.

        Another label counts only if both are written in the code, so that it was moved: one that is made of data, or
        corrected, may differ.
        """
        before = self._fields.get(n)
        if before is None:
            return
        if [field.component for field in before] != [field.component for field in now]:
            raise _other(n, _kinds(now), _kinds(before))
        for was, field in zip(before, now, strict=True):
            if was.label != field.label and {was.label, field.label} <= self._written:
                raise _other(n, f"“{field.label}”", f"“{was.label}”")

    @property
    def _written(self) -> frozenset[str]:
        if self._texts is None:
            self._texts = frozenset(_texts_of(self._body))
        return self._texts


def _kinds(fields: list[FieldSpec]) -> str:
    return ", ".join(field.component for field in fields) or "empty"


def _texts_of(body: Callable[..., Any]) -> Iterator[str]:
    """All texts that are written in a function, and in the functions that it names."""
    left, seen = [getattr(body, "__wrapped__", body)], set[int]()
    while left:
        function = left.pop()
        if not isinstance(function, FunctionType) or id(function) in seen:
            continue
        seen.add(id(function))
        yield from _in_code(function.__code__)
        left += [function.__globals__.get(name) for name in _names_in(function.__code__)]


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _in_code(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _in_code(constant)
        elif isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple | frozenset):
            yield from (each for each in constant if isinstance(each, str))

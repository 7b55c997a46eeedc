"""The name of a step that has none of its own: code that does the same has the same, from version to version."""

import functools
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any
from zlib import crc32

LAMBDA = "<lambda>"


def step_name(fn: Callable[..., Any]) -> str:
    """A function's name; that of a partial is its function's, and a lambda has what it calls and a mark of its code."""
    if isinstance(fn, functools.partial):
        return step_name(fn.func)
    name = str(getattr(fn, "__name__", type(fn).__name__))
    if name == LAMBDA and isinstance(fn, FunctionType):
        called = ".".join(fn.__code__.co_names)
        return f"lambda {called} {_mark(fn.__code__):08x}" if called else f"lambda {_mark(fn.__code__):08x}"
    return name


def _mark(code: CodeType) -> int:
    """A number of what the code says, not of where it is."""
    names = [*code.co_names, *code.co_varnames, *code.co_freevars]
    return crc32("|".join([*names, *map(_word, code.co_consts)]).encode(errors="replace"))


def _word(constant: Any) -> str:
    if isinstance(constant, CodeType):
        return str(_mark(constant))
    if isinstance(constant, frozenset):  # whose order differs from process to process
        return f"{{{','.join(sorted(map(_word, constant)))}}}"
    return f"({','.join(map(_word, constant))})" if isinstance(constant, tuple) else repr(constant)

"""Remembers what methods take: NiceGUI 3.18 asks `inspect` three times for each element that it makes, which is over a
third of the time that this takes."""

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from nicegui import helpers

ask = helpers.expects_arguments


class _Anything:
    """What a method is bound to where only what else it takes is asked for."""


@lru_cache(maxsize=1_000)
def _of_method(function: FunctionType) -> bool:
    return ask(MethodType(function, _Anything()))


def expects_arguments(func: Callable[..., Any]) -> bool:
    """As NiceGUI's own: whether the function has to be given something."""
    if isinstance(func, MethodType) and isinstance(func.__func__, FunctionType):
        return _of_method(func.__func__)
    return ask(func)


def remember_signatures() -> None:
    """Have NiceGUI ask here."""
    helpers.expects_arguments = expects_arguments

"""Any value in a form that JSON and a person can read."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from pydantic_core import to_json, to_jsonable_python

from restival.io.call import Json
from restival.printable import printable

LONGEST = 1_000_000
"""Characters of the text of a value that JSON has no form for."""
BIG = 1 << 10_000
"""Python writes no larger numbers as decimals."""
LARGE = re.compile(rb"\d{3011}")
DEEPEST = 100
"""Levels of lists and dicts in each other."""


def jsonable(value: Any) -> Json:
    """The value as JSON: models and dataclasses as objects, dates as ISO 8601, decimals as strings, sets as lists,
    and whatever else there is as its `str`. Half characters are written as escapes, NaN and infinite numbers as text.

    Raises ValueError for what contains itself.
    """
    try:
        shown = _plain(value)
    except UnicodeEncodeError:  # a key of a dict
        shown = _plain(_with_sendable_keys(value, 0))
    return shown if _is_sendable(shown) else _sendable(shown)


def _plain(value: Any) -> Json:
    shown: Json = to_jsonable_python(value, fallback=_text, bytes_mode="base64")
    return shown


def _text(value: object) -> str:
    return printable(value, LONGEST)


def _is_sendable(shown: Json) -> bool:
    try:
        data = to_json(shown, inf_nan_mode="constants")
    except ValueError:
        return False
    return b"NaN" not in data and b"Infinity" not in data and not LARGE.search(data)


def _with_sendable_keys(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError("the value contains itself, or is nested too deeply to be shown")
    if isinstance(value, Mapping):
        return {
            _sendable(key) if isinstance(key, str) else key: _with_sendable_keys(item, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_with_sendable_keys(item, depth + 1) for item in value]
    return value


def _sendable(shown: Json) -> Json:
    if isinstance(shown, str):
        return printable(shown, len(shown) * 6 + 1)
    if isinstance(shown, float):
        return shown if isfinite(shown) else str(shown)
    if isinstance(shown, int):
        return shown if -BIG < shown < BIG else hex(shown)
    if isinstance(shown, list):
        return [_sendable(item) for item in shown]
    if isinstance(shown, dict):
        return {printable(key, len(key) * 6 + 1): _sendable(item) for key, item in shown.items()}
    return shown

"""What to return in place of a value that isn't recorded."""

import collections
import datetime as dt
import io
import pathlib
import types
from collections.abc import Awaitable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import Secret, SecretBytes, SecretStr

from restival.engine.restate.codec.errors import HINT

MISSING = frozenset({"NaTType", "NAType"})
"""What pandas calls a value that isn't there."""

BASES: tuple[tuple[Any, str], ...] = (
    ((Secret, SecretStr, SecretBytes), "a secret isn't recorded: return what the secret is needed for"),
    (BaseException, "raise it, or return its text"),
    (type, "return its name"),
    ((bytes, bytearray, memoryview), "convert it, as in bytes(…)"),
)
"""By what it is, before its methods are looked at."""

METHODS = ("to_pydatetime", "to_pytimedelta", "tolist", "to_dict", "_asdict")
"""How values of data libraries are converted."""

OTHER_BASES: tuple[tuple[Any, str], ...] = (
    (int, "convert it, as in int(…)"),
    (float, "convert it, as in float(…)"),
    (complex, "convert it, as in complex(…)"),
    ((str, collections.UserString), "convert it, as in str(…)"),
    (Decimal, "convert it, as in Decimal(…)"),
    ((dt.datetime, dt.date, dt.time), "convert it, as in datetime.fromisoformat(value.isoformat())"),
    (dt.timedelta, "convert it, as in timedelta(seconds=value.total_seconds())"),
    (pathlib.PurePath, "convert it, as in Path(…)"),
    (Mapping, "convert it, as in dict(…)"),
    ((set, frozenset), "convert it, as in set(…)"),
    (io.IOBase, "return what it contains"),
    (Awaitable, "await it and return the result"),
    ((types.FunctionType, types.BuiltinFunctionType, types.MethodType), "call it and return the result"),
)


def is_of_database(kind: type) -> bool:
    """Whether its instances are rows of SQLAlchemy's, which are part of their session."""
    return hasattr(kind, "__mapper__")


def hint_for(kind: type) -> str:
    """What to return instead of a value of that class."""
    if kind.__name__ in MISSING:
        return "return None"
    if is_of_database(kind):
        return "it belongs to a database session: return its values, for example as a dict"
    for base, hint in BASES:
        if issubclass(kind, base):
            return hint
    for name in METHODS:
        if hasattr(kind, name):
            return f"convert it, as in .{name}()"
    for base, hint in OTHER_BASES:
        if issubclass(kind, base):
            return hint
    if hasattr(kind, "keys") and hasattr(kind, "__getitem__"):
        return "convert it, as in dict(…)"
    return "convert it, as in list(…)" if issubclass(kind, Iterable) else HINT

"""Values that one text or a few numbers can hold."""

import base64
import datetime as dt
import ipaddress
import json
import pathlib
import sys
import uuid
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import AnyUrl

from restival.engine.codec.errors import NotReadable, refused
from restival.io.call import Json
from restival.io.url import Url

Simple = tuple[str, Callable[[Any], Json], Callable[[Any], Any]]
"""A tag, and how the value is stored and restored."""


def _bytes_from(text: str) -> bytes:
    return base64.b64decode(text)


def _text_of(data: bytes | bytearray) -> str:
    return base64.b64encode(data).decode()


SIMPLE: dict[type, Simple] = {
    dt.date: ("date", dt.date.isoformat, dt.date.fromisoformat),
    dt.timedelta: (
        "duration",
        lambda delta: [delta.days, delta.seconds, delta.microseconds],
        lambda parts: dt.timedelta(*parts),
    ),
    Decimal: ("decimal", str, Decimal),
    Fraction: ("fraction", str, Fraction),
    uuid.UUID: ("uuid", str, uuid.UUID),
    AnyUrl: ("url", str, AnyUrl),
    Url: ("address", str, Url),
    bytes: ("bytes", _text_of, _bytes_from),
    bytearray: ("bytearray", _text_of, lambda text: bytearray(_bytes_from(text))),
    complex: ("complex", lambda number: [number.real, number.imag], lambda parts: complex(*parts)),
    range: ("range", lambda each: [each.start, each.stop, each.step], lambda parts: range(*parts)),
    ZoneInfo: ("zone", lambda zone: zone.key, ZoneInfo),
    **{
        kind: (kind.__name__.lower(), str, kind)
        for kind in (
            pathlib.PosixPath,
            pathlib.PurePosixPath,
            pathlib.PureWindowsPath,
            ipaddress.IPv4Address,
            ipaddress.IPv6Address,
            ipaddress.IPv4Network,
            ipaddress.IPv6Network,
            ipaddress.IPv4Interface,
            ipaddress.IPv6Interface,
        )
    },
}
"""By the exact type."""
if sys.platform == "win32":
    SIMPLE[pathlib.WindowsPath] = ("windowspath", str, pathlib.WindowsPath)

RESTORED: dict[str, Callable[[Any], Any]] = {tag: restore for tag, _, restore in SIMPLE.values()} | {
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda seconds: dt.timedelta(seconds=float(seconds)),  # as it was recorded before
    "int": lambda text: int(text, 16),
    "text": json.loads,
}
"""By the tag, also those that aren't written any more."""


def moment(value: dt.datetime) -> tuple[str, Json]:
    """The tag of a date with a time, and what is stored. Raises NotRecordable for a zone that can't be told again."""
    zone = value.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key:
        return "zoned", [value.replace(tzinfo=None).isoformat(), zone.key, value.fold]
    if value.fold:
        return "folded", value.replace(fold=0).isoformat()
    if zone is not None and not _is_fixed(zone, value.year):
        raise refused(value, f"its time zone is a {type(zone).__qualname__}: use zoneinfo.ZoneInfo")
    return "datetime", value.isoformat()


def clock(value: dt.time) -> tuple[str, Json]:
    """The tag of a time of day, and what is stored."""
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        return "zonedtime", [value.replace(tzinfo=None).isoformat(), value.tzinfo.key, value.fold]
    if value.tzinfo is not None and value.utcoffset() is None:
        raise refused(value, f"its time zone is a {type(value.tzinfo).__qualname__}: use zoneinfo.ZoneInfo")
    return ("foldedtime" if value.fold else "time"), value.isoformat()


def _is_fixed(zone: dt.tzinfo, year: int) -> bool:
    offsets = {zone.utcoffset(dt.datetime(year, month, 1)) for month in (1, 4, 7, 10)}
    return len(offsets) == 1


def zoned(parts: Any) -> dt.datetime:
    """A date with a time in its zone."""
    text, key, fold = parts
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(key), fold=fold)


def zoned_time(parts: Any) -> dt.time:
    """A time of day in its zone."""
    text, key, fold = parts
    return dt.time.fromisoformat(text).replace(tzinfo=ZoneInfo(key), fold=fold)


RESTORED |= {
    "zoned": zoned,
    "zonedtime": zoned_time,
    "folded": lambda text: dt.datetime.fromisoformat(text).replace(fold=1),
    "foldedtime": lambda text: dt.time.fromisoformat(text).replace(fold=1),
}


def is_numpy(value: Any) -> bool:
    """Whether it is a scalar of NumPy's that is more than a reference."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.generic) and value.dtype.kind not in "OV"


def numpy_scalar(value: Any) -> Json:
    """A scalar of NumPy's: its type (numpy.org/doc/stable/reference/arrays.interface.html) and its bytes."""
    return [value.dtype.str, _text_of(value.tobytes())]


def numpy_from(parts: Any) -> Any:
    """The scalar again."""
    try:
        import numpy
    except ImportError:
        raise NotReadable("the record holds a value of NumPy's, which isn't installed any more") from None
    kind, data = parts
    return numpy.frombuffer(_bytes_from(data), dtype=kind)[0] if data else numpy.dtype(kind).type()


RESTORED["numpy"] = numpy_from

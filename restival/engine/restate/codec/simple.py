"""Values that one text or a few numbers can hold."""

import base64
import datetime as dt
import ipaddress
import pathlib
import sys
import uuid
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import AnyUrl, ByteSize, NameEmail
from pydantic.networks import _BaseMultiHostUrl, _BaseUrl

from restival.engine.restate.codec.errors import refused
from restival.engine.restate.codec.names import named_class
from restival.engine.restate.codec.packing import TAG, Packing, Record
from restival.engine.restate.codec.state import own_dict
from restival.io.core.call import Json
from restival.io.input.url import Url

Simple = tuple[str, Callable[[Any], Json], Callable[[Any], Any]]
"""A tag, and how the value is stored and restored."""

OF_TEXT = (uuid.UUID, _BaseUrl, _BaseMultiHostUrl)
"""Whose subclasses are made of their texts: drivers of databases and pydantic have many."""
PYDANTICS = frozenset({"_url"})
"""What such an object stores, if not in slots."""


def _bytes_from(text: str) -> bytes:
    return base64.b64decode(text)


def _text_of(data: bytes | bytearray) -> str:
    return base64.b64encode(data).decode()


def _path(value: pathlib.PurePath) -> str:
    text = str(value)
    if type(value)(text).parts != value.parts:  # a file of Windows that is named like a drive
        raise refused(value, "convert it, as in str(…)")
    return text


def _name_email(parts: Any) -> NameEmail:
    name, email = parts
    return NameEmail(name, email)


SIMPLE: dict[type, Simple] = {
    dt.date: ("date", dt.date.isoformat, dt.date.fromisoformat),
    dt.timedelta: (
        "duration",
        lambda delta: [delta.days, delta.seconds, delta.microseconds],
        lambda parts: dt.timedelta(*parts),
    ),
    Decimal: ("decimal", str, Decimal),
    uuid.UUID: ("uuid", str, uuid.UUID),
    AnyUrl: ("url", str, AnyUrl),
    Url: ("address", str, Url),
    NameEmail: ("nameemail", lambda each: [each.name, each.email], _name_email),
    ByteSize: ("bytesize", int, ByteSize),
    bytes: ("bytes", _text_of, _bytes_from),
    bytearray: ("bytearray", _text_of, lambda text: bytearray(_bytes_from(text))),
    complex: ("complex", lambda number: [number.real, number.imag], lambda parts: complex(*parts)),
    ZoneInfo: ("zone", lambda zone: zone.key, ZoneInfo),
    **{
        kind: (kind.__name__.lower(), _path, kind)
        for kind in (pathlib.PosixPath, pathlib.PurePosixPath, pathlib.PureWindowsPath)
    },
    **{
        kind: (kind.__name__.lower(), str, kind)
        for kind in (
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
    SIMPLE[pathlib.WindowsPath] = ("windowspath", _path, pathlib.WindowsPath)


def pack_fraction(value: Fraction, packing: Packing) -> Json:
    """Its two numbers, of any length."""
    return {TAG: "fraction", "v": packing.items([value.numerator, value.denominator])}


def pack_range(value: range, packing: Packing) -> Json:
    """Its three numbers, of any length."""
    return {TAG: "range", "v": packing.items([value.start, value.stop, value.step])}


def pack_of_text(value: Any, packing: Packing) -> Json:
    """A value of a class that can be made of its text. Raises NotRecordable if it can't."""
    kind, text = type(value), str(value)
    if not own_dict(value).keys() <= PYDANTICS or type(text) is not str or not _makes(kind, text, value):
        raise refused(value, "convert it, as in str(…)")
    tag = "uuid of" if issubclass(kind, uuid.UUID) else "url of"
    return {TAG: tag, "t": packing.name(kind, value), "v": text}


def _makes(kind: type, text: str, value: Any) -> bool:
    try:
        made = kind(text)
    except Exception:  # it takes other arguments
        return False
    return type(made) is kind and bool(made == value)


def unpack_of_text(data: Record, _: object) -> Any:
    """The value. Raises NotReadable."""
    return named_class(data["t"])(data["v"])


RESTORED: dict[str, Callable[[Any], Any]] = {tag: restore for tag, _, restore in SIMPLE.values()} | {
    "timedelta": lambda seconds: dt.timedelta(seconds=float(seconds)),  # as it was recorded before
    "int": lambda text: int(text, 16),
    "fraction": lambda stored: Fraction(stored) if isinstance(stored, str) else Fraction(*stored),
    "range": lambda parts: range(*parts),
}
"""By the tag, of what was stored; also tags that aren't written any more."""

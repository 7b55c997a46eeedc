"""Dates with times and times of day, in any time zone."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from restival.engine.restate.codec.errors import NotRecordable
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack
from restival.engine.restate.codec.zones import arguments_of
from restival.io.core.call import Json


def pack_datetime(value: dt.datetime, packing: Packing) -> Json:
    """A date with a time. Raises NotRecordable for a zone that can't be made again."""
    zone = value.tzinfo
    if zone is None or _is_offset(zone):
        if value.fold:
            return {TAG: "folded", "v": value.replace(fold=0).isoformat()}
        return {TAG: "datetime", "v": value.isoformat()}
    if type(zone) is ZoneInfo and zone.key:
        return {TAG: "zoned", "v": [value.replace(tzinfo=None).isoformat(), zone.key, value.fold]}
    return {TAG: "datetime in", "v": value.isoformat(), "fold": value.fold, "zone": _zone(zone, packing)}


def pack_time(value: dt.time, packing: Packing) -> Json:
    """A time of day. Raises NotRecordable for a zone that can't be made again."""
    zone = value.tzinfo
    if zone is None or _is_offset(zone):
        return {TAG: "foldedtime" if value.fold else "time", "v": value.isoformat()}
    if type(zone) is ZoneInfo and zone.key:
        return {TAG: "zonedtime", "v": [value.replace(tzinfo=None).isoformat(), zone.key, value.fold]}
    return {TAG: "time in", "v": value.isoformat(), "fold": value.fold, "zone": _zone(zone, packing)}


def _zone(zone: dt.tzinfo, packing: Packing) -> Json:
    try:
        return packing.value(zone)
    except NotRecordable as error:
        raise error.inside(".tzinfo") from None


def _is_offset(zone: dt.tzinfo) -> bool:
    """Whether ISO 8601 says all that there is about the zone. Python 3.11 doesn't read microseconds of an offset."""
    if zone is dt.UTC:
        return True
    if type(zone) is not dt.timezone:
        return False
    offset, *name = arguments_of(zone)
    return not name and not offset.microseconds


def _zoned(parts: Any) -> dt.datetime:
    text, key, fold = parts
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(key), fold=fold)


def _zoned_time(parts: Any) -> dt.time:
    text, key, fold = parts
    return dt.time.fromisoformat(text).replace(tzinfo=ZoneInfo(key), fold=fold)


def _datetime_in(data: Record, unpack: Unpack) -> dt.datetime:
    at, zone = dt.datetime.fromisoformat(data["v"]), unpack(data["zone"])
    made = at.replace(tzinfo=zone, fold=data["fold"])
    if type(zone) is not dt.timezone and made.utcoffset() != at.utcoffset():  # the local zone of another machine
        return at.astimezone(zone)
    return made


def _time_in(data: Record, unpack: Unpack) -> dt.time:
    return dt.time.fromisoformat(data["v"]).replace(tzinfo=unpack(data["zone"]), fold=data["fold"])


RESTORED = {
    "datetime": dt.datetime.fromisoformat,
    "folded": lambda text: dt.datetime.fromisoformat(text).replace(fold=1),
    "zoned": _zoned,
    "time": dt.time.fromisoformat,
    "foldedtime": lambda text: dt.time.fromisoformat(text).replace(fold=1),
    "zonedtime": _zoned_time,
    "timezone": lambda arguments: dt.timezone(*arguments),
}
"""By the tag, of what was stored."""

UNPACK = {"datetime in": _datetime_in, "time in": _time_in}
"""By the tag."""

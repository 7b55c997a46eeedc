"""Time zones: Python's own, and those of other libraries that can be made again."""

import datetime as dt
import sys
from collections.abc import Iterator
from typing import Any, cast

from restival.engine.restate.codec.errors import NotRecordable, refused
from restival.engine.restate.codec.names import Name, named
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack
from restival.io.core.call import Json

HINT = "use zoneinfo.ZoneInfo or datetime.timezone, as in .astimezone(ZoneInfo(…))"


def arguments_of(zone: dt.timezone) -> tuple[Any, ...]:
    """Its offset, and its name if it was given one."""
    return cast(tuple[Any, ...], zone.__reduce__()[1])


def pack_timezone(zone: dt.timezone, packing: Packing) -> Json:
    """A fixed offset, with its name if it has one."""
    return {TAG: "timezone", "v": packing.items(arguments_of(zone))}


def pack_zone(zone: dt.tzinfo, packing: Packing) -> Json:
    """A time zone of another library. Raises NotRecordable for one that can't be made again."""
    kind = type(zone)
    if (name := _found_in_its_module(zone)) is not None:
        return {TAG: "zone of", "t": name, "v": None}
    for arguments in _possible(zone):
        if _makes(kind, arguments, zone):
            return {TAG: "zone of", "t": packing.name(kind, zone), "v": packing.items(arguments)}
    raise refused(zone, HINT)


def unpack_zone(data: Record, unpack: Unpack) -> Any:
    """The zone. Raises NotReadable."""
    found = named(data["t"])
    return found if data["v"] is None else found(*unpack(data["v"]))


def _found_in_its_module(zone: dt.tzinfo) -> Name | None:
    """As `pytz.UTC`, which is the only one of its class."""
    kind = type(zone)
    module = vars(sys.modules.get(kind.__module__, object))
    for name in ("UTC", "utc", kind.__qualname__):
        if module.get(name) is zone:
            return f"{kind.__module__}:{name}"
    return None


def _possible(zone: dt.tzinfo) -> Iterator[tuple[Any, ...]]:
    """What its class may make it of: nothing, seconds (pydantic's), or a name and an offset (dateutil's)."""
    yield ()
    offset = zone.utcoffset(None)
    if offset is not None:
        yield (offset.total_seconds(),)
        yield (zone.tzname(None), offset)


def _makes(kind: Any, arguments: tuple[Any, ...], zone: dt.tzinfo) -> bool:
    try:
        made = kind(*arguments)
        return type(made) is kind and bool(made == zone) and made.tzname(None) == zone.tzname(None)
    except NotRecordable:
        raise
    except Exception:  # it takes other arguments
        return False

"""Enums and flags. The class gives back the very same member."""

import enum
from typing import Any

from restival.engine.restate.codec.errors import NotReadable, class_name, refused
from restival.engine.restate.codec.names import named_class
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack
from restival.io.core.call import Json

NO_MEMBER = "it isn't a member of its class: return its value"


def pack_enum(value: enum.Enum, packing: Packing) -> Json:
    """By its name, so that its value may change."""
    kind = type(value)
    if kind.__members__.get(value._name_) is not value:
        raise refused(value, NO_MEMBER)
    return {TAG: "enum", "t": packing.name(kind, value), "v": value._name_}


def pack_flag(value: enum.Flag, packing: Packing) -> Json:
    """By its value: what is combined has no name."""
    kind = type(value)
    if kind(value._value_) is not value:
        raise refused(value, NO_MEMBER)
    return {TAG: "flag", "t": packing.name(kind, value), "v": packing.value(value._value_)}


def unpack_enum(data: Record, unpack: Unpack) -> Any:
    """The member, or the combination. Raises NotReadable."""
    kind = named_class(data["t"])
    if not issubclass(kind, enum.Enum):
        raise NotReadable(f"the record holds a {class_name(kind)}, which is no longer an enum")
    try:
        return kind.__members__[data["v"]] if data[TAG] == "enum" else kind(unpack(data["v"]))
    except (KeyError, ValueError):
        raise NotReadable(f"{class_name(kind)} no longer has {data['v']}, which the record holds") from None

"""Nested data to look at."""

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping, Set
from typing import Any

from pydantic import BaseModel

from restival.io.core.call import Json
from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.jsonable import jsonable


class ObjectProps(Props):
    """The data as JSON."""

    data: Json


class Object(RecordedDisplay):
    """Nested data that users can expand: mappings, models, dataclasses, lists, sets, and their contents."""

    name = "display.object"
    props_type = ObjectProps

    def __init__(self, label: str, *, data: Any) -> None:
        super().__init__(label, ObjectProps(data=jsonable(_readable(data))))


def _readable(value: Any, inside: tuple[int, ...] = ()) -> Any:
    """The value as JSON can hold it, with times and sets as people read them. Sets are sorted: their own order changes
    from one run to the next."""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if id(value) in inside:
        return "…"
    around = (*inside, id(value))
    if isinstance(value, BaseModel):
        return {name: _readable(getattr(value, name), around) for name in type(value).model_fields}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _readable(getattr(value, field.name), around) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_name(key): _readable(item, around) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted((_readable(item, around) for item in value), key=str)
    if isinstance(value, (list, tuple)):
        return [_readable(item, around) for item in value]
    return value


def _name(key: Any) -> str:
    return key if isinstance(key, str) else str(jsonable(_readable(key)))

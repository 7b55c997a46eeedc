"""Values of what was recorded of them. Validators don't run again; what the class has added since gets its default."""

from collections.abc import Callable
from typing import Any

from restival.engine.restate.codec import containers, moments, numpy_scalars, simple, texts
from restival.engine.restate.codec.attrs_class import unpack_attrs
from restival.engine.restate.codec.dataclass import unpack_dataclass
from restival.engine.restate.codec.enums import unpack_enum
from restival.engine.restate.codec.errors import NotReadable
from restival.engine.restate.codec.model import unpack_model
from restival.engine.restate.codec.packing import TAG, Record, Unpack
from restival.engine.restate.codec.zones import unpack_zone
from restival.io.core.call import Json

RESTORED: dict[str, Callable[[Any], Any]] = {
    **simple.RESTORED,
    **moments.RESTORED,
    **numpy_scalars.RESTORED,
    **texts.RESTORED,
}
"""By the tag, of what was stored."""

UNPACK: dict[str, Callable[[Record, Unpack], Any]] = {
    **containers.UNPACK,
    **moments.UNPACK,
    "uuid of": simple.unpack_of_text,
    "url of": simple.unpack_of_text,
    "zone of": unpack_zone,
    "enum": unpack_enum,
    "flag": unpack_enum,
    "dataclass": unpack_dataclass,
    "attrs": unpack_attrs,
    "model": unpack_model,
}
"""By the tag, of the whole record."""


def unpack(data: Json) -> Any:
    """The value. Raises NotReadable, and what classes raise that have changed."""
    if isinstance(data, list):
        return [unpack(item) for item in data]
    if not isinstance(data, dict):
        return data
    if TAG not in data:
        return {key: unpack(item) for key, item in data.items()}
    tag = str(data[TAG])
    if (restore := RESTORED.get(tag)) is not None:
        value = data["v"]
        return restore(value if isinstance(value, str) else unpack(value))
    if (whole := UNPACK.get(tag)) is not None:
        return whole(data, unpack)
    raise NotReadable(f"the record holds a value of the kind {tag}, which this version doesn't know")

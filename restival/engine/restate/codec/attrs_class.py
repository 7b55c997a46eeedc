"""Classes of the `attrs` library, which isn't needed for anything else. `__init__` and validators don't run again."""

from typing import Any

from restival.engine.restate.codec.errors import NotReadable, class_name, lacks, unset
from restival.engine.restate.codec.names import named_class
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack, unpacked_fields
from restival.engine.restate.codec.state import check_is_plain_object, put_state, state_of
from restival.io.core.call import Json

HASH = "_attrs_cached_hash"
"""Where it remembers a hash, which is another one in the next process."""


def pack_attrs(value: Any, packing: Packing) -> Json:
    """All that it stores."""
    kind = type(value)
    name = packing.name(kind, value)
    check_is_plain_object(value, "an attrs class")
    state = state_of(value)
    for field in kind.__attrs_attrs__:
        if field.name not in state and field.init:
            raise unset(value, field.name)
    if HASH in state:
        state[HASH] = None
    return {TAG: "attrs", "t": name, "v": packing.fields(state)}


def unpack_attrs(data: Record, unpack: Unpack) -> Any:
    """The object; fields that the class has added since get their defaults. Raises NotReadable."""
    kind, stored = named_class(data["t"]), unpacked_fields(data["v"], unpack)
    if not hasattr(kind, "__attrs_attrs__"):
        raise NotReadable(f"the record holds a {class_name(kind)}, which is no longer an attrs class")
    made = object.__new__(kind)
    put_state(made, stored)
    for field in kind.__attrs_attrs__:
        if field.name not in stored:
            put_state(made, {field.name: _default(kind, field, made)} if _has_default(kind, field) else {})
    return made


def _has_default(kind: type, field: Any) -> bool:
    if repr(field.default) != "NOTHING":
        return True
    if field.init:
        raise lacks(kind, field.name)
    return False


def _default(kind: type, field: Any, made: Any) -> Any:
    default = field.default
    if not hasattr(default, "takes_self"):
        return default
    return default.factory(made) if default.takes_self else default.factory()

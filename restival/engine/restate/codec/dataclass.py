"""Dataclasses, also pydantic's. Neither `__init__` nor validators run again."""

import dataclasses
from typing import Any

from restival.engine.restate.codec.errors import NotReadable, class_name, lacks, unset
from restival.engine.restate.codec.names import named_class
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack, unpacked_fields
from restival.engine.restate.codec.state import Layout, check_is_plain_object, layout_of, put_state, state_of
from restival.io.core.call import Json

MISSING = dataclasses.MISSING


def pack_dataclass(value: Any, packing: Packing) -> Json:
    """Its fields, and in `rest` what it stores besides them."""
    kind = type(value)
    name = packing.name(kind, value)
    check_is_plain_object(value, "a dataclass")
    state, layout, fields = state_of(value), layout_of(kind), {}
    for field in dataclasses.fields(kind):
        if field.name in state:
            if field.name not in layout.managed:
                fields[field.name] = state.pop(field.name)
        elif field.default is not MISSING and not (field.name in layout.slots or field.name in layout.managed):
            fields[field.name] = getattr(value, field.name)  # the class has it
        elif not _may_be_unset(layout, field):
            raise unset(value, field.name)
    packed: dict[str, Json] = {TAG: "dataclass", "t": name, "v": packing.fields(fields)}
    if state:
        packed["rest"] = packing.fields(state)
    return packed


def _may_be_unset(layout: Layout, field: "dataclasses.Field[Any]") -> bool:
    if field.name in layout.managed:
        return True
    return not field.init and field.default is MISSING and field.default_factory is MISSING


def unpack_dataclass(data: Record, unpack: Unpack) -> Any:
    """The object; fields that the class has added since get their defaults. Raises NotReadable."""
    kind = named_class(data["t"])
    if not hasattr(kind, "__dataclass_fields__"):
        raise NotReadable(f"the record holds a {class_name(kind)}, which is no longer a dataclass")
    stored, rest = unpacked_fields(data["v"], unpack), unpacked_fields(data.get("rest", {}), unpack)
    made, managed = object.__new__(kind), layout_of(kind).managed
    for field in dataclasses.fields(kind):
        name = field.name
        if name in stored:
            object.__setattr__(made, name, stored[name])
        elif name in managed:
            continue  # its descriptor finds what it needs in the rest
        elif name in rest:
            object.__setattr__(made, name, rest.pop(name))
        elif (default := _default(kind, field)) is not MISSING:
            object.__setattr__(made, name, default)
        elif field.init:
            raise lacks(kind, name)
    put_state(made, rest)
    return made


def _default(kind: Any, field: "dataclasses.Field[Any]") -> Any:
    if (pydantic := getattr(kind, "__pydantic_fields__", {}).get(field.name)) is not None:
        return MISSING if pydantic.is_required() else pydantic.get_default(call_default_factory=True, validated_data={})
    return field.default if field.default_factory is MISSING else field.default_factory()

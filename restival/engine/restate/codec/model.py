"""Pydantic models, with their extra fields and private attributes. Validators don't run again."""

from typing import Any

from pydantic import BaseModel, RootModel
from pydantic_core import PydanticUndefined

from restival.engine.restate.codec.errors import NotReadable, class_name, lacks, unset
from restival.engine.restate.codec.names import named_class
from restival.engine.restate.codec.packing import TAG, Packing, Record, Unpack, unpacked_fields
from restival.engine.restate.codec.state import put_state, state_of
from restival.io.core.call import Json

SLOTS = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")


def pack_model(value: BaseModel, packing: Packing) -> Json:
    """Its fields, what else it holds, and which fields were set if not all."""
    kind = type(value)
    state = state_of(value)
    own = {name: state.pop(name, None) for name in SLOTS if name in state and not _is_a_roots(kind, name)}
    fields = {}
    for name in kind.model_fields:
        if name not in state:
            raise unset(value, name)
        fields[name] = state.pop(name)
    packed: dict[str, Json] = {TAG: "model", "t": packing.name(kind, value), "v": packing.fields(fields)}
    if extra := own.get("__pydantic_extra__"):
        packed["extra"] = packing.fields(extra)
    if private := own.get("__pydantic_private__"):
        packed["private"] = packing.fields(private)
    if (given := own["__pydantic_fields_set__"]) != fields.keys():
        packed["set"] = sorted(given)
    if state:
        packed["rest"] = packing.fields(state)
    return packed


def _is_a_roots(kind: type[BaseModel], name: str) -> bool:
    """Whether it is what root models store in their `__dict__`, having no slot for it."""
    return issubclass(kind, RootModel) and name != "__pydantic_fields_set__"


def unpack_model(data: Record, unpack: Unpack) -> Any:
    """The model; fields that the class has added since get their defaults. Raises NotReadable."""
    kind = named_class(data["t"])
    if not issubclass(kind, BaseModel):
        raise NotReadable(f"the record holds a {class_name(kind)}, which is no longer a pydantic model")
    extra = unpacked_fields(data.get("extra", {}), unpack)
    stored = unpacked_fields(data["v"], unpack)
    given = set(data.get("set", stored))
    fields = {}
    for name, field in kind.model_fields.items():
        if name in stored:
            fields[name] = stored[name]
        elif name in extra:  # which the class has made a field since
            fields[name] = extra.pop(name)
        elif field.is_required():
            raise lacks(kind, name)
        else:
            fields[name] = field.get_default(call_default_factory=True, validated_data=fields)
    made = kind.__new__(kind)
    allows_extra = kind.model_config.get("extra") == "allow"
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", given)
    if not issubclass(kind, RootModel):  # which has no room for these
        object.__setattr__(made, "__pydantic_extra__", extra if allows_extra else None)
        object.__setattr__(made, "__pydantic_private__", _private(kind, data, unpack))
    put_state(made, unpacked_fields(data.get("rest", {}), unpack))
    return made


def _private(kind: type[BaseModel], data: Record, unpack: Unpack) -> dict[str, Any] | None:
    if not kind.__private_attributes__:
        return None
    defaults = {name: each.get_default() for name, each in kind.__private_attributes__.items()}
    stored = unpacked_fields(data.get("private", {}), unpack)
    return {name: each for name, each in (defaults | stored).items() if each is not PydanticUndefined}

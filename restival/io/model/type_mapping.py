"""Which component a Python type is asked with: parameters of actions and fields of models."""

import datetime as dt
import types
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import AnyUrl, BaseModel, Discriminator, EmailStr, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from restival.io.core.component import Component
from restival.io.input.boolean import BooleanInput
from restival.io.input.date import DateInput
from restival.io.input.datetime import DatetimeInput
from restival.io.input.email import EmailInput
from restival.io.input.number import NumberInput, NumberProps
from restival.io.input.password import PasswordInput
from restival.io.input.text import TextInput
from restival.io.input.time import TimeInput
from restival.io.input.url import UrlInput
from restival.io.model.record import ListField, ModelField
from restival.io.model.variants import VariantsField
from restival.io.select.single import SelectSingle


class UnsupportedType(TypeError):
    """No component supports this type. The message names it."""


def model_components(model: type[BaseModel]) -> dict[str, Component[Any]]:
    """The components for a model's fields, by name. Raises UnsupportedType naming the field."""
    components = {}
    for name, field in model.model_fields.items():
        try:
            components[name] = _model_field(name, field)
        except UnsupportedType as error:
            raise UnsupportedType(f"{name}: {error}") from None
    return components


def _model_field(name: str, field: FieldInfo) -> Component[Any]:
    label = field.title or name.replace("_", " ").strip().capitalize()
    component = component_for(field.annotation, label, [field])
    component.help_text = field.description
    default = field.default if field.default_factory is None else _made(field)
    if default is not PydanticUndefined and default is not None:
        component.default_value = default
    if not field.is_required():
        component.is_optional = True
    return component


def _made(field: FieldInfo) -> Any:
    return (
        None
        if field.default_factory_takes_validated_data
        else field.get_default(call_default_factory=True, validated_data={})
    )


def component_for(annotation: Any, label: str, metadata: Sequence[Any] = ()) -> Component[Any]:
    """The component that asks for a type, with the constraints that its metadata declare. Raises UnsupportedType."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return component_for(args[0], label, [*metadata, *args[1:]])
    if origin in (Union, types.UnionType):
        return _union(annotation, label, metadata)
    if origin is Literal:
        return SelectSingle(label, options=list(args))
    if origin is list:
        bounds = _lengths(metadata)
        item = component_for(args[0], "")
        return ListField(label, item, min_items=bounds[0] or 0, max_items=bounds[1])
    if isinstance(annotation, type):
        return _plain(annotation, label, metadata)
    raise UnsupportedType(f"no field supports {annotation!r}")


def _union(annotation: Any, label: str, metadata: Sequence[Any]) -> Component[Any]:
    kinds = get_args(annotation)
    present = [kind for kind in kinds if kind is not type(None)]
    several = len(present) > 1
    component = _variants(present, label, metadata) if several else component_for(present[0], label, metadata)
    return component.optional() if len(present) < len(kinds) else component


def _variants(kinds: Sequence[Any], label: str, metadata: Sequence[Any]) -> Component[Any]:
    names = " | ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)
    if not all(isinstance(kind, type) and issubclass(kind, BaseModel) for kind in kinds):
        raise UnsupportedType(f"no field supports the union {names}: use models with a discriminator")
    by = _discriminator(metadata)
    if not isinstance(by, str):
        raise UnsupportedType(
            f"the models of the union {names} need a discriminator: give each a field such as "
            f'kind: Literal["{kinds[0].__name__.lower()}"], and write '
            f'Annotated[{names}, Field(discriminator="kind")]'
        )
    records: dict[str, ModelField] = {}
    values: dict[str, Any] = {}
    for model in kinds:
        tags = get_args(model.model_fields[by].annotation)
        for tag in tags:
            key = str(tag.value if isinstance(tag, Enum) else tag)
            title = model.model_config.get("title") if len(tags) == 1 else None
            components = {name: item for name, item in model_components(model).items() if name != by}
            records[key] = ModelField(title or _in_words(key), model, components)
            values[key] = tag
    return VariantsField(label, by, records, values)


def _discriminator(metadata: Sequence[Any]) -> Any:
    """What tells the models of a union apart, if anything does."""
    given = (item.discriminator for item in metadata if isinstance(item, (FieldInfo, Discriminator)))
    found = next((item for item in given if item is not None), None)
    return found.discriminator if isinstance(found, Discriminator) else found


def _in_words(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _plain(annotation: type[Any], label: str, metadata: Sequence[Any]) -> Component[Any]:
    if annotation is EmailStr:
        return EmailInput(label)
    if issubclass(annotation, AnyUrl):
        return UrlInput(label)
    if annotation is SecretStr:
        return PasswordInput(label, min_length=_lengths(metadata)[0])
    if issubclass(annotation, Enum):
        return SelectSingle(label, options=list(annotation))
    if issubclass(annotation, BaseModel):
        return ModelField(label, annotation, model_components(annotation))
    if annotation is bool:
        return BooleanInput(label)
    if annotation in (int, float, Decimal):
        return NumberInput.of(annotation, label, _number_props(annotation, metadata))
    if annotation is str:
        shortest, longest = _lengths(metadata)
        return TextInput(label, min_length=shortest, max_length=longest)
    if annotation is dt.datetime:
        return DatetimeInput(label)
    if annotation is dt.date:
        return DateInput(label)
    if annotation is dt.time:
        return TimeInput(label)
    raise UnsupportedType(f"no field supports {annotation.__name__}")


def _flat(metadata: Sequence[Any]) -> list[Any]:
    flat: list[Any] = []
    for item in metadata:
        flat.extend(_flat(item.metadata) if isinstance(item, FieldInfo) else [item])
    return flat


def _lengths(metadata: Sequence[Any]) -> tuple[int | None, int | None]:
    shortest = longest = None
    for item in _flat(metadata):
        if isinstance(item, annotated_types.MinLen):
            shortest = item.min_length
        elif isinstance(item, annotated_types.MaxLen):
            longest = item.max_length
    return shortest, longest


def _number_props(annotation: type[Any], metadata: Sequence[Any]) -> NumberProps:
    props = NumberProps(whole=annotation is int)
    for item in _flat(metadata):
        if isinstance(item, annotated_types.Ge):
            props.min = Decimal(str(item.ge))
        elif isinstance(item, annotated_types.Le):
            props.max = Decimal(str(item.le))
        elif isinstance(item, annotated_types.Gt) and annotation is int:
            props.min = Decimal(str(item.gt)) + 1
        elif isinstance(item, annotated_types.Lt) and annotation is int:
            props.max = Decimal(str(item.lt)) - 1
        elif (places := getattr(item, "decimal_places", None)) is not None:
            props.decimals = places
    return props

"""All components by the name under which their specs travel, and the check of answers against specs."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeGuard

from restival.io.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.component import Component, Props, check_field
from restival.io.namespace import IO, Input, Select, Shown
from restival.io.nested import ListField, RecordField


@cache
def catalogue() -> Mapping[str, type[Component[Any]]]:
    """Every component class by its name."""
    offered: list[object] = [item for space in (Input, Select, Shown) for item in vars(space).values()]
    everything = [*offered, IO.confirm, IO.search, RecordField, ListField]
    return {item.name: item for item in everything if is_component(item)}


def is_component(item: object) -> TypeGuard[type[Component[Any]]]:
    """Whether something in a namespace is a component's class."""
    return isinstance(item, type) and issubclass(item, Component)


def props_of(spec: FieldSpec) -> Props:
    """The props of a field, in the type of its component. Raises LookupError for a component that doesn't exist."""
    try:
        component = catalogue()[spec.component]
    except KeyError:
        raise LookupError(f"there is no component {spec.component!r}") from None
    return component.props_type.model_validate(spec.props)


def is_answerable(spec: FieldSpec) -> bool:
    """Whether the field asks for an answer."""
    return catalogue()[spec.component].answerable


def check_answers(specs: Sequence[FieldSpec], answers: Mapping[str, Json]) -> dict[str, Json]:
    """The answers in their normal form, by key. Raises InvalidAnswer with all errors by path."""
    asked = [spec for spec in specs if is_answerable(spec)]
    errors: Errors = dict.fromkeys(answers.keys() - {spec.key for spec in asked}, "There is no such field.")
    checked: dict[str, Json] = {}
    for spec in asked:
        try:
            checked[spec.key] = check_field(spec, props_of(spec), answers.get(spec.key))
        except InvalidAnswer as error:
            errors |= error.below(spec.key)
    if errors:
        raise InvalidAnswer(errors)
    return checked

"""All components by the name under which their specs travel, and the check of answers against specs."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeGuard

from pydantic import ConfigDict

from restival.i18n import t
from restival.io.api import IO, Input, Layouts, Select, Shown
from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.core.component import Component, Props, check_field
from restival.io.core.declared import declared
from restival.io.model.record import ListField, RecordField
from restival.io.model.variants import VariantsField


@cache
def catalogue() -> Mapping[str, type[Component[Any]]]:
    """Every component class by its name."""
    offered: list[object] = [item for space in (Input, Select, Shown, Layouts) for item in vars(space).values()]
    fields = [RecordField, ListField, VariantsField]
    everything = [*offered, IO.confirm, IO.confirm_identity, IO.approve, IO.search, IO.depends, *fields]
    return {item.name: item for item in everything if is_component(item)}


def is_component(item: object) -> TypeGuard[type[Component[Any]]]:
    """Whether something in a namespace is a component's class."""
    return isinstance(item, type) and issubclass(item, Component)


def component_of(spec: FieldSpec) -> type[Component[Any]] | None:
    """The class of a field's component, a built-in one or the project's; None where it is there no more."""
    return catalogue().get(spec.component) or declared().get(spec.component)


class LostProps(Props):
    """Stands for the props of a component that was taken out of the project while its field is asked or shown."""

    model_config = ConfigDict(extra="allow")

    def check(self, answer: Json) -> Json:
        """Nobody knows what a good answer would be."""
        raise InvalidAnswer(t("This can't be filled in: its component isn't there any more."))


def props_of(spec: FieldSpec) -> Props:
    """The props of a field, in the type of its component."""
    component = component_of(spec)
    return (component.props_type if component else LostProps).model_validate(spec.props)


def is_answerable(spec: FieldSpec) -> bool:
    """Whether the field asks for an answer."""
    component = component_of(spec)
    return component is None or component.answerable


def check_answers(specs: Sequence[FieldSpec], answers: Mapping[str, Json]) -> dict[str, Json]:
    """The answers in their normal form, by key. Raises InvalidAnswer with all errors by path."""
    asked = [spec for spec in specs if is_answerable(spec)]
    errors: Errors = dict.fromkeys(answers.keys() - {spec.key for spec in asked}, t("There is no such field."))
    checked: dict[str, Json] = {}
    for spec in asked:
        try:
            checked[spec.key] = check_field(spec, props_of(spec), answers.get(spec.key))
        except InvalidAnswer as error:
            errors |= error.below(spec.key)
    if errors:
        raise InvalidAnswer(errors)
    return checked

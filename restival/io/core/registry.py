"""Components by the name under which their specs travel, and the check of answers against specs.

The built-in components register themselves (`BUILT_IN`). The project's are those of the site that is served now.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ConfigDict

from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec, InvalidAnswer, Json
from restival.io.core.component import BUILT_IN, Component, Props, check_field
from restival.isolation.process_wide import ProcessWide

Declared = Mapping[str, type[Component[Any]]]

COMPONENTS: ProcessWide[Callable[[], Declared]] = ProcessWide(dict)
"""Returns the project's components. It is process-wide because pydantic checks answers by the names of components."""


def declared() -> Declared:
    """The project's components by name."""
    return COMPONENTS.get()()


def component_of(spec: FieldSpec) -> type[Component[Any]] | None:
    """The class of a field's component, a built-in one or the project's; None where it is there no more."""
    return BUILT_IN.get(spec.component) or declared().get(spec.component)


class LostProps(Props):
    """Stands for the props of a component that was taken out of the project while its field is asked or shown."""

    model_config = ConfigDict(extra="allow")

    def check(self, answer: Json) -> Json:
        """Nobody knows what a good answer would be."""
        raise InvalidAnswer(t("This field's component no longer exists."))


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
    errors: Errors = {key: t("This field doesn't exist.") for key in answers.keys() - {spec.key for spec in asked}}
    checked: dict[str, Json] = {}
    for spec in asked:
        try:
            checked[spec.key] = check_field(spec, props_of(spec), answers.get(spec.key))
        except InvalidAnswer as error:
            errors |= error.below(spec.key)
    if errors:
        raise InvalidAnswer(errors)
    return checked

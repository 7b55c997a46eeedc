"""A pydantic model as a form."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from restival.io.annotations import model_components
from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component
from restival.io.nested import RecordField, errors_by_path

M = TypeVar("M", bound=BaseModel)


class ModelForm(RecordField, Generic[M]):
    """The fields of a model, nested models and lists of them included; the value is an instance of it.

    Descriptions of fields are help texts, defaults are defaults, constraints that a field can check are told before
    submit and all others by the model itself.
    """

    def __init__(
        self,
        model: type[M],
        *,
        label: str = "",
        help_text: str | None = None,
        default_value: M | None = None,
    ) -> None:
        self.model = model
        super().__init__(label, model_components(model), help_text=help_text)
        self.default_value = default_value

    def resolve(self, answer: Json) -> M:
        """An instance of the model. Raises InvalidAnswer with the model's own errors by field."""
        return build(self.model, super().resolve(answer))

    def validate_answer(self, answer: Json) -> M:
        """Check an answer as the browser sends it and make the instance. Raises InvalidAnswer."""
        return self.resolve(self.props.check(answer))


def build(model: type[M], values: dict[str, Any]) -> M:
    """An instance of the model. Raises InvalidAnswer with messages by path."""
    defaulted = {
        name for name, field in model.model_fields.items() if values.get(name) is None and not field.is_required()
    }
    try:
        return model.model_validate({name: value for name, value in values.items() if name not in defaulted})
    except ValidationError as error:
        raise InvalidAnswer(errors_by_path(error.errors(include_url=False))) from None


def form(
    model: type[M], *, label: str = "", help_text: str | None = None, default_value: M | None = None
) -> "Component[M]":
    """Ask for a pydantic model; the value is an instance of it."""
    field: Any = ModelForm(model, label=label, help_text=help_text, default_value=default_value)
    result: Component[M] = field
    return result

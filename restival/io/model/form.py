"""A pydantic model as a form."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.component import Component
from restival.io.core.pydantic_errors import errors_by_path
from restival.io.model.record import ModelField
from restival.io.model.type_mapping import model_components
from restival.isolation.boundary import guest_code

M = TypeVar("M", bound=BaseModel)


class ModelForm(ModelField, Generic[M]):
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
        self._form_of = model
        super().__init__(label, model, model_components(model), help_text=help_text)
        self.default_value = default_value

    def resolve(self, answer: Json) -> M:
        """An instance of the model. Raises InvalidAnswer with the model's own errors by field."""
        try:
            return self._form_of.model_validate(super().resolve(answer))
        except ValidationError as error:
            raise InvalidAnswer(errors_by_path(error.errors(include_url=False), self)) from None

    def validate_answer(self, answer: Json) -> M:
        """Check an answer as the browser sends it and make the instance. Raises InvalidAnswer."""
        with guest_code():
            return self.resolve(self.props.check(answer))


def form(
    model: type[M], *, label: str = "", help_text: str | None = None, default_value: M | None = None
) -> "Component[M]":
    """A form for a pydantic model. The value is an instance of the model.

    A field that is one of several models becomes a choice between their titles.
    Declare it as `Annotated[Card | Bank, Field(discriminator="kind")]`.
    The fields of the chosen model appear below the choice.
    Such a field can be optional, nested, or in a list, and can be a parameter of an action.

    Raises UnsupportedType for a type that no field supports.
    """
    field: Any = ModelForm(model, label=label, help_text=help_text, default_value=default_value)
    result: Component[M] = field
    return result

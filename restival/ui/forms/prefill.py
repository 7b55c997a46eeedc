"""Values of a link, put into a form."""

from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.datastructures import QueryParams

from restival.i18n import t
from restival.io.core.call import Errors, FieldSpec
from restival.io.model.form import ModelForm
from restival.io.model.record import ListField, RecordProps


def prefilled(form: ModelForm[BaseModel], model: type[BaseModel], query: QueryParams) -> tuple[list[FieldSpec], Errors]:
    """The start form's fields with the values of a link, and what is wrong with those that don't fit."""
    assert isinstance(form.props, RecordProps)
    fields, errors = [], Errors()
    for field in form.props.fields:
        if field.key in query:
            field, wrong = _filled(form, model, field, value_in(query, field))
            errors |= wrong
        fields.append(field)
    return fields, errors


def value_in(query: QueryParams, field: FieldSpec) -> str | list[str]:
    """What a link that has the field says of it: all of it for a list, else the last."""
    return query.getlist(field.key) if field.component == ListField.name else query[field.key]


def _filled(
    form: ModelForm[BaseModel], model: type[BaseModel], field: FieldSpec, raw: str | list[str]
) -> tuple[FieldSpec, Errors]:
    info = model.model_fields[field.key]
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]
        value = adapter.validate_python(raw)
        return field.model_copy(update={"value": form.components[field.key].dump(value)}), {}
    except (ValidationError, ValueError):
        shown = raw if field.component.startswith("input.") else field.value
        return field.model_copy(update={"value": shown}), {
            field.key: t("The link contains an invalid value for this field.")
        }

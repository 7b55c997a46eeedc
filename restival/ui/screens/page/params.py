"""What a page has to be told: from the link's query string, or else by a form."""

from typing import cast

from pydantic import BaseModel
from starlette.datastructures import QueryParams

from restival.i18n import t
from restival.io.core.call import Choice, Json
from restival.io.core.urls import href
from restival.io.model.record import RecordProps
from restival.pages.page import Page
from restival.ui.elements.link import go
from restival.ui.forms.form import Form
from restival.ui.forms.prefill import prefilled, value_in


def given(page: Page, query: QueryParams) -> BaseModel:
    """The page's parameters. Raises pydantic's ValidationError where one is missing or doesn't fit."""
    fields = cast(RecordProps, page.params_form().props).fields
    values = {field.key: value_in(query, field) for field in fields if field.key in query}
    return page.params.model_validate(values)


def draw_params_form(page: Page, query: QueryParams) -> None:
    """Ask for the parameters; the answer is a link to the page with them."""
    fields, errors = prefilled(page.params_form(), page.params, query)

    async def show(values: dict[str, Json], _: str) -> None:
        params = page.params_form().validate_answer(values)
        go(href(None, page.slug, params.model_dump(mode="json", exclude_defaults=True), page.slug))

    Form(
        fields,
        errors=errors,
        choices=[Choice(label=t("Show"), value="show")],
        label=t("Page parameters"),
        on_submit=show,
    ).focus()

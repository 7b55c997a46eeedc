"""Files over HTTP: uploads into the form that asks for them, and their content for those who may see it."""

import re
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from restival.errors import NotAllowed
from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer
from restival.io.core.file_content import FileGone
from restival.io.core.file_names import clean
from restival.io.core.traverse import fields_within
from restival.io.input.file import FileProps, format_size, is_file
from restival.io.table.stored_rows import TYPE
from restival.storage.transaction_files import TooLarge, declared
from restival.storage.unsent_uploads import NoRoom, most_unsent
from restival.web.api.context import ApiContext, route
from restival.web.api.json_body import announced
from restival.web.api.responses import Answer, ApiError
from restival.web.file_response import delivered, table_as_csv

OTHER = "application/octet-stream"
POSSIBLE = re.compile(r"[A-Za-z0-9-]{1,100}")
"""Names of files that mean nothing else where they are stored."""


def routes(api: ApiContext) -> list[Route]:
    """Upload and download."""
    return [
        route(api, "/files/{transaction}/{n}/{field}", upload, "PUT"),
        route(api, "/files/{transaction}/{file}/{name}", download),
    ]


async def upload(api: ApiContext, request: Request) -> Response:
    """Take a file for a field of the pending call: the body is its content, the query its name."""
    view, person = await api.transaction(request)
    site, pending = api.site(), view.pending
    if not site.access.may_answer(person, site.registry.get(view.slug), view.standing):
        raise NotAllowed(t("You don't have permission to answer this question."))
    if pending is None or str(pending.n) != request.path_params["n"]:
        raise ApiError(409, t("This question is closed."))
    props = _props(pending.fields, request.path_params["field"])
    if props is None:
        raise ApiError(404, t("This field doesn't exist."))
    name, size = clean(request.query_params.get("name", "")), announced(request) or 0
    try:
        props.check_one(name, size)
        taken = await api.files.upload(
            view.id,
            pending.n,
            person.identity,
            most_unsent(pending.fields),
            name,
            _type(request),
            declared(request.query_params.get("last_modified")),
            request.stream(),
            props.max_size,
        )
    except InvalidAnswer as refused:
        raise ApiError(413 if size > props.max_size else 415, str(refused)) from None
    except TooLarge:
        most = format_size(props.max_size)
        raise ApiError(413, t("{name} is too large. The limit is {size}.", name=name, size=most)) from None
    except NoRoom as refused:
        raise ApiError(413, str(refused)) from None
    return Answer(taken.model_dump(mode="json"), 201)


async def download(api: ApiContext, request: Request) -> Response:
    """A file's content, or the range of it that is asked for (RFC 9110, section 14)."""
    view, _ = await api.transaction(request)
    name = request.path_params["file"]
    if not POSSIBLE.fullmatch(name):
        raise FileGone(t("The file {file} no longer exists.", file=f"{view.id}/{name}"))
    file = await api.files.known(f"{view.id}/{name}")
    if file.type == TYPE:
        return table_as_csv(request, await api.files.read(file.id))
    return delivered(request, file.name, file.type, file.size, partial(api.files.stream, file.id))


def _type(request: Request) -> str:
    """What the browser says that it is; nobody uploads what the app keeps of tables."""
    told = request.headers.get("content-type", OTHER)
    return OTHER if told == TYPE else told


def _props(fields: list[FieldSpec], key: str) -> FileProps | None:
    within = (inner for field in fields for inner in fields_within(field))
    found = next((field for field in within if field.key == key and is_file(field) and not field.disabled), None)
    return None if found is None else FileProps.model_validate(found.props)

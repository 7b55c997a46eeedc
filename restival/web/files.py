"""Files over HTTP: uploads into the form that asks for them, and their content for those who may see it."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from restival.access import Person
from restival.engine.client import Client, UnknownTransaction
from restival.engine.transport import EngineUnavailable
from restival.engine.view import View
from restival.errors import RestivalError
from restival.io.call import FieldSpec, InvalidAnswer
from restival.io.content import FileGone
from restival.io.file import FileProps, in_words, is_file
from restival.io.file_name import clean
from restival.io.kept_rows import TYPE
from restival.io.walk import fields_within
from restival.site import Site
from restival.storage.files import Files, TooLarge, declared
from restival.storage.storage import StorageUnavailable
from restival.web.delivery import delivered, table_as_csv
from restival.words import t

OTHER = "application/octet-stream"


class FileRoutes:
    """The routes under /api/files. `person` tells who asks."""

    def __init__(
        self, client: Client, files: Files, site: Callable[[], Site], person: Callable[[Request], Person]
    ) -> None:
        self._client = client
        self._files = files
        self._site = site
        self._person = person

    def routes(self) -> list[Route]:
        """Upload and download."""
        return [
            Route("/api/files/{transaction}/{n:int}/{field}", _told(self.upload), methods=["PUT"]),
            Route("/api/files/{transaction}/{file}/{name}", _told(self.download), methods=["GET"]),
        ]

    async def upload(self, request: Request) -> Response:
        """Take a file for a field of the pending call: the body is its content, the query its name."""
        view = await self._view(request)
        site, pending = self._site(), view.pending
        if not site.access.may_answer(self._person(request), site.registry.get(view.slug), view.standing):
            return _error(403, t("You may not answer this."))
        if pending is None or pending.n != request.path_params["n"]:
            return _error(409, t("This question is closed."))
        props = _props(pending.fields, request.path_params["field"])
        if props is None:
            return _error(404, t("There is no such field."))
        name, size = clean(request.query_params.get("name", "")), int(request.headers.get("content-length") or 0)
        try:
            props.check_one(name, size)
            taken = await self._files.take(
                view.id,
                name,
                _type(request),
                declared(request.query_params.get("last_modified")),
                request.stream(),
                props.max_size,
                pending.n,
            )
        except InvalidAnswer as refused:
            return _error(413 if size > props.max_size else 415, str(refused))
        except TooLarge:
            return _error(
                413, t("{name} is too large: at most {size} are taken.", name=name, size=in_words(props.max_size))
            )
        return JSONResponse(taken.model_dump(mode="json"), 201)

    async def download(self, request: Request) -> Response:
        """A file's content, or the range of it that is asked for (RFC 9110, section 14)."""
        view = await self._view(request)
        file = await self._files.known(f"{view.id}/{request.path_params['file']}")
        if file.type == TYPE:
            return table_as_csv(request, await self._files.read(file.id))
        return delivered(request, file.name, file.type, file.size, partial(self._files.stream, file.id))

    async def _view(self, request: Request) -> View:
        view, site = await self._client.view(request.path_params["transaction"]), self._site()
        if not site.access.may_view(self._person(request), site.registry.get(view.slug), view.standing):
            raise UnknownTransaction(view.id)
        return view


def _type(request: Request) -> str:
    """What the browser says that it is; nobody uploads what the app keeps of tables."""
    told = request.headers.get("content-type", OTHER)
    return OTHER if told == TYPE else told


def _props(fields: list[FieldSpec], key: str) -> FileProps | None:
    within = (inner for field in fields for inner in fields_within(field))
    found = next((field for field in within if field.key == key and is_file(field) and not field.disabled), None)
    return None if found is None else FileProps.model_validate(found.props)


def _told(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except (UnknownTransaction, FileGone) as error:
            return _error(404, str(error))
        except (EngineUnavailable, StorageUnavailable) as error:
            return _error(503, str(error))
        except RestivalError as error:
            return _error(400, str(error))

    return told


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status)

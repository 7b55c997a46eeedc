"""Files over HTTP: uploads into the form that asks for them, and their content for those who may see it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import islice
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from restival.access import Person
from restival.engine.client import Client, UnknownTransaction
from restival.engine.transport import EngineUnavailable
from restival.engine.view import View
from restival.errors import RestivalError
from restival.io.call import FieldSpec, InvalidAnswer, Json
from restival.io.cell import cell_text
from restival.io.cell import in_words as cell_in_words
from restival.io.content import FileGone
from restival.io.file import File, FileProps, in_words, is_file
from restival.io.file_name import clean
from restival.io.kept_rows import TYPE, unpacked
from restival.io.walk import fields_within
from restival.site import Site
from restival.storage.files import Files, TooLarge, declared
from restival.storage.storage import StorageUnavailable
from restival.web.csv_lines import BEGIN, csv_lines
from restival.words import t

SHOWN_INLINE = re.compile(r"image/(png|jpeg|gif|webp|avif)|video/(mp4|webm|ogg)|application/pdf|text/plain")
"""Media types that a browser shows without running anything in them."""
OTHER = "application/octet-stream"
ROWS_AT_ONCE = 500
RANGE = re.compile(r"bytes=(\d+)-(\d*)")


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
            return StreamingResponse(
                self._table(file), media_type="text/csv; charset=utf-8", headers=_attached(request)
            )
        start, end = _range(request.headers.get("range", ""), file.size)
        kind = "inline" if SHOWN_INLINE.fullmatch(file.type) else "attachment"
        headers = {
            "content-type": file.type if kind == "inline" else "application/octet-stream",
            "content-disposition": f"{kind}; filename*=UTF-8''{quote(file.name, safe='')}",
            "content-length": str(end - start),
            "accept-ranges": "bytes",
            "x-content-type-options": "nosniff",
            "cache-control": "private, max-age=3600",
        }
        if file.type != "application/pdf":  # the browser's own viewer doesn't run in a sandbox
            headers["content-security-policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        partial = (start, end) != (0, file.size)
        if partial:
            headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
        content: AsyncIterator[bytes] = self._files.stream(file.id, start, end) if file.size else _nothing()
        return StreamingResponse(content, 206 if partial else 200, headers)

    async def _table(self, file: File) -> AsyncIterator[str]:
        """A table that was kept, as CSV."""
        text = (await self._files.read(file.id)).decode()
        columns, rows = unpacked(iter(text.splitlines()))
        yield BEGIN + csv_lines([columns])
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield csv_lines([[_in_csv(cell) for cell in cells] for cells, _ in some])

    async def _view(self, request: Request) -> View:
        view, site = await self._client.view(request.path_params["transaction"]), self._site()
        if not site.access.may_view(self._person(request), site.registry.get(view.slug), view.standing):
            raise UnknownTransaction(view.id)
        return view


def _type(request: Request) -> str:
    """What the browser says that it is; nobody uploads what the app keeps of tables."""
    told = request.headers.get("content-type", OTHER)
    return OTHER if told == TYPE else told


def _attached(request: Request) -> dict[str, str]:
    name = clean(request.path_params["name"])
    return {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "x-content-type-options": "nosniff",
    }


def _in_csv(cell: Json) -> object:
    """A cell as CSV has it: numbers as such, all else as people see it."""
    shown = cell_text(cell)
    return shown if isinstance(shown, (int, float)) and not isinstance(shown, bool) else cell_in_words(shown)


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


def _props(fields: list[FieldSpec], key: str) -> FileProps | None:
    within = (inner for field in fields for inner in fields_within(field))
    found = next((field for field in within if field.key == key and is_file(field) and not field.disabled), None)
    return None if found is None else FileProps.model_validate(found.props)


def _range(header: str, size: int) -> tuple[int, int]:
    """From where to where, which isn't included; a range that can't be is ignored, as the standard allows."""
    found = RANGE.fullmatch(header.strip())
    if found is None or int(found[1]) >= size:
        return 0, size
    return int(found[1]), min(size, int(found[2]) + 1) if found[2] else size


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

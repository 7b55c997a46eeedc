"""The content of files as answers over HTTP."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from hashlib import sha256
from itertools import islice
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from restival.io.core.call import Json
from restival.io.core.file_names import clean
from restival.io.table.cells import cell_text, cell_to_text, sought_cell
from restival.io.table.stored_rows import unpacked
from restival.web.csv_lines import BEGIN, csv_lines

SHOWN_INLINE = re.compile(r"image/(png|jpeg|gif|webp|avif)|video/(mp4|webm|ogg)|application/pdf|text/plain")
"""Media types that a browser shows without running anything in them."""
ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
IN_VIEWER = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
ROWS_AT_ONCE = 500
RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")

Stream = Callable[[int, int], AsyncIterator[bytes]]
"""The bytes from one position up to, not including, another."""


def delivered(request: Request, name: str, media_type: str, size: int, stream: Stream) -> Response:
    """A file's content, or the range of it that is asked for (RFC 9110, section 14). Browsers may keep it, but ask each
    time whether it may be shown still: so it is gone with the right to see it."""
    tag = _tag(request)
    caching = {"cache-control": "private, no-cache", "etag": tag}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=caching)
    start, end = _range(request.headers.get("range", ""), size)
    if request.headers.get("if-range", tag) != tag:
        start, end = 0, size
    kind = "inline" if SHOWN_INLINE.fullmatch(media_type) else "attachment"
    headers = {
        "content-type": media_type if kind == "inline" else "application/octet-stream",
        "content-disposition": f"{kind}; filename*=UTF-8''{quoted(name)}",
        "content-length": str(end - start),
        "accept-ranges": "bytes",
        "x-content-type-options": "nosniff",
        **caching,
    }
    # the browser's own viewer for PDF doesn't run in a sandbox, and is in a frame of our pages
    pdf = kind == "inline" and media_type == "application/pdf"
    headers["content-security-policy"] = IN_VIEWER if pdf else ALONE
    partial = (start, end) != (0, size)
    if partial:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    content = stream(start, end) if size else _nothing()
    return StreamingResponse(content, 206 if partial else 200, headers)


def table_as_csv(request: Request, content: bytes) -> Response:
    """A table that was kept, as a CSV file with the name that is asked for."""
    name = clean(request.path_params["name"])
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quoted(name)}",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    return StreamingResponse(_lines(content.decode()), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(text: str) -> Iterator[str]:
    columns, rows = unpacked(iter(text.splitlines()))
    yield BEGIN + csv_lines([columns])
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield csv_lines([[_in_csv(cell) for cell in cells] for cells, _ in some])


def _in_csv(cell: Json) -> object:
    """A cell as CSV has it: numbers as such, all else as people see it."""
    shown = cell_text(sought_cell(cell))
    return shown if isinstance(shown, (int, float)) and not isinstance(shown, bool) else cell_to_text(shown)


def quoted(name: str) -> str:
    """Returns a file's name as a header has it."""
    return quote(name, safe="", errors="replace")


def _tag(request: Request) -> str:
    """What stands for the content: the address has the file's id, under which it never changes."""
    return f'"{sha256(request.scope.get("path", "").encode(errors="replace")).hexdigest()[:32]}"'


def _has(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in header.split(",")}


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


def _range(header: str, size: int) -> tuple[int, int]:
    """From where to where, which isn't included; a range that can't be is ignored, as the standard allows."""
    found = RANGE.fullmatch(header.strip())
    if found is None or int(found[1]) >= size:
        return 0, size
    start, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
    return (start, end) if start < end else (0, size)

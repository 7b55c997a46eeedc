"""Files over HTTP: which part is sent, and what browsers may keep."""

from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from restival.web.file_response import delivered


def answer(path: str = "/api/files/t/1/a.txt", **headers: str) -> Response:
    async def content(start: int, end: int) -> AsyncIterator[bytes]:
        yield b"0123456789"[start:end]

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "path": path, "headers": given})
    return delivered(request, "a.txt", "text/plain", 10, content)


async def body(response: Response) -> bytes:
    assert isinstance(response, StreamingResponse)
    return b"".join([bytes(piece) async for piece in response.body_iterator])  # type: ignore[arg-type]


def test_browsers_ask_each_time_whether_a_file_may_be_shown() -> None:
    """It could be shown for an hour after signing out."""
    first = answer()
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = answer(if_none_match=header)
        assert (again.status_code, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    assert answer(if_none_match='"other"').status_code == 200
    assert answer("/api/files/t/2/a.txt", if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "sent"),
    [
        ({"range": "bytes=2-4"}, 206, b"234"),
        ({"range": "bytes=8-"}, 206, b"89"),
        ({"range": "bytes=0-99"}, 200, b"0123456789"),
        ({"range": "bytes=10-5"}, 200, b"0123456789"),
        ({"range": "bytes=7-5"}, 200, b"0123456789"),
        ({"range": "bytes=2-4", "if_range": '"other"'}, 200, b"0123456789"),
    ],
)
async def test_ranges(headers: dict[str, str], status: int, sent: bytes) -> None:
    response = answer(**headers)
    assert response.status_code == status
    assert response.headers["content-length"] == str(len(sent))
    assert await body(response) == sent


async def test_a_range_of_the_same_content() -> None:
    response = answer(range="bytes=2-4", if_range=answer().headers["etag"])
    assert response.status_code == 206 and await body(response) == b"234"

"""Files in a storage of the team's own."""

import pytest
from aiohttp import web

from restival.io.core.download import downloaded
from restival.io.core.file_content import FileGone


async def test_redirects_are_not_followed() -> None:
    """They could lead into the network of the app."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/there":
            raise web.HTTPFound("/inside")
        return web.Response(body=b"content")

    app = web.Application()
    app.router.add_get("/{path}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        with pytest.raises(FileGone, match=r"a\.txt can't be read: the storage returned 302\."):
            _ = [piece async for piece in downloaded("a.txt", f"http://127.0.0.1:{port}/there")]
        assert asked == ["/there"]
        pieces = [piece async for piece in downloaded("a.txt", f"http://127.0.0.1:{port}/file")]
        assert b"".join(pieces) == b"content"
    finally:
        await runner.cleanup()

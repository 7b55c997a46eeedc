"""The content of files that lie in a storage of the team's own, by their addresses."""

from collections.abc import AsyncIterator

import aiohttp
from yarl import URL

from restival.i18n import t
from restival.io.core.file_content import FileGone

PIECE = 1_000_000
TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=60)
"""Seconds; a large file may take its time as long as something comes."""


async def downloaded(name: str, url: str) -> AsyncIterator[bytes]:
    """What is at an address, piece by piece. Raises FileGone; its message leaves out the address, which gives access
    to whoever knows it."""
    address = URL(url, encoded=True)  # another way of writing it would break its signature
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            # A redirect could lead into the network of the app, where the action has sent nobody.
            session.get(address, allow_redirects=False) as response,
        ):
            if response.status != 200:
                raise FileGone(
                    t("{name} can't be read: the storage returned {status}.", name=name, status=str(response.status))
                )
            async for piece in response.content.iter_chunked(PIECE):
                yield piece
    except (aiohttp.ClientError, TimeoutError) as error:
        raise FileGone(
            t("{name} can't be read: the storage can't be reached ({why}).", name=name, why=type(error).__name__)
        ) from None

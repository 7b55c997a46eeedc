"""Objects by path in a folder or a bucket, streamed both ways."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

PIECE = 5 * 1024 * 1024
"""Bytes that are sent to the store at once; S3 takes no smaller ones."""
AT_ONCE = 2
"""Pieces that are under way at a time: what an upload holds in memory."""


class Storage:
    """A store by its URL: `file:///…`, `s3://bucket/prefix`, or any that obstore knows.

    `options` are obstore's for that kind of store, as `endpoint`, `region`, `access_key_id`, `secret_access_key`.
    """

    def __init__(self, url: str, options: Mapping[str, str] | None = None) -> None:
        if url.startswith("file://"):
            folder = Path(url.removeprefix("file://"))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store: ObjectStore = LocalStore(folder, automatic_cleanup=True)
        else:
            self._store = from_url(url, **dict(options or {}))  # type: ignore[call-overload]

    async def save(self, path: str, chunks: AsyncIterator[bytes]) -> None:
        """Keep what comes, in constant memory. What the iterator raises ends it, and nothing is kept."""
        writer = obstore.open_writer_async(self._store, path, buffer_size=PIECE, max_concurrency=AT_ONCE)
        async with writer:
            async for chunk in chunks:
                await writer.write(chunk)

    async def put(self, path: str, content: bytes) -> None:
        """Keep a small object."""
        await obstore.put_async(self._store, path, content)

    async def read(self, path: str) -> bytes:
        """An object as a whole. Raises FileNotFoundError."""
        return bytes(await (await obstore.get_async(self._store, path)).bytes_async())

    async def stream(self, path: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`. Raises FileNotFoundError."""
        found = await obstore.get_async(self._store, path, options={"range": (start, end)} if end else {})
        async for chunk in found.stream(min_chunk_size=PIECE):
            yield bytes(chunk)

    async def folders(self) -> list[str]:
        """The names at the top."""
        listed = await obstore.list_with_delimiter_async(self._store)
        return [prefix.rstrip("/") for prefix in listed["common_prefixes"]]

    async def remove(self, folder: str) -> None:
        """Remove all below a folder."""
        paths = [found["path"] async for found in _listed(self._store, folder)]
        await obstore.delete_async(self._store, paths)


async def _listed(store: ObjectStore, folder: str) -> AsyncIterator[dict[str, str]]:
    async for page in obstore.list(store, f"{folder}/"):
        for found in page:
            yield {"path": found["path"]}

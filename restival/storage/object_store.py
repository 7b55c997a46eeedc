"""Objects by path in a folder or a bucket, streamed both ways."""

import logging
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore import exceptions
from obstore.store import LocalStore, ObjectStore, from_url

from restival.errors import RestivalError
from restival.i18n import t

PIECE = 5 * 1024 * 1024
"""Bytes that are sent to the store at once; S3 takes no smaller ones."""
AT_ONCE = 2
"""Pieces that are under way at a time: what an upload holds in memory."""
RETRIES = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
"""Somebody waits: better they hear of it."""
PROBE = "probe"
REFUSED = re.compile(r"\b(401 Unauthorized|403 Forbidden)\b")
"""How obstore tells it, whose classes of errors differ from call to call."""

log = logging.getLogger(__name__)


class StorageUnavailable(RestivalError):
    """The store can't be used. The message is for the person, `mend` tells whoever runs the app what to look after."""

    def __init__(self, why: str, mend: str) -> None:
        self.mend = mend
        super().__init__(
            t(
                "The file storage {why}. Try again, or ask an administrator.",
                why=why,
            )
        )


class StorageMisconfigured(RestivalError):
    """Settings with which there can be no store; the message names the setting."""


class Storage:
    """A store by its URL: `file:///…`, `s3://bucket/prefix`, or any that obstore knows.

    `options` are obstore's for that kind of store, as `endpoint`, `region`, `access_key_id`, `secret_access_key`. An
    endpoint may be `http://`. Every method raises StorageUnavailable where the store can't be used. Raises
    StorageMisconfigured for options that the store doesn't have.
    """

    def __init__(self, url: str, options: Mapping[str, str] | None = None) -> None:
        self._url = url
        given: dict[str, Any] = dict(options or {})
        self._at = f"{url} at {given['endpoint']}" if "endpoint" in given else url
        if url.startswith("file://"):
            folder = Path(url.removeprefix("file://"))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store: ObjectStore = LocalStore(folder, automatic_cleanup=True)
            return
        connecting = {"allow_http": str(given.get("endpoint", "")).startswith("http://")}
        try:
            self._store = from_url(url, client_options=connecting, retry_config=RETRIES, **given)  # type: ignore[call-overload]
        except exceptions.UnknownConfigurationKeyError as error:
            raise StorageMisconfigured(f"storage.options: {first_line(error)}") from None
        except (exceptions.BaseError, ValueError) as error:
            raise StorageMisconfigured(f"storage.url: {url} can't be used: {first_line(error)}") from None

    async def probe(self) -> None:
        """Keep and remove an object, to learn now whether that works."""
        await self.put(PROBE, b"")
        with self._told():
            await obstore.delete_async(self._store, PROBE)

    async def save(self, path: str, chunks: AsyncIterator[bytes]) -> None:
        """Keep what comes, in constant memory. What the iterator raises ends it, and nothing is kept."""
        with self._told():
            writer = obstore.open_writer_async(self._store, path, buffer_size=PIECE, max_concurrency=AT_ONCE)
            async with writer:
                async for chunk in chunks:
                    await writer.write(chunk)

    async def put(self, path: str, content: bytes) -> None:
        """Keep a small object."""
        with self._told():
            await obstore.put_async(self._store, path, content)

    async def read(self, path: str) -> bytes:
        """An object as a whole. Raises FileNotFoundError."""
        with self._told(path):
            return bytes(await (await obstore.get_async(self._store, path)).bytes_async())

    async def stream(self, path: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`. Raises FileNotFoundError."""
        with self._told(path):
            found = await obstore.get_async(self._store, path, options={"range": (start, end)} if end else {})
            async for chunk in found.stream(min_chunk_size=PIECE):
                yield bytes(chunk)

    async def folders(self) -> list[str]:
        """The names at the top."""
        with self._told():
            listed = await obstore.list_with_delimiter_async(self._store)
        return [prefix.rstrip("/") for prefix in listed["common_prefixes"]]

    async def paths(self, folder: str) -> list[str]:
        """The paths of all objects below a folder."""
        with self._told():
            return [found["path"] async for page in obstore.list(self._store, f"{folder}/") for found in page]

    async def remove(self, paths: list[str]) -> None:
        """Remove objects."""
        with self._told():
            if paths:
                await obstore.delete_async(self._store, paths)

    @contextmanager
    def _told(self, path: str | None = None) -> Iterator[None]:
        """Tells what is wrong with the store in words; that a `path` isn't there is no trouble of the store's."""
        try:
            yield
        except (exceptions.BaseError, OSError) as error:
            missing = isinstance(error, FileNotFoundError)
            if missing and path is not None and "NoSuchBucket" not in str(error):
                raise
            raise self._trouble(error) from None

    def _trouble(self, error: Exception) -> StorageUnavailable:
        if REFUSED.search(str(error)) or isinstance(error, PermissionError):
            why, told, mend = (
                "denies this app access",
                t("denies this app access"),
                "check the credentials in storage.options and their permissions",
            )
        elif isinstance(error, FileNotFoundError) or "NoSuchBucket" in str(error):
            why, told, mend = "doesn't exist", t("doesn't exist"), "check storage.url"
        else:
            why, told, mend = "can't be reached", t("can't be reached"), "check storage.url and storage.options"
        trouble = StorageUnavailable(told, f"{self._at} {why}: {mend} ({first_line(error)})")
        log.warning("storage: %s", trouble.mend)
        return trouble


def first_line(error: Exception) -> str:
    """What an error of the store says: S3's own name for it, without what is added for those who look after obstore."""
    code = re.search(r"<Code>(\w+)</Code>", str(error))
    return code[1] if code else str(error).partition("\n")[0][:500]

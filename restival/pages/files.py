"""What open pages show of bytes: pictures, documents, tables as CSV. In memory, for as long as a page shows them."""

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from mimetypes import guess_type
from urllib.parse import quote

from restival.access.person import Person
from restival.io.core.file_content import FileGone

GRACE_SECONDS = 60.0
"""How long a file is to be had after the page shows something else: browsers may be fetching it still."""


@dataclass
class PageFile:
    """A file of a page, for the person it was read for. `shelves` counts who shows it."""

    slug: str
    person: Person
    name: str
    type: str
    content: bytes
    shelves: int = 0


class PageFiles:
    """The files of all open pages, by ids that can't be guessed; the same bytes have the same id."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._kept: dict[str, PageFile] = {}

    def shelf(self, slug: str, person: Person) -> "Shelf":
        """Room for what one reading of a page shows to a person."""
        return Shelf(self, slug, person)

    def put(self, kept: PageFile) -> str:
        """Keep a file once more, and give its id."""
        owner = f"{kept.slug}\0{kept.person.identity}\0{kept.name}\0{kept.type}\0".encode()
        file = hmac.digest(self._key, owner + kept.content, "sha256").hex()
        self._kept.setdefault(file, kept).shelves += 1
        return file

    def release(self, file: str) -> None:
        """One less shows it."""
        kept = self._kept[file]
        kept.shelves -= 1
        if not kept.shelves:
            del self._kept[file]

    def known(self, file: str) -> PageFile:
        """A file by its id. Raises FileGone."""
        if file not in self._kept:
            raise FileGone("This file is no longer available. Reopen its page.")
        return self._kept[file]


class Shelf:
    """The files of one reading of a page, as components know where files are."""

    def __init__(self, files: PageFiles, slug: str, person: Person) -> None:
        self._files, self.slug, self._person = files, slug, person
        self._ids: list[str] = []
        self._closed = False

    async def keep(self, owner: str, name: str, content: bytes, media_type: str | None = None) -> str:
        """Keep bytes that the page shows, and give their id."""
        known = media_type or guess_type(name)[0] or "application/octet-stream"
        file = self._files.put(PageFile(self.slug, self._person, name, known, content))
        self._ids.append(file)
        if self._closed:
            self._release_later()
        return file

    def url(self, file: str, name: str) -> str:
        """The address of a file, as a path of the app."""
        return f"/api/pages/{file}/{quote(name, safe='')}"

    async def read(self, file: str) -> bytes:
        """A file as a whole. Raises FileGone."""
        return self._files.known(file).content

    async def stream(self, file: str) -> AsyncIterator[bytes]:
        """A file in one piece. Raises FileGone."""
        yield self._files.known(file).content

    def close(self) -> None:
        """The page shows something else from now on."""
        self._closed = True
        self._release_later()

    def _release_later(self) -> None:
        ids, self._ids = self._ids, []
        for file in ids:
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._files.release, file)

"""The files of transactions: taken, given back, and removed when their transaction is."""

import json
import secrets
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from mimetypes import guess_type
from urllib.parse import quote

from restival.io.call import FieldSpec, InvalidAnswer, Json
from restival.io.content import FileGone
from restival.io.file import FILES, File
from restival.io.walk import changed, every
from restival.storage.storage import Storage

LONGEST_NAME = 200


class TooLarge(Exception):
    """More bytes came than may."""


class Files:
    """Files by ids `<transaction>/<random>`: to know an id is to have been told it by its transaction."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def take(
        self,
        transaction: str,
        name: str,
        media_type: str,
        last_modified: datetime | None,
        chunks: AsyncIterator[bytes],
        max_size: int,
    ) -> File:
        """Keep an upload in constant memory. Raises TooLarge once there are more bytes than that."""
        file = f"{transaction}/{secrets.token_hex(16)}"
        size = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal size
            async for chunk in chunks:
                size += len(chunk)
                if size > max_size:
                    raise TooLarge
                yield chunk

        await self._storage.save(file, counted())
        taken = File(id=file, name=clean(name), size=size, type=media_type[:200], last_modified=last_modified)
        await self._storage.put(f"{file}.json", taken.model_dump_json().encode())
        return taken

    async def keep(self, transaction: str, name: str, content: bytes, media_type: str | None = None) -> str:
        """Keep bytes that a transaction shows."""

        async def whole() -> AsyncIterator[bytes]:
            yield content

        known = media_type or guess_type(name)[0] or "application/octet-stream"
        return (await self.take(transaction, name, known, None, whole(), len(content))).id

    async def known(self, file: str) -> File:
        """What is known of a file. Raises FileGone."""
        try:
            return File.model_validate_json(await self._storage.read(f"{file}.json"))
        except FileNotFoundError:
            raise FileGone(f"The file {file} isn't there any more.") from None

    async def read(self, file: str) -> bytes:
        """A file as a whole. Raises FileGone."""
        try:
            return await self._storage.read(file)
        except FileNotFoundError:
            raise FileGone(f"The file {file} isn't there any more.") from None

    async def stream(self, file: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`. Raises FileGone."""
        try:
            async for chunk in self._storage.stream(file, start, end):
                yield chunk
        except FileNotFoundError:
            raise FileGone(f"The file {file} isn't there any more.") from None

    def url(self, file: str, name: str) -> str:
        """The address of a file, as a path of the app."""
        return f"/api/files/{file}/{quote(name, safe='')}"

    async def confirmed(
        self, transaction: str, specs: Sequence[FieldSpec], answers: Mapping[str, Json]
    ) -> dict[str, Json]:
        """The answers with what is known of their files. Raises InvalidAnswer for one that isn't the transaction's."""
        given = [file for answer in every(specs, answers, is_file) for file in FILES.validate_python(answer)]
        known: dict[str, Json] = {}
        for file in given:
            if file.id.rpartition("/")[0] != transaction:
                raise InvalidAnswer("Please upload the file again: it belongs to another form.")
            with suppress(FileGone):
                known[file.id] = (await self.known(file.id)).model_dump(mode="json")
        if len(known) < len({file.id for file in given}):
            raise InvalidAnswer("Please upload the file again: it isn't there any more.")
        return changed(specs, answers, is_file, lambda answer: [known[file["id"]] for file in answer])

    async def sweep(self, kept: Callable[[list[str]], Awaitable[set[str]]]) -> list[str]:
        """Remove the files of transactions that aren't kept any more, and give their ids."""
        there = await self._storage.folders()
        gone = sorted(set(there) - await kept(there)) if there else []
        for transaction in gone:
            await self._storage.remove(transaction)
        return gone


def is_file(spec: FieldSpec) -> bool:
    """Whether a field asks for files."""
    return spec.component == "input.file"


def clean(name: str) -> str:
    """A name without folders, control characters and what turns the direction of writing."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    shown = shown.strip(" .") or "file"
    if len(shown) <= LONGEST_NAME:
        return shown
    stem, point, ending = shown.rpartition(".")
    return stem[: LONGEST_NAME - 20] + point + ending[:19] if point and stem else shown[:LONGEST_NAME]


def declared(header: str | None) -> datetime | None:
    """The time of the last change as a browser tells it: milliseconds since 1970."""
    with suppress(TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(json.loads(header or "null")) / 1000).astimezone()
    return None

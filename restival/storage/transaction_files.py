"""The files of transactions: taken, given back, and removed when their transaction is."""

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from urllib.parse import quote

from restival.i18n import t
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.file_content import FileGone
from restival.io.core.file_names import clean
from restival.io.core.traverse import changed, every
from restival.io.input.file import FILES, File, is_file
from restival.storage.object_store import Storage
from restival.storage.unsent_uploads import Unsent


@dataclass(frozen=True)
class FileUse:
    """What a transaction has to do with its files: `told` is all that it has asked, got and shown, as text with the
    files' ids in it; `asking` is the number of the IO call that waits."""

    told: str
    asking: int | None
    ended: bool

    def needs(self, file: str) -> bool:
        """Whether a file can't be removed: it was sent or shown, or may be sent still."""
        number = file.rpartition("/")[2].partition("-")[0]
        uploaded_into = int(number) if number.isdecimal() and "-" in file.rpartition("/")[2] else None
        waits = not self.ended and uploaded_into in (None, self.asking)
        return waits or file in self.told


class TooLarge(Exception):
    """More bytes came than may."""


class Files:
    """Files by ids `<transaction>/<random>`: to know an id is to have been told it by its transaction."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._unsent = Unsent()
        self._tidy: set[str] = set()
        """Transactions that have ended, and of whose files all are needed that are left."""

    async def probe(self) -> None:
        """Learn now whether files can be kept. Raises StorageUnavailable."""
        await self._storage.probe()

    async def take(
        self,
        transaction: str,
        name: str,
        media_type: str,
        last_modified: datetime | None,
        chunks: AsyncIterator[bytes],
        max_size: int,
        call: int | None = None,
    ) -> File:
        """Keep an upload in constant memory, for the IO call with that number if it is for one.

        Raises TooLarge once there are more bytes than that.
        """
        file = f"{transaction}/{'' if call is None else f'{call}-'}{secrets.token_hex(16)}"
        size = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal size
            async for chunk in chunks:
                size += len(chunk)
                if size > max_size:
                    raise TooLarge
                yield chunk

        return await self._save(file, name, media_type, last_modified, counted(), lambda: size)

    async def upload(
        self,
        transaction: str,
        call: int,
        by: str,
        most: int,
        name: str,
        media_type: str,
        last_modified: datetime | None,
        chunks: AsyncIterator[bytes],
        max_size: int,
    ) -> File:
        """Keep what a person uploads for an IO call that waits for an answer, for which at most so many files are kept
        until it has one. Raises TooLarge, NoRoom."""
        prefix = f"{transaction}/{call}-"
        there = [path for path in await self._storage.paths(transaction) if path.startswith(prefix)]
        await self._remove(self._unsent.surplus([path for path in there if not path.endswith(".json")], most))
        file = f"{prefix}{secrets.token_hex(16)}"
        self._unsent.begin(file, transaction, by)
        size = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal size
            async for chunk in chunks:
                size = self._unsent.grow(file, len(chunk))
                if size > max_size:
                    raise TooLarge
                yield chunk

        try:
            return await self._save(file, name, media_type, last_modified, counted(), lambda: size)
        except BaseException:
            self._unsent.forget([file])
            raise

    async def _save(
        self,
        file: str,
        name: str,
        media_type: str,
        last_modified: datetime | None,
        chunks: AsyncIterator[bytes],
        size: Callable[[], int],
    ) -> File:
        await self._storage.save(file, chunks)
        taken = File(id=file, name=clean(name), size=size(), type=media_type[:200], last_modified=last_modified)
        await self._storage.put(f"{file}.json", taken.model_dump_json().encode())
        return taken

    async def _remove(self, files: Sequence[str]) -> None:
        await self._storage.remove([path for file in files for path in (file, f"{file}.json")])
        self._unsent.forget(files)

    async def of(self, transaction: str) -> set[str]:
        """The files of a transaction."""
        paths = await self._storage.paths(transaction)
        return {path.removesuffix(".json") for path in paths if path.endswith(".json")}

    async def copy(self, file: str, to: str) -> None:
        """Keep a file under another id too. Raises FileGone."""
        known = await self.known(file)
        await self._storage.save(to, self.stream(file))
        await self._storage.put(f"{to}.json", known.model_copy(update={"id": to}).model_dump_json().encode())

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
            raise FileGone(t("The file {file} no longer exists.", file=file)) from None

    async def read(self, file: str) -> bytes:
        """A file as a whole. Raises FileGone."""
        try:
            return await self._storage.read(file)
        except FileNotFoundError:
            raise FileGone(t("The file {file} no longer exists.", file=file)) from None

    async def stream(self, file: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`. Raises FileGone."""
        try:
            async for chunk in self._storage.stream(file, start, end):
                yield chunk
        except FileNotFoundError:
            raise FileGone(t("The file {file} no longer exists.", file=file)) from None

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
                raise InvalidAnswer(t("The file belongs to another form. Upload it again."))
            with suppress(FileGone):
                known[file.id] = (await self.known(file.id)).model_dump(mode="json")
        if len(known) < len({file.id for file in given}):
            raise InvalidAnswer(t("The file is no longer available. Upload it again."))
        self._unsent.send(known)
        return changed(specs, answers, is_file, lambda answer: [known[file["id"]] for file in answer])

    async def sweep(
        self, kept: Callable[[list[str]], Awaitable[set[str]]], use: Callable[[str], Awaitable[FileUse]]
    ) -> list[str]:
        """Remove the files of transactions that aren't kept any more, and those that a kept one has no use for: they
        were uploaded into a form that was sent without them, or never sent. Gives the paths that were removed."""
        there = await self._storage.folders()
        known = await kept(there) if there else set()
        self._tidy &= known
        removed: list[str] = []
        for transaction in there:
            if transaction in self._tidy:
                continue
            paths = await self._storage.paths(transaction)  # before the use is asked for, which only shrinks
            if transaction in known:
                used = await use(transaction)
                if used.ended:
                    self._tidy.add(transaction)
                paths = [path for path in paths if not used.needs(path.removesuffix(".json"))]
            await self._storage.remove(paths)
            self._unsent.forget(paths)
            removed += paths
        return removed


def declared(header: str | None) -> datetime | None:
    """The time of the last change as a browser tells it: milliseconds since 1970."""
    with suppress(TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(json.loads(header or "null")) / 1000).astimezone()
    return None

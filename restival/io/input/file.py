"""Files that a person uploads."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from restival.i18n import decimal, t, tn
from restival.io.core.call import FieldSpec, InvalidAnswer, Json
from restival.io.core.callbacks import run_callback
from restival.io.core.component import Component, Props
from restival.io.core.download import downloaded
from restival.io.core.file_content import content
from restival.io.input.presigned import GeneratePresignedUrls, addresses, state_of

V = TypeVar("V")

MAX_SIZE = 2_000_000_000
"""Bytes that a file may have where the action sets no limit."""
MOST_FILES = 100
PRESIGNED = "presigned-"
"""What the keys begin with of files that don't lie in the app's storage."""


class File(BaseModel):
    """An uploaded file.

    The app stores its content until the transaction is removed.
    If you use your own storage, the content is at `download_url`.
    `size` is in bytes, `type` is the media type that the browser sent, and `last_modified` is its time, if it sent one.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(max_length=300)
    name: str = Field(min_length=1, max_length=255)
    size: int = Field(ge=0)
    type: str = Field("application/octet-stream", max_length=200)
    last_modified: datetime | None = None
    download_url: str | None = None
    """Where the content is, if it isn't in the app's storage."""

    @property
    def extension(self) -> str:
        """The extension with its dot, as in ".pdf". It is empty if the name has none."""
        return PurePosixPath(self.name).suffix

    async def read(self) -> bytes:
        """Returns the whole content. Raises FileGone."""
        if self.download_url is not None:
            return b"".join([piece async for piece in self.stream()])
        return await content().read(self.id)

    async def text(self, encoding: str = "utf-8") -> str:
        """Returns the whole content as text. Raises FileGone and UnicodeDecodeError."""
        return (await self.read()).decode(encoding)

    async def json(self) -> Any:  # type: ignore[override]  # pydantic's own is deprecated, and Interval's has this name
        """Returns the whole content as a JSON value. Raises FileGone and ValueError."""
        return json.loads(await self.read())

    def stream(self) -> AsyncIterator[bytes]:
        """Yields the content in chunks, for `async for`. Raises FileGone."""
        return content().stream(self.id) if self.download_url is None else downloaded(self.name, self.download_url)

    def url(self) -> str:
        """Returns the path of the content in the app, for users who can see the transaction.

        For a file in your own storage, it returns the download URL.
        """
        return content().url(self.id, self.name) if self.download_url is None else self.download_url


FILES = TypeAdapter(list[File])


class FileProps(Props):
    """Endings are in small letters, with their point; sizes in bytes. A `presigned` file isn't sent to the app, but
    where the action says."""

    allowed_extensions: list[str] | None = None
    max_size: int = MAX_SIZE
    multiple: bool = False
    presigned: bool = False

    def check(self, answer: Json) -> list[Json]:
        """Files of allowed kinds and sizes. That each was uploaded is checked where they lie."""
        try:
            files = FILES.validate_python(answer)
        except ValidationError:
            raise InvalidAnswer(t("Choose a file.")) from None
        if len(files) > (MOST_FILES if self.multiple else 1):
            raise InvalidAnswer(
                t("Choose at most {count} files.", count=MOST_FILES) if self.multiple else t("Choose one file.")
            )
        for file in files:
            self.check_one(file.name, file.size)
        return [file.model_dump(mode="json", exclude={"download_url"}) for file in files]

    def check_one(self, name: str, size: int) -> None:
        """Raises InvalidAnswer where a file with this name and size can't be taken."""
        ending = PurePosixPath(name).suffix.lower()
        if self.allowed_extensions is not None and ending not in self.allowed_extensions:
            raise InvalidAnswer(_wrong_kind(name, self.allowed_extensions))
        if size > self.max_size:
            raise InvalidAnswer(
                t("{name} is too large. The limit is {size}.", name=name, size=format_size(self.max_size))
            )


class FileInput(Component[V]):
    """A file, uploaded while the form is open. Call `.multiple()` to accept several files.

    `allowed_extensions` are extensions such as "pdf" or ".pdf", and `max_size` is in bytes.
    `default_value` is a file that the transaction already has.

    The value is a `File` with `name`, `extension`, `size`, `type`, and `last_modified`.
    Read it with `await file.read()`, `.text()`, or `.json()`, or with `async for` over `file.stream()`.
    `file.url()` returns its address.

    With `generate_presigned_urls`, the browser sends files to your own storage.
    The function, sync or async, gets a `FileState` (`name`, `type`, `size`, `last_modified`).
    It returns `{"uploadUrl": …, "downloadUrl": …}`.
    It runs in the transaction once for each file, and its result is recorded.
    Your storage must allow PUT requests from the app's pages (CORS).
    """

    name = "input.file"
    props_type = FileProps

    def __init__(
        self: "FileInput[File]",
        label: str,
        *,
        help_text: str | None = None,
        default_value: File | None = None,
        allowed_extensions: Sequence[str] | None = None,
        max_size: int = MAX_SIZE,
        generate_presigned_urls: GeneratePresignedUrls | None = None,
        disabled: bool = False,
    ) -> None:
        endings = (
            None if allowed_extensions is None else [f".{ending.lower().lstrip('.')}" for ending in allowed_extensions]
        )
        self._presign = generate_presigned_urls
        self._given: list[File] = []
        presigned = generate_presigned_urls is not None
        props = FileProps(allowed_extensions=endings, max_size=max_size, presigned=presigned)
        super().__init__(label, props, help_text=help_text, disabled=disabled)
        self._begin_with([] if default_value is None else [default_value])

    def multiple(self, *, default_value: Sequence[File] | None = None) -> "FileInput[list[File]]":
        """Accepts several files. The value is a list.

        The list starts with the files of `default_value`, which the transaction must already have.
        """
        cast(FileProps, self.props).multiple = True
        if default_value is not None:
            self._begin_with(default_value)
        return cast("FileInput[list[File]]", self)

    def _begin_with(self, files: Sequence[File]) -> None:
        if self._presign is not None:
            files = [file.model_copy(update={"id": f"{PRESIGNED}{number}"}) for number, file in enumerate(files)]
            self._given = list(files)
        self.default_value = list(files) or None

    def dump(self, value: Sequence[File]) -> list[Json]:
        """The files as the browser knows them."""
        return [file.model_dump(mode="json", exclude={"download_url"}) for file in value]

    async def on_event(self, name: str, payload: Json) -> Any:
        """Where a file can be sent to, and read from."""
        if name != "presign" or self._presign is None:
            return await super().on_event(name, payload)
        file = state_of(payload)
        cast(FileProps, self.props).check_one(file.name, file.size)
        upload, download = addresses(self.label, await run_callback(self._presign, file))
        return {**file.model_dump(), "upload_url": upload, "download_url": download}

    async def apply_event(self, name: str, recorded: Any) -> Json:
        """Know the file by a key of its own from now on."""
        told = {key: value for key, value in recorded.items() if key != "upload_url"}
        file = File(id=f"{PRESIGNED}{len(self._given)}", **told)
        self._given.append(file)
        shown = file.model_dump(mode="json", exclude={"download_url"})
        return {"file": shown, "upload_url": recorded["upload_url"]}

    def kept(self, answer: Json) -> Json:
        """The files, with the addresses that the action gave for them and not the browser."""
        if self._presign is None:
            return answer
        try:
            return [file.model_dump(mode="json") for file in self._known(answer)]
        except InvalidAnswer:
            return None

    def resolve(self, answer: Json) -> Any:
        """The file, or the list of them."""
        files = FILES.validate_python(answer) if self._presign is None else self._known(answer)
        return files if cast(FileProps, self.props).multiple else files[0]

    def _known(self, answer: Json) -> list[File]:
        """The files of an answer as they were announced before they were sent."""
        by_id = {file.id: file for file in self._given}
        try:
            return [by_id[file["id"]] for file in answer]
        except (TypeError, KeyError):
            raise InvalidAnswer(t("The file is no longer available. Upload it again.")) from None


def is_file(spec: FieldSpec) -> bool:
    """Whether a field asks for files that are kept here."""
    return spec.component == "input.file" and not spec.props.get("presigned")


def format_size(size: int) -> str:
    """A number of bytes as people read it."""
    for unit, factor in (("GB", 1000**3), ("MB", 1000**2), ("KB", 1000)):
        if size >= factor:
            return f"{decimal(size / factor, 0 if round(size / factor, 1).is_integer() else 1)} {unit}"
    return tn("{count} byte", "{count} bytes", size)


def _wrong_kind(name: str, endings: Sequence[str]) -> str:
    if len(endings) == 1:
        return t("{name} isn't a {ending} file. Choose another file.", name=name, ending=endings[0])
    most, last = ", ".join(endings[:-1]), endings[-1]
    return t("{name} isn't a {endings} or {last} file. Choose another file.", name=name, endings=most, last=last)

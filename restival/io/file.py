"""Files that a person uploads."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from restival.io.call import InvalidAnswer, Json
from restival.io.component import Component, Props
from restival.io.content import content

V = TypeVar("V")

MAX_SIZE = 2_000_000_000
"""Bytes that a file may have where the action sets no limit."""
MOST_FILES = 100


class File(BaseModel):
    """An uploaded file. Its content lies in the app's storage as long as its transaction is kept.

    `size` is in bytes; `type` is the media type that the browser told, `last_modified` the time, if it told one.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(max_length=300)
    name: str = Field(min_length=1, max_length=255)
    size: int = Field(ge=0)
    type: str = Field("application/octet-stream", max_length=200)
    last_modified: datetime | None = None

    async def read(self) -> bytes:
        """The whole content. Raises FileGone."""
        return await content().read(self.id)

    async def text(self, encoding: str = "utf-8") -> str:
        """The whole content as text. Raises FileGone, UnicodeDecodeError."""
        return (await self.read()).decode(encoding)

    async def json(self) -> Any:  # type: ignore[override]  # pydantic's own is deprecated, and Interval's has this name
        """The whole content as a JSON value. Raises FileGone, ValueError."""
        return json.loads(await self.read())

    def stream(self) -> AsyncIterator[bytes]:
        """The content piece by piece, for `async for`. Raises FileGone."""
        return content().stream(self.id)

    def url(self) -> str:
        """The address of the content, as a path of the app, for those who may see the transaction."""
        return content().url(self.id, self.name)


FILES = TypeAdapter(list[File])


class FileProps(Props):
    """Endings are in small letters, with their point; sizes in bytes."""

    allowed_extensions: list[str] | None = None
    max_size: int = MAX_SIZE
    multiple: bool = False

    def check(self, answer: Json) -> list[Json]:
        """Files of allowed kinds and sizes. That each was uploaded is checked where they lie."""
        try:
            files = FILES.validate_python(answer)
        except ValidationError:
            raise InvalidAnswer("Please choose a file.") from None
        if len(files) > (MOST_FILES if self.multiple else 1):
            raise InvalidAnswer(
                f"Please choose at most {MOST_FILES} files." if self.multiple else "Please choose one file."
            )
        for file in files:
            self.check_one(file.name, file.size)
        return [file.model_dump(mode="json") for file in files]

    def check_one(self, name: str, size: int) -> None:
        """Raises InvalidAnswer where a file with this name and size can't be taken."""
        ending = PurePosixPath(name).suffix.lower()
        if self.allowed_extensions is not None and ending not in self.allowed_extensions:
            raise InvalidAnswer(f"{name} can't be taken: please choose {_either(self.allowed_extensions)}.")
        if size > self.max_size:
            raise InvalidAnswer(f"{name} is too large: at most {in_words(self.max_size)} are taken.")


class FileInput(Component[V]):
    """A file that is uploaded while the form is open; `.multiple()` takes several.

    `allowed_extensions` are endings as "pdf" or ".pdf", `max_size` is in bytes. The value is a `File`: `name`, `size`,
    `type`, `last_modified`, `await file.read()`, `.text()`, `.json()`, `async for` over `file.stream()`, `file.url()`.
    """

    name = "input.file"
    props_type = FileProps

    def __init__(
        self: "FileInput[File]",
        label: str,
        *,
        help_text: str | None = None,
        allowed_extensions: Sequence[str] | None = None,
        max_size: int = MAX_SIZE,
    ) -> None:
        endings = (
            None if allowed_extensions is None else [f".{ending.lower().lstrip('.')}" for ending in allowed_extensions]
        )
        super().__init__(label, FileProps(allowed_extensions=endings, max_size=max_size), help_text=help_text)

    def multiple(self) -> "FileInput[list[File]]":
        """Take several files; the value is a list."""
        cast(FileProps, self.props).multiple = True
        return cast("FileInput[list[File]]", self)

    def resolve(self, answer: Json) -> Any:
        """The file, or the list of them."""
        files = FILES.validate_python(answer)
        return files if cast(FileProps, self.props).multiple else files[0]


def in_words(size: int) -> str:
    """A number of bytes as people read it."""
    for unit, factor in (("GB", 1000**3), ("MB", 1000**2), ("KB", 1000)):
        if size >= factor:
            return f"{size / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


def _either(endings: Sequence[str]) -> str:
    return f"{', '.join(endings[:-1])} or {endings[-1]}" if len(endings) > 1 else f"a {endings[0]} file"

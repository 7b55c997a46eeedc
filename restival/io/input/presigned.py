"""Addresses in a storage of the team's own, to which browsers send files past the app."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from restival.i18n import t
from restival.io.core.call import InvalidAnswer, Json
from restival.io.core.file_names import clean


class FileState(BaseModel):
    """A file before its upload, as the browser describes it.

    `size` is in bytes. The browser sends the file with `type` as its content type.
    """

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=255)
    type: str = Field("application/octet-stream", max_length=200)
    size: int = Field(ge=0)
    last_modified: datetime | None = None


class FileUrlSet(TypedDict):
    """The address to which the browser sends a file with PUT, and the address to read it from."""

    uploadUrl: str  # as in Interval's SDK
    downloadUrl: str


GeneratePresignedUrls = Callable[[FileState], FileUrlSet | Awaitable[FileUrlSet]]


def state_of(payload: Json) -> FileState:
    """What a browser tells of a file. Raises InvalidAnswer."""
    try:
        told = FileState.model_validate(payload)
    except ValidationError:
        raise InvalidAnswer(t("Choose a file.")) from None
    return told.model_copy(update={"name": clean(told.name)})


def addresses(label: str, given: Mapping[str, object]) -> tuple[str, str]:
    """The address to send to, and that to read from. Raises ValueError where they are none."""
    upload, download = given.get("uploadUrl"), given.get("downloadUrl")
    if not _is_address(upload) or not _is_address(download):
        raise ValueError(
            f"io.input.file({label!r}): generate_presigned_urls must return "
            '{"uploadUrl": …, "downloadUrl": …}, both with http:// or https://'
        )
    return str(upload), str(download)


def _is_address(given: object) -> bool:
    return isinstance(given, str) and given.startswith(("http://", "https://"))

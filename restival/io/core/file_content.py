"""Where the content of files is: whoever runs the app says so."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from restival.isolation.owner import transaction
from restival.isolation.process_wide import ProcessWide


class Content(Protocol):
    """Gives the bytes of files by their id, and keeps those that an action shows."""

    async def read(self, file: str) -> bytes:
        """A file as a whole. Raises FileGone."""

    def stream(self, file: str) -> AsyncIterator[bytes]:
        """A file piece by piece. Raises FileGone."""

    def url(self, file: str, name: str) -> str:
        """The address of a file, as a path of the app."""

    async def keep(self, transaction: str, name: str, content: bytes, media_type: str | None = None) -> str:
        """Keep bytes that a transaction shows, and give their id; the type is that of the name where none is given."""


class FileGone(FileNotFoundError):
    """A file's content isn't there (any more): its transaction has ended long ago, or the store was changed."""


CONTENT: ProcessWide[Content | None] = ProcessWide(None)
"""It is process-wide because actions read files that pydantic has made of their ids."""
_here: ContextVar[Content | None] = ContextVar("restival_content", default=None)


@contextmanager
def content_here(content: Content, owner: str) -> Iterator[None]:
    """Keep what is shown here with this content instead, as the owner's."""
    before, whose = _here.set(content), transaction.set(owner)
    try:
        yield
    finally:
        _here.reset(before)
        transaction.reset(whose)


def content() -> Content:
    """Where files are. Raises FileGone where no app runs."""
    if (here := _here.get()) is not None:
        return here
    if (kept := CONTENT.get()) is None:
        raise FileGone("Files exist only while the app is running.")
    return kept

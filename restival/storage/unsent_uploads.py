"""What was uploaded into forms that weren't sent yet, so that nobody fills the disk with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import FieldSpec
from restival.io.core.traverse import fields_within
from restival.io.input.file import MOST_FILES, FileProps, format_size, is_file

SPARE = 10
"""Files of a question besides those that it may be answered with: people change their minds."""
MOST_UNSENT = 1_000
"""Files of a transaction or a person."""
MOST_BYTES = 20_000_000_000
"""Bytes of them."""
REMEMBERED = 10_000
"""Files of which it's known that they were sent: an upload for the same question may be under way still."""


class NoRoom(RestivalError):
    """Somebody has uploaded too much without sending it."""

    def __init__(self) -> None:
        super().__init__(
            t(
                "Too many files are uploaded but not sent (limit: {count} files, {size}). Send those forms first.",
                count=MOST_UNSENT,
                size=format_size(MOST_BYTES),
            )
        )


@dataclass
class Upload:
    """A file that is uploaded or under way: of which transaction, by whom, and its bytes so far."""

    transaction: str
    by: str
    size: int = 0

    @property
    def owners(self) -> list[tuple[str, str]]:
        """To whom it counts."""
        return [("transaction", self.transaction), ("person", self.by)]


class Unsent:
    """The uploads since the app has started that no form was sent with, by the files' ids."""

    def __init__(self) -> None:
        self._uploads: dict[str, Upload] = {}
        self._files: Counter[tuple[str, str]] = Counter()
        self._bytes: Counter[tuple[str, str]] = Counter()
        self._sent: dict[str, None] = {}

    def begin(self, file: str, transaction: str, by: str) -> None:
        """Count a file from now on. Raises NoRoom."""
        upload = Upload(transaction, by)
        if any(self._files[owner] >= MOST_UNSENT for owner in upload.owners):
            raise NoRoom
        self._uploads[file] = upload
        self._files.update(upload.owners)

    def grow(self, file: str, more: int) -> int:
        """Count more bytes of a file, and give how many there are. Raises NoRoom."""
        upload = self._uploads.get(file)
        if upload is None:  # it was removed meanwhile
            raise NoRoom
        upload.size += more
        self._bytes.update(dict.fromkeys(upload.owners, more))
        if any(self._bytes[owner] > MOST_BYTES for owner in upload.owners):
            raise NoRoom
        return upload.size

    def send(self, files: Iterable[str]) -> None:
        """These are part of an answer."""
        for file in files:
            self.forget([file])
            self._sent[file] = None
        while len(self._sent) > REMEMBERED:
            del self._sent[next(iter(self._sent))]

    def forget(self, files: Iterable[str]) -> None:
        """These aren't there any more."""
        for file in files:
            self._sent.pop(file, None)
            if upload := self._uploads.pop(file, None):
                for owner in upload.owners:
                    self._files[owner] -= 1
                    self._bytes[owner] -= upload.size
                self._files, self._bytes = +self._files, +self._bytes

    def surplus(self, there: Sequence[str], most: int) -> list[str]:
        """Which files of a question have to go so that there is room for one more: the oldest that weren't sent."""
        order = {file: at for at, file in enumerate(self._uploads)}
        unsent = sorted((file for file in there if file not in self._sent), key=lambda file: order.get(file, -1))
        return unsent[: max(0, len(unsent) - most + 1)]


def most_unsent(specs: Sequence[FieldSpec]) -> int:
    """How many files may lie unsent for a question with these fields."""
    asked = [(spec is inner, inner) for spec in specs for inner in fields_within(spec) if is_file(inner)]
    return SPARE + sum(
        1 if on_top and not FileProps.model_validate(field.props).multiple else MOST_FILES for on_top, field in asked
    )

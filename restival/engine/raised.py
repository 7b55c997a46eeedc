"""What recorded work came to, as bytes: its result, or a bounded, printable error. Making them never fails."""

from dataclasses import dataclass
from traceback import format_exception
from typing import Any

from restival.engine.codec import decode, encode
from restival.printable import printable

MAX_MESSAGE = 10_000
"""Characters of an error's message that are recorded."""
MAX_TRACEBACK = 20_000
"""Characters of a traceback that are recorded, the last ones."""
MAX_RESULT = 30_000_000
"""Bytes of a result. Restate takes messages of up to 32 MiB, and sends larger ones back for another try, for ever."""
MAX_PARTS = 10
"""Errors of an exception group that its message names."""


class Raised(Exception):
    """Recorded work has raised: what it was, as it was recorded. `done` says that the work itself was done, and only
    its result couldn't be recorded."""

    def __init__(self, error_type: str, message: str, traceback: str, *, done: bool = False) -> None:
        self.error_type, self.message, self.traceback, self.done = error_type, message, traceback, done
        super().__init__(f"{error_type}: {message}")


@dataclass(frozen=True)
class RecordedError:
    """An error in the record of work."""

    error_type: str
    message: str
    traceback: str
    done: bool = False


def recorded_result(value: Any) -> bytes:
    """A result as it is recorded; if it can't be, the error that says so."""
    try:
        data = encode(value)
    except BaseException as error:  # a value's own methods may raise anything
        return _undelivered("NotRecordable", f"its result can't be recorded: {message_of(error)}")
    if len(data) > MAX_RESULT:
        return _undelivered(
            "ResultTooLarge",
            f"its result takes {len(data):,} bytes; at most {MAX_RESULT:,} can be recorded. "
            "Save it elsewhere, and return where it is",
        )
    return data


def _undelivered(error_type: str, why: str) -> bytes:
    return encode(RecordedError(error_type, f"the work was done, but {why}", "", done=True))


def recorded_error(error: BaseException) -> bytes:
    """An error as it is recorded."""
    if isinstance(error, Raised):
        return encode(RecordedError(error.error_type, error.message, error.traceback, error.done))
    return encode(RecordedError(type_of(error), message_of(error), traceback_of(error)))


def restored(data: bytes) -> Any:
    """What was recorded. Raises Raised if that is an error."""
    result = decode(data)
    if isinstance(result, RecordedError):
        raise Raised(result.error_type, result.message, result.traceback, done=result.done)
    return result


def recorded_traceback(value: bytes) -> str:
    """The traceback in the record of a try that has failed; "" where it was something else."""
    error = decode(value) if value else None
    return error.traceback if isinstance(error, RecordedError) else ""


def raised(error: BaseException) -> Raised:
    """An error of any kind as one that can be raised anywhere: a loop lets SystemExit and KeyboardInterrupt through,
    and a future takes no StopIteration."""
    return error if isinstance(error, Raised) else Raised(type_of(error), message_of(error), traceback_of(error))


def type_of(error: BaseException) -> str:
    """The name of an error's class."""
    return printable(type(error).__qualname__, MAX_MESSAGE)


def message_of(error: BaseException) -> str:
    """An error's message; that of a group names what is in it."""
    message = printable(error, MAX_MESSAGE)
    if isinstance(error, BaseExceptionGroup):
        parts = [f"{type_of(part)}: {printable(part, MAX_MESSAGE)}" for part in _parts(error)]
        more = f"; and {len(parts) - MAX_PARTS} more" if len(parts) > MAX_PARTS else ""
        message = f"{message}: {'; '.join(parts[:MAX_PARTS])}{more}"
    return message[:MAX_MESSAGE]


def _parts(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    nested = ([*_parts(part)] if isinstance(part, BaseExceptionGroup) else [part] for part in group.exceptions)
    return [part for parts in nested for part in parts]


def traceback_of(error: BaseException) -> str:
    """An error's traceback, the end of it where it is long."""
    try:
        text = "".join(format_exception(error))
    except BaseException:  # an error's own methods may raise anything
        text = f"{type_of(error)}: {message_of(error)}\n"
    return printable(text, len(text) or 1)[-MAX_TRACEBACK:]

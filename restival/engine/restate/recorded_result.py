"""What recorded work came to, as bytes: its result, or a bounded, printable error. Making them never fails."""

from dataclasses import dataclass
from typing import Any

from restival.engine.restate.codec import decode, encode
from restival.errors import RestivalError
from restival.isolation.boundary import message_of, traceback_of, type_of

MAX_RESULT = 30_000_000
"""Bytes of a result. Restate takes messages of up to 32 MiB, and sends larger ones back for another try, for ever."""


class TooLargeToRecord(RestivalError):
    """More than Restate can store was to be recorded at once."""

    def __init__(self, what: str, size: int) -> None:
        super().__init__(f"The {what} has {size:,} bytes; the limit is {MAX_RESULT:,}.")


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
            f"its result has {len(data):,} bytes; the limit is {MAX_RESULT:,}. "
            "Save it elsewhere and return its location",
        )
    return data


def _undelivered(error_type: str, why: str) -> bytes:
    return encode(RecordedError(error_type, f"the work was done, but {why}", "", done=True))


def recorded_error(error: BaseException) -> bytes:
    """An error as it is recorded."""
    made = raised(error)
    return encode(RecordedError(made.error_type, made.message, made.traceback, made.done))


def restored(data: bytes) -> Any:
    """What was recorded. Raises Raised if that is an error."""
    result = decode(data)
    if isinstance(result, RecordedError):
        raise Raised(result.error_type, result.message, result.traceback, done=result.done)
    return result


def raised(error: BaseException) -> Raised:
    """An error of any kind as one that can be raised anywhere: a loop lets SystemExit and KeyboardInterrupt through,
    and a future takes no StopIteration."""
    if issubclass(type(error), Raised):  # isinstance would ask its __class__, which may raise anything
        assert isinstance(error, Raised)
        return error
    return Raised(type_of(error), message_of(error), traceback_of(error))

"""The line between authors' code and the app's own: whatever comes out of theirs becomes an ordinary exception."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb, format_exception
from typing import Any

from restival.isolation.printable import printable

MAX_MESSAGE = 10_000
"""Characters of an error's message that are shown or recorded."""
MAX_TRACEBACK = 20_000
"""Characters of a traceback that are shown or recorded, the last ones."""
MAX_PARTS = 10
"""Errors of an exception group that its message names."""


class HeldUp(BaseException):
    """Raised in code that doesn't give its loop back."""


class GuestError(Exception):
    """What authors' code has raised that isn't an ordinary exception, such as SystemExit."""

    def __init__(self, error: BaseException) -> None:
        self.error_type, self.message, self.traceback = type_of(error), message_of(error), traceback_of(error)
        super().__init__(f"{self.error_type}: {self.message}" if self.message else self.error_type)


@contextmanager
def guest_code() -> Iterator[None]:
    """Around authors' code, sync or async. Raises GuestError for all that a loop, a future or a thread would let
    through or choke on; a cancel of the task that runs it passes."""
    try:
        yield
    except (SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration) as error:
        raise GuestError(error) from error
    except asyncio.CancelledError as error:
        if _is_cancelled():
            raise
        raise GuestError(error) from error
    except Exception:
        raise
    except BaseException as error:
        if type(error).__module__.startswith("restival.") and not isinstance(error, HeldUp):
            raise  # Cancelled and the like are the app's own words
        raise GuestError(error) from error


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A sync function of an author's, to be called in a thread."""

    def call(*arguments: Any) -> Any:
        with guest_code():
            return function(*arguments)

    return call


def _is_cancelled() -> bool:
    try:
        task = asyncio.current_task()
    except RuntimeError:  # no loop runs here
        return False
    return task is not None and task.cancelling() > 0


def type_of(error: BaseException) -> str:
    """The name of an error's class."""
    return printable(type(error).__qualname__, MAX_MESSAGE)


def message_of(error: BaseException) -> str:
    """An error's message; that of a group names what is in it."""
    message = printable(error, MAX_MESSAGE)
    if issubclass(type(error), BaseExceptionGroup):  # isinstance would ask its __class__, which may raise anything
        assert isinstance(error, BaseExceptionGroup)
        parts = [f"{type_of(part)}: {printable(part, MAX_MESSAGE)}" for part in _parts(error)]
        more = f"; and {len(parts) - MAX_PARTS} more" if len(parts) > MAX_PARTS else ""
        message = f"{message}: {'; '.join(parts[:MAX_PARTS])}{more}"
    return message[:MAX_MESSAGE]


def _parts(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    nested = (_parts(part) if isinstance(part, BaseExceptionGroup) else [part] for part in group.exceptions)
    return [part for parts in nested for part in parts]


def traceback_of(error: BaseException) -> str:
    """An error's traceback, the end of it if it is long."""
    try:
        text = "".join(format_exception(error))
    except BaseException:  # an error's own methods may raise anything
        text = f"{type_of(error)}: {message_of(error)}\n"
    return printable(text, len(text) or 1)[-MAX_TRACEBACK:]


def place_in(error: BaseException, root: Path) -> tuple[Path, int] | None:
    """The innermost file and line of a traceback that lies in a folder, but isn't an installed package."""
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(root)]
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    return (Path(own[-1].filename), own[-1].lineno or 1) if own else None

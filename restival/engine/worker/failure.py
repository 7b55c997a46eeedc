"""How an action's body has ended, as the outcome that people read."""

import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from restival.engine.restate.recorded_result import MAX_RESULT, Raised
from restival.engine.state.records import PARKED, Outcome
from restival.io.core.jsonable import wholly_jsonable
from restival.isolation.boundary import MAX_TRACEBACK, GuestError, message_of, type_of
from restival.isolation.printable import printable

SAME_FAILURES = 3
"""After so many failures of the same kind in a row, trying again helps nobody."""


class Parked(Exception):
    """Ends an attempt that waits for other code. Nothing of the end is recorded, so that the next attempt resumes from
    what was recorded before."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{PARKED}{outcome.error_type}: {outcome.error}")

    def __repr__(self) -> str:
        """Without the class and quotes: the SDK sends this to Restate, and people read it."""
        return str(self)


class Failures:
    """Attempts that failed without an outcome: by a fault of the app's own, not of the action."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, int]] = {}

    def bound(self, invocation: str, error: BaseException, file: Path) -> None:
        """Count a failure. Raises Parked once it was the same often enough."""
        text = f"{type_of(error)}: {message_of(error)}"
        before, times = self._last.get(invocation, (text, 0))
        times = times + 1 if before == text else 1
        self._last[invocation] = (text, times)
        if times >= SAME_FAILURES:
            raise Parked(failed(error, file)) from error

    def forget(self, invocation: str) -> None:
        """It has ended."""
        self._last.pop(invocation, None)


def done(value: Any) -> Outcome:
    """The outcome for what an action has returned. Raises what keeps it from being stored."""
    outcome = Outcome(state="done", at=datetime.now(UTC), value=wholly_jsonable(value))
    if (size := len(outcome.model_dump_json())) > MAX_RESULT:
        raise ValueError(
            f"the action is done, but its result has {size:,} bytes; the limit is {MAX_RESULT:,}. "
            "Save it elsewhere and return its location"
        )
    return outcome


def failed(error: BaseException, file: Path) -> Outcome:
    """The outcome for an error; its traceback begins in the action's own file."""
    try:
        return _failed(error, file)
    except BaseException:  # an error's own attributes may raise anything
        name = type_of(error)
        return Outcome(state="failed", at=datetime.now(UTC), error=name, error_type=name)


def _failed(error: BaseException, file: Path) -> Outcome:
    name, message = type_of(error), message_of(error)
    if isinstance(error, Raised | GuestError):
        name, message = error.error_type, error.message
    return Outcome(
        state="failed",
        at=datetime.now(UTC),
        error=message or name,
        error_type=name,
        traceback=_own_traceback(error, file)[-MAX_TRACEBACK:],
    )


def _own_traceback(error: BaseException, file: Path) -> str:
    try:
        text = "".join(traceback.format_exception(type(error), error, _from_file(error.__traceback__, file)))
    except BaseException:  # an error's own methods may raise anything
        text = f"{type_of(error)}: {message_of(error)}\n"
    text = printable(text, len(text) or 1)
    cause = error.__cause__
    return f"{cause.traceback}\n{text}" if isinstance(cause, Raised) else text


def _from_file(frames: TracebackType | None, file: Path) -> TracebackType | None:
    frame = frames
    while frame is not None and frame.tb_frame.f_code.co_filename != str(file):
        frame = frame.tb_next
    return frame or frames

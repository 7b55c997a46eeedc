"""An exception of an action's body as the outcome that people read."""

import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from restival.engine.journal import MAX_TRACEBACK, Raised
from restival.engine.view import Outcome
from restival.errors import RestivalError

PARKED = "Parked until the code is mended: "


class Parked(Exception):
    """Ends an attempt whose action wants to wait for its code to be mended. Nothing of the end is recorded, so that the
    next attempt goes on from what was recorded before."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{PARKED}{outcome.error_type}: {outcome.error}")


def failed(error: Exception, file: Path) -> Outcome:
    """The outcome for an error; its traceback begins in the action's own file."""
    name = error.error_type if isinstance(error, Raised) else type(error).__qualname__
    message = (
        str(error) if isinstance(error, RestivalError) else error.message if isinstance(error, Raised) else str(error)
    )
    return Outcome(
        state="failed",
        at=datetime.now(UTC),
        error=message or name,
        error_type=name,
        traceback=_own_traceback(error, file)[-MAX_TRACEBACK:],
    )


def _own_traceback(error: Exception, file: Path) -> str:
    text = "".join(traceback.format_exception(type(error), error, _from_file(error.__traceback__, file)))
    cause = error.__cause__
    return f"{cause.traceback}\n{text}" if isinstance(cause, Raised) else text


def _from_file(frames: TracebackType | None, file: Path) -> TracebackType | None:
    frame = frames
    while frame is not None and frame.tb_frame.f_code.co_filename != str(file):
        frame = frame.tb_next
    return frame or frames

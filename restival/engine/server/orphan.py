"""Ends a Restate server that a killed app has left behind."""

import contextlib
import os
import signal
from pathlib import Path

from restival.engine.server.locks import locked_for_heir

TRIES = ((signal.SIGTERM, 2.0), (signal.SIGKILL, 10.0))
"""Signals, each with the seconds that the server has to be gone."""


def end_orphan(lock: Path, pid_file: Path) -> bool:
    """End the server that holds `lock`, if one does; False where it can't be ended.

    The held lock proves that the server lives, so the number in `pid_file` can't be that of a stranger.
    """
    for sign, seconds in TRIES:
        if _free_within(lock, 0):
            return True
        _send(sign, pid_file)
        if _free_within(lock, seconds):
            return True
    return False


def _free_within(lock: Path, seconds: float) -> bool:
    with locked_for_heir(lock, seconds) as descriptor:
        return descriptor is not None


def _send(sign: signal.Signals, pid_file: Path) -> None:
    # A server that has only just been launched has no number there yet: the next try finds it.
    with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
        os.kill(int(pid_file.read_text()), sign)

"""File locks of two kinds: one that ends with the app, and one that ends with the server."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path


def locked_by_process(file: Path) -> int | None:
    """Lock a file for this process and give the descriptor to keep open; None where another process has it locked.

    It is a record lock: processes that the app forks don't inherit it, so none of them keeps it when the app is gone.
    """
    descriptor = _opened(file)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # POSIX leaves the choice between EAGAIN and EACCES
        os.close(descriptor)
        return None
    return descriptor


@contextlib.contextmanager
def locked_for_heir(file: Path, seconds: float) -> Iterator[int | None]:
    """A descriptor that holds a file's lock, to be inherited by a process, which then holds the lock while it lives.

    None where the lock isn't free within `seconds`. Outside the block only an heir holds it.
    """
    descriptor = _opened(file)
    try:
        yield descriptor if _flocked_within(descriptor, seconds) else None
    finally:
        os.close(descriptor)


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _flocked_within(descriptor: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not _flocked(descriptor):
        if time.monotonic() >= end:
            return False
        time.sleep(0.02)
    return True


def _flocked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

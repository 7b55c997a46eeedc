"""The process of the app: how its loop runs to the end, how it logs, and how it ends with threads that don't."""

import asyncio
import logging
import logging.config
import os
import re
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures.thread import _threads_queues
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from rich.console import Console

from restival.isolation.boundary import HeldUp

log = logging.getLogger(__name__)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that end a line, or steer a terminal; and halves of characters, which can't be written."""

IDLE_SECONDS = 0.5
"""How long threads that have nothing to do have to end."""


def run_to_end(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    """Run until the work has ended. A SystemExit or KeyboardInterrupt out of a callback of a project's component isn't
    the end of the app, nor is that it stops the loop; Ctrl-C is a signal that the app handles."""
    task = loop.create_task(work)
    while True:
        try:
            loop.run_until_complete(task)
        except (SystemExit, KeyboardInterrupt, HeldUp, RuntimeError):
            if task.done():
                raise
            log.exception("The project's code tried to exit the app.")
        else:
            return


def threads_left() -> list[threading.Thread]:
    """The threads that Python would wait for at the end of the process, such as a step's whose time was up. Those that
    have nothing to do end by themselves."""
    end = time.monotonic() + IDLE_SECONDS
    while True:
        pools = [thread for thread in list(_threads_queues) if thread.is_alive()]
        others = [each for each in threading.enumerate() if not each.daemon and each is not threading.main_thread()]
        left = list({*pools, *others})
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.02)


def leave_threads(out: Console, steps: Sequence[str], error: BaseException | None = None) -> None:
    """End the process although authors' code runs in threads of it, which nothing else can end. Until then the data
    folder is locked, so that no other run does `steps` beside these. `error` is why the app can't go on."""
    if error is not None:
        log.critical("The app can't continue.", exc_info=error)
        out.print(f"\n  {error}", style="red", markup=False)
    left = "Steps that were running run again at the next start." if steps else "Nothing is lost."
    out.print(f"\n  Stopped. {left}")
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if error is None else 1)


class Server(uvicorn.Server):
    """Serves without taking signals: the app has its own way to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


class LogLines(logging.Formatter):
    """Begins with a tab what follows the first line of a record, and escapes control characters: messages and errors
    hold what browsers have sent, which could look like a record of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as the file has it."""
        lines = super().format(record).split("\n")
        return "\n\t".join(
            CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), each) for each in lines
        )


def log_to(file: Path) -> None:
    """Log to a file, of which one more is kept."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"()": LogLines, "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
            "handlers": {
                "file": {
                    "class": "logging.handlers.RotatingFileHandler",
                    "filename": str(file),
                    "maxBytes": 10_000_000,
                    "backupCount": 1,
                    "formatter": "line",
                }
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
        }
    )

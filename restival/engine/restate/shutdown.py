"""Stopping by a signal beside the SDK, which takes SIGTERM for itself."""

import asyncio
import signal
from collections.abc import Callable

from restate.server import install_shutdown_hook

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""What tells the process to end: a supervisor, Ctrl-C, and a terminal that is closed."""


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` each time the process is told to end."""
    for each in STOPPING:
        install_shutdown_hook(asyncio.get_running_loop(), stop, each)

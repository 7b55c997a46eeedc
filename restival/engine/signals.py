"""Stopping on SIGTERM beside the SDK, which takes that signal for itself."""

import asyncio
import signal
from collections.abc import Callable

from restate.server import install_shutdown_hook


def on_terminate(stop: Callable[[], None]) -> None:
    """Call `stop` when the process is told to end by SIGTERM."""
    install_shutdown_hook(asyncio.get_running_loop(), stop, signal.SIGTERM)

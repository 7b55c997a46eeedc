"""Finds `restate-server`, or fetches it into the user's cache."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import platformdirs

from restival.engine.server.package import Package, ServerUnavailable, fetch

VERSION = "1.7.12"
PACKAGES = {
    name: Package(f"@restatedev/restate-server-{name}", VERSION, sha512, size)
    for name, sha512, size in (
        (
            "linux-x64",
            "URotJ1AIqaSCDkRMl4OrQfTLH+NYuOZb3ZsP7wxxiuAB6pncgPhTUYSvegTF5PTrAShnNyHNpju9kjf2O3QxoA==",
            80_974_439,
        ),
        (
            "linux-arm64",
            "aV7YxWvPhp88MjQtObGDhDCTwCBa68wwZOAMmJqDreO0auHYuSfOqabEx4I90coZsx3zShNusppbTPKprOa+dw==",
            78_312_994,
        ),
        (
            "darwin-x64",
            "ZRS1kk3S4pzIiup2IRRQ3eHoKJSZ43FG4rDe7UbGFWwZ/Yz0xSDa4/3/kiuwaMHXWs/CsKtJe0shx8JCR0DO1g==",
            79_353_029,
        ),
        (
            "darwin-arm64",
            "pHrZMaaeBJxXTgI19WG/aJvxuUDQ2nhSDEEJVseTZQiTEdJ7hboPlhvYacgXIE2iMnLMmWkN5XIlXqosHK8Byg==",
            75_394_577,
        ),
    )
}
"""The npm package of each platform."""

OVERRIDE = "RESTIVAL_RESTATE_SERVER"

Progress = Callable[[str], None]
"""Told now and then, in words, what is going on."""


def find_or_fetch(progress: Progress, cache: Path | None = None) -> Path:
    """The server's binary: named by RESTIVAL_RESTATE_SERVER, on PATH in the pinned minor version, in the cache, or
    fetched into it. Raises ServerUnavailable."""
    if named := os.environ.get(OVERRIDE):
        if version_of(Path(named)) is None:
            raise ServerUnavailable(
                f"{OVERRIDE} names {named}, which isn't a restate-server that runs on this machine."
            )
        return Path(named)
    if (found := _on_path(progress)) is not None:
        return found
    cached = (cache or default_cache()) / f"restate-server-{VERSION}" / "restate-server"
    if not cached.exists():
        fetch(PACKAGES[platform_name()], "restate-server", cached, progress)
    return cached


def default_cache() -> Path:
    """The user's cache folder for Restival."""
    return platformdirs.user_cache_path("restival")


def platform_name() -> str:
    """The platform as the packages name it. Raises ServerUnavailable where there is no package for it."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    name = f"{platform.system().lower()}-{machine}"
    if name not in PACKAGES:
        hint = " On Windows, run the app in WSL." if platform.system() == "Windows" else ""
        raise ServerUnavailable(
            f"There is no restate-server for {platform.system()} on {platform.machine()}.{hint} "
            "Or set the address of another server in restival.yaml: engine: {ingress: …, admin: …}."
        )
    return name


def version_of(binary: Path) -> str | None:
    """The version that a binary tells, None where it doesn't run."""
    try:
        told = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\d+\.\d+\.\d+", told)
    return found.group() if found else None


def _on_path(progress: Progress) -> Path | None:
    found = shutil.which("restate-server")
    against = _reason_against(Path(found)) if found else None
    if against is not None:
        progress(f"Not using {found}: {against}")
    return Path(found) if found and against is None else None


def _reason_against(binary: Path) -> str | None:
    with binary.open("rb") as file:
        # A script, as npm puts there, starts the server as a process of its own, which would outlive it.
        if file.read(2) == b"#!":
            return "it is a script that starts the server, not the server itself"
    version = version_of(binary)
    if version is None:
        return "it doesn't run"
    return None if _minor(version) == _minor(VERSION) else f"it is version {version}, but {_minor(VERSION)} is required"


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])

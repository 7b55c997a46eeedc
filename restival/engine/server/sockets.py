"""Where the server's unix sockets are reached: their paths may have about a hundred bytes only."""

import hashlib
import os
from pathlib import Path

import platformdirs

from restival.engine.server.data_folder import DataFolderError

LONGEST = 103
"""Bytes of a unix socket's path (`sun_path`) that macOS allows; Linux allows four more."""


def reachable(base: Path, tail: str, links: Path | None = None) -> Path:
    """`base`, or a link to it in the user's cache where the path of `base`/`tail` is too long for a socket.

    Raises DataFolderError where the link's path is too long as well, or can't be made.
    """
    if _fits(base / tail):
        return base
    link = (links or platformdirs.user_cache_path("restival") / "sockets") / _name(base)
    if not _fits(link / tail):
        raise DataFolderError(
            f"The path {base} is too long for the sockets in it, and so is {link}, which would link "
            "to it. Choose a data folder with a shorter path with --data."
        )
    try:
        _point(link, base)
    except OSError as error:
        raise DataFolderError(
            f"The path {base} is too long for the sockets in it, and {link} can't link to it: "
            f"{error.strerror}. Choose a data folder with a shorter path with --data."
        ) from None
    return link


def _name(base: Path) -> str:
    return hashlib.sha256(os.fsencode(base)).hexdigest()[:12]


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= LONGEST


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    made = link.with_name(f"{link.name}.{os.getpid()}")
    made.unlink(missing_ok=True)
    made.symlink_to(target)
    os.replace(made, link)

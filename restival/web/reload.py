"""Watches a project's files."""

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from restival.project import PACKAGES

CODE = (".py", ".js", ".vue")


async def watch(root: Path) -> AsyncIterator[None]:
    """Yields after each change of the project's code, changes close together once."""
    folders = [root / name for name in PACKAGES if (root / name).is_dir()]
    if folders:
        async for changes in awatch(*folders, debounce=200, step=50):
            if any(path.endswith(CODE) for _, path in changes):
                yield

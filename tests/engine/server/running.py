"""A server for one test."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from restival.engine.server.data_folder import DataFolder
from restival.engine.server.embedded import EmbeddedServer


@asynccontextmanager
async def running(
    binary: Path, folder: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[EmbeddedServer]:
    """A server on a data folder, until the block ends."""
    data = DataFolder(folder)
    data.open()
    server = EmbeddedServer(data, binary, settings)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
        data.close()

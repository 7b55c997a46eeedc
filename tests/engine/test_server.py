"""The embedded server: its data folder, its locks, its life."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from restival.engine.server.data_folder import DataFolder, DataFolderError, DataFolderInUse
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.server.identity_key import base58, identity_key
from restival.engine.server.package import ServerUnavailable
from tests.process import alive

HOLDER = """
    import asyncio, sys, time
    from pathlib import Path
    from restival.engine.server.data_folder import DataFolder
    from restival.engine.server.embedded import EmbeddedServer

    async def main():
        data = DataFolder(Path(sys.argv[1]))
        data.open()
        await EmbeddedServer(data, Path(sys.argv[2])).start()
        print("ready", flush=True)
        await asyncio.sleep(60)

    asyncio.run(main())
"""


def holder(folder: Path, restate: Path) -> subprocess.Popen[str]:
    """Another process that runs a server on the folder."""
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(folder), str(restate)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


async def test_it_starts_is_restarted_when_killed_and_leaves_nothing(restate_binary: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.open()
    server = EmbeddedServer(data, restate_binary)
    states: list[str] = []
    server.on_change.append(states.append)
    await server.start()
    first = server.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while server.state == "running" or server.pid == first:
        await asyncio.sleep(0.01)
    while server.state != "running":
        await asyncio.sleep(0.01)
    await server.admin.healthy()
    second = server.pid
    assert second is not None
    await server.stop()
    data.close()
    assert states == ["starting", "running", "restarting", "running", "stopped"]
    assert not alive(first)
    assert not alive(second)


async def test_a_second_run_on_the_folder_says_so(restate_binary: Path, tmp_path: Path) -> None:
    other = holder(tmp_path / "data", restate_binary)
    try:
        with pytest.raises(DataFolderInUse, match=rf"Another run \(process {other.pid}\).*--data"):
            DataFolder(tmp_path / "data").open()
    finally:
        server = int((tmp_path / "data" / "server.pid").read_text())
        other.kill()
        other.wait()
        os.kill(server, signal.SIGKILL)


async def test_an_orphan_of_a_killed_app_is_ended_before_a_server_starts(restate_binary: Path, tmp_path: Path) -> None:
    other = holder(tmp_path / "data", restate_binary)
    orphan = int((tmp_path / "data" / "server.pid").read_text())
    other.kill()
    other.wait()
    assert alive(orphan)
    data = DataFolder(tmp_path / "data")
    data.open()
    assert not alive(orphan)
    server = EmbeddedServer(data, restate_binary)
    await server.start()
    assert server.pid != orphan
    await server.stop()
    data.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderError, match=r"The data folder .*/file/data can't be written: Not a directory"):
        DataFolder(tmp_path / "file" / "data").open()


async def test_what_the_server_says_at_its_end_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "restate-server"
    broken.write_text("#!/bin/sh\necho no room left >&2\nexit 3\n")
    broken.chmod(0o755)
    data = DataFolder(tmp_path / "data")
    data.open()
    with pytest.raises(ServerUnavailable, match=r"(?s)ended with 3.*no room left"):
        await EmbeddedServer(data, broken).start()
    data.close()


async def test_the_identity_key_is_the_one_that_the_server_tells(restate_binary: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.open()
    server = EmbeddedServer(data, restate_binary, {"RESTATE_LOG_FILTER": "info"})
    await server.start()
    await server.stop()
    data.close()
    [key] = server.identity_keys
    assert f'kid: "{key}"' in data.server_log.read_text()
    assert data.identity.stat().st_mode & 0o777 == 0o600
    assert identity_key(data.identity) == key


def test_base58_as_its_draft_has_it() -> None:
    assert base58(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert base58(bytes.fromhex("0000287fb4cd")) == "11233QC4"

"""Data folders with paths that are too long for unix sockets, and what a server leaves outside of its folder."""

import shutil
from pathlib import Path

import pytest

from restival.engine.server.data_folder import DataFolder, DataFolderError
from restival.engine.server.embedded import EmbeddedServer
from restival.engine.server.package import ServerUnavailable
from restival.engine.server.sockets import reachable
from tests.engine.server.running import running

TAIL = "restival/ingress.sock"


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose path is longer than a socket's may be; the user's cache is elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("c")))
    return tmp_path.joinpath(*["deep"] * 25)


@pytest.fixture
def links(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for links whose path is short."""
    return tmp_path_factory.mktemp("l")


async def test_a_server_in_a_deep_folder_serves_and_can_be_moved(
    restate_binary: Path, deep: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        async with running(restate_binary, deep) as server:
            await server.ingress.healthy()
    assert (deep / "restate" / "restival" / "db").is_dir()
    shutil.move(deep, tmp_path / "flat")
    async with running(restate_binary, tmp_path / "flat") as server:
        await server.ingress.healthy()


def test_a_short_path_is_left_as_it_is(tmp_path: Path) -> None:
    assert reachable(Path("/data"), TAIL, tmp_path) == Path("/data")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_the_same_each_time_and_mended(deep: Path, links: Path) -> None:
    link = reachable(deep, TAIL, links)
    assert link.readlink() == deep
    link.unlink()
    link.symlink_to("elsewhere")
    assert reachable(deep, TAIL, links) == link
    assert link.readlink() == deep


def test_a_cache_that_is_deep_as_well_is_told(deep: Path) -> None:
    with pytest.raises(DataFolderError, match=r"too long for the sockets.*--data"):
        reachable(deep, TAIL, deep)


def test_a_link_that_cannot_be_made_is_told(deep: Path, links: Path) -> None:
    (links / "file").write_text("")
    with pytest.raises(DataFolderError, match=r"can't link to it: File exists"):
        reachable(deep, TAIL, links / "file")


async def test_nothing_is_left_in_the_folder_for_temporary_files(
    restate_binary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    async with running(restate_binary, tmp_path / "data"):
        pass
    assert list(temporary.iterdir()) == []


async def test_the_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.open()
    data.close()
    assert data.path.stat().st_mode & 0o777 == 0o700


async def test_a_server_that_still_has_the_data_is_told(restate_binary: Path, tmp_path: Path) -> None:
    async with running(restate_binary, tmp_path / "data"):
        with pytest.raises(ServerUnavailable, match="previous Restate server still uses"):
            await EmbeddedServer(DataFolder(tmp_path / "data"), restate_binary).start()

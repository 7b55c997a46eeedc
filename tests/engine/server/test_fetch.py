"""The server's binary: found, or fetched for real from the registry that npm is set to."""

import hashlib
import re
import shutil
import subprocess
import sys
import textwrap
import threading
import venv
from base64 import b64encode
from pathlib import Path

import pytest

from restival.engine.server import npm
from restival.engine.server.binary import PACKAGES, VERSION, find_or_fetch, platform_name, version_of
from restival.engine.server.package import Package, ServerUnavailable, fetch

SMALL = Package("is-number", "7.0.0", "", 3_700)
FETCH = """
    import sys
    from pathlib import Path
    from restival.engine.server.binary import PACKAGES, platform_name
    from restival.engine.server.package import fetch

    fetch(PACKAGES[platform_name()], "restate-server", Path(sys.argv[1]), lambda message: None)
"""


def nothing(message: str) -> None:
    """Hear no progress."""


@pytest.fixture
def bare_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that is before all others on PATH; no server is named by a variable."""
    monkeypatch.delenv("RESTIVAL_RESTATE_SERVER", raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


def test_two_processes_fetch_at_once_and_both_have_it(tmp_path: Path) -> None:
    target = tmp_path / "cache" / "restate-server"
    other = subprocess.Popen([sys.executable, "-c", textwrap.dedent(FETCH), str(target)])
    told: list[str] = []
    fetch(PACKAGES[platform_name()], "restate-server", target, told.append)
    assert other.wait(60) == 0
    assert version_of(target) == VERSION
    assert [file.name for file in target.parent.iterdir()] == ["restate-server"]
    assert any(re.search(r"restate-server-\S+: \d+ of (81|78|79|75) MB \(\d+ s\)$", message) for message in told)
    assert told[-1] == f"Checking restate-server {VERSION}"


def test_what_is_in_the_cache_is_not_fetched_again(bare_path: Path, restate_binary: Path, tmp_path: Path) -> None:
    cached = tmp_path / f"restate-server-{VERSION}" / "restate-server"
    cached.parent.mkdir()
    cached.symlink_to(restate_binary)
    (bare_path / "restate-server").write_text("#!/bin/sh\necho restate-server 1.7.12\n")
    (bare_path / "restate-server").chmod(0o755)
    told: list[str] = []
    assert find_or_fetch(told.append, tmp_path) == cached
    assert told == [
        f"Not using {bare_path / 'restate-server'}: it is a script that starts the server, not the server itself"
    ]


def test_the_server_on_path_is_taken(bare_path: Path, restate_binary: Path, tmp_path: Path) -> None:
    (bare_path / "restate-server").symlink_to(restate_binary)
    assert find_or_fetch(nothing, tmp_path) == bare_path / "restate-server"


def test_another_package_than_the_expected_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "x" / "restate-server"
    with pytest.raises(ServerUnavailable, match=r"is-number 7\.0\.0 isn't the expected one"):
        fetch(SMALL, "restate-server", target, nothing)
    assert list(target.parent.iterdir()) == []


def test_without_npm_one_is_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_npm = tmp_path / "with"
    with_npm.mkdir()
    expected = npm.pack("is-number@7.0.0", with_npm, SMALL.bytes, nothing).read_bytes()
    look = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "npm" else look(name))
    told: list[str] = []
    brought = npm.pack("is-number@7.0.0", tmp_path, SMALL.bytes, told.append).read_bytes()
    assert b64encode(hashlib.sha512(brought).digest()) == b64encode(hashlib.sha512(expected).digest())
    assert told[0].startswith("Downloading Node.js (needed once): 0 MB")


@pytest.fixture
def broken_uv(bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A uv that is found on PATH and can't be run; none has started the app."""
    monkeypatch.delenv("UV", raising=False)
    uv = bare_path / "uv"
    uv.write_text("#!/nowhere/sh\n")
    uv.chmod(0o755)
    return uv


def test_pip_is_taken_where_uv_cannot_be_run(broken_uv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "bin" / "python"))
    monkeypatch.syspath_prepend(str(next(tmp_path.glob("venv/lib/python*/site-packages"))))
    npm._install("iniconfig==2.1.0", tmp_path / "target", tmp_path, lambda time: None)
    assert (tmp_path / "target" / "iniconfig").is_dir()


def test_the_uv_that_has_started_the_app_is_taken_first(
    broken_uv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV", str(tmp_path / "own-uv"))
    first, second, *_ = npm._installers()
    assert (first[0], second[0]) == (str(tmp_path / "own-uv"), str(broken_uv))


def test_an_installer_that_cannot_be_run_is_named(
    broken_uv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(npm.DownloadFailed, match=re.escape(f"{broken_uv} can't be run: No such file")):
        npm._install("iniconfig==2.1.0", tmp_path / "target", tmp_path, lambda time: None)


def test_a_folder_is_measured_while_it_changes(tmp_path: Path) -> None:
    over = threading.Event()

    def change() -> None:
        while not over.is_set():
            (tmp_path / "one" / "two").mkdir(parents=True)
            shutil.rmtree(tmp_path / "one")

    (tmp_path / "stays").write_bytes(b"x" * 500_000)
    changing = threading.Thread(target=change)
    changing.start()
    try:
        assert {npm._megabytes(tmp_path) for _ in range(2_000)} == {0.5}
    finally:
        over.set()
        changing.join()


def test_without_a_network_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:1")
    with pytest.raises(ServerUnavailable, match=r"can't be downloaded: .*ECONNREFUSED.* install restate-server"):
        fetch(SMALL, "restate-server", tmp_path / "restate-server", nothing)
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServerUnavailable, match=r"can't be saved as .*: Not a directory"):
        fetch(SMALL, "restate-server", tmp_path / "file" / "x" / "restate-server", nothing)


def test_a_named_server_that_does_not_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESTIVAL_RESTATE_SERVER", str(tmp_path / "nothing"))
    with pytest.raises(ServerUnavailable, match="RESTIVAL_RESTATE_SERVER names"):
        find_or_fetch(nothing)


def test_platforms_without_a_server_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Windows")
    with pytest.raises(ServerUnavailable, match="WSL"):
        platform_name()

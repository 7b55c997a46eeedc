"""The locks of the data folder, held by real processes that are killed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from restival.engine.server.data_folder import DataFolder, DataFolderInUse
from restival.engine.server.locks import locked_for_heir
from restival.engine.server.orphan import end_orphan
from tests.process import alive

FORKS = """
    import os, sys, time
    from pathlib import Path
    from restival.engine.server.data_folder import DataFolder

    data = DataFolder(Path(sys.argv[1]))
    data.open()
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(60)
"""
SERVER = """
    import fcntl, os, sys, time

    lock = open(sys.argv[1], "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
    open(sys.argv[2], "w").write(str(os.getpid()))
    time.sleep(60)
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], stdout=subprocess.PIPE, text=True
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_what_a_killed_app_has_forked_does_not_keep_the_folder(tmp_path: Path) -> None:
    app = python(FORKS, str(tmp_path))
    child = int(first_line(app))
    try:
        app.kill()
        app.wait()
        assert alive(child)
        data = DataFolder(tmp_path)
        data.open()
        data.close()
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_folder_in_use_stays_in_use_after_others_have_tried(tmp_path: Path) -> None:
    app = python(FORKS, str(tmp_path))
    child = int(first_line(app))
    try:
        for _ in range(2):
            with pytest.raises(DataFolderInUse, match=f"process {app.pid}"):
                DataFolder(tmp_path).open()
    finally:
        os.kill(child, signal.SIGKILL)
        app.kill()
        app.wait()


@pytest.mark.parametrize("late", ["0", "0.3"])
def test_an_orphan_is_ended_even_before_it_has_told_its_number(tmp_path: Path, late: str) -> None:
    lock, pid_file = tmp_path / "server.lock", tmp_path / "server.pid"
    orphan = python(SERVER, str(lock), str(pid_file), late)
    assert first_line(orphan) == "held"
    while late == "0" and not pid_file.exists():
        time.sleep(0.01)
    assert end_orphan(lock, pid_file)
    assert orphan.wait(5) in (-signal.SIGTERM, -signal.SIGKILL)


def test_a_number_that_no_process_has_does_no_harm(tmp_path: Path) -> None:
    gone = python("pass")
    gone.wait()
    (tmp_path / "server.pid").write_text(str(gone.pid))
    assert end_orphan(tmp_path / "server.lock", tmp_path / "server.pid")


def test_only_the_heir_holds_the_lock_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "server.lock"
    with locked_for_heir(lock, 0) as descriptor:
        assert descriptor is not None
        heir = subprocess.Popen(["sleep", "60"], pass_fds=(descriptor,))
    with locked_for_heir(lock, 0) as descriptor:
        assert descriptor is None
    heir.kill()
    heir.wait()
    with locked_for_heir(lock, 1) as descriptor:
        assert descriptor is not None

"""Nobody else on the machine reads what the app keeps."""

import stat
from pathlib import Path

from tests.process import AppProcess
from tests.web.test_app import ACTION, Caller, environment


def test_files_are_the_apps_own_and_an_open_folder_is_told(restate_binary: Path, project: Path, free_port: int) -> None:
    (project / "actions" / "ask.py").write_text(ACTION)
    data = project / "data"
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    app = AppProcess(project, free_port, data, environment(restate_binary)).start()
    try:
        call = Caller(app)
        _, started = call("POST", "/api/actions/ask", {})
        call.asked(started["id"])
        assert f"Others on this machine can read {data}. Close it: chmod 700 {data}" in app.output
        open_to_others = [
            path
            for path in data.rglob("*")
            if not path.is_symlink() and not path.is_socket() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        ]
        assert not open_to_others
        app.interrupt()
        data.chmod(0o700)
        app.start()
        assert "Others on this machine" not in app.output
    finally:
        app.close()

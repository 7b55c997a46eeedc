"""Notices and redirects, over a kill -9 of the app."""

from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults
ACTION = """
from restival import IO, Context, action


@action
async def tells(io: IO, ctx: Context) -> str:
    await ctx.notify("first", title="Title")
    await io.input.text("Name")
    await ctx.notify("second", delivery=["ann@example.com", {"to": "finance"}])
    await ctx.redirect("https://example.com/done")
    return await io.input.text("Last")
"""


def test_what_was_told_stays_and_is_told_once(
    restate_binary: Path, tmp_path: Path, project: Path, free_port: int
) -> None:
    (project / "actions" / "tells.py").write_text(ACTION)
    app = AppProcess(project, free_port, tmp_path / "data", {"RESTIVAL_RESTATE_SERVER": str(restate_binary)}).start()
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/tells", {})
        path = f"/api/transactions/{started['id']}"
        first = call.asked(started["id"], 1)["notices"]
        app.kill()
        app.start()
        assert call.asked(started["id"], 1)["notices"] == first
        assert call("POST", f"{path}/answer", {"n": 1, "values": {"0": "Ann"}})[0] == 200
        second = call.asked(started["id"], 2)
        app.kill()
        app.start()
        view = call.asked(started["id"], 2)
        assert view["notices"] == second["notices"]
        assert [view["notices"][n]["message"] for n in ("1", "2")] == ["first", "second"]
        assert view["notices"]["2"]["to"] == ["ann@example.com", "finance"]
        assert view["redirect"] == {"n": 1, "target": "https://example.com/done", "replace": False, "starts": False}
    finally:
        app.close()

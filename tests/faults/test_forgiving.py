"""An action that reads a database and the clock in its body, over a kill -9."""

import sqlite3
from pathlib import Path

import pytest

from tests.process import AppProcess
from tests.web.test_app import Caller

pytestmark = pytest.mark.faults
PROJECT = Path(__file__).parent / "forgiving"


def write(database: Path, *rows: tuple[int, int]) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS charges (id INTEGER, amount INTEGER)")
        connection.execute("DELETE FROM charges")
        connection.executemany("INSERT INTO charges VALUES (?, ?)", rows)


def test_other_rows_after_a_kill_leave_the_record_as_it_is(
    restate_binary: Path, tmp_path: Path, free_port: int
) -> None:
    database = tmp_path / "charges.sqlite"
    environment = {"FORGIVING_DATABASE": str(database), "RESTIVAL_RESTATE_SERVER": str(restate_binary)}
    write(database, (1, 100), (2, 200), (3, 300))
    app = AppProcess(PROJECT, free_port, tmp_path / "data", environment).start()
    call = Caller(app)
    try:
        _, started = call("POST", "/api/actions/forgiving", {})
        path = f"/api/transactions/{started['id']}"
        shown = call.asked(started["id"], 2)["pending"]
        app.kill()
        write(database, (9, 900))
        app.start()
        assert call.asked(started["id"], 2)["pending"]["fields"] == shown["fields"]
        assert call("POST", f"{path}/answer", {"n": 2, "values": {"0": [1]}})[0] == 200
        assert call.asked(started["id"], 3)["pending"]["n"] == 3
        app.kill()
        write(database)
        app.start()
        call.asked(started["id"], 3)
        assert call("POST", f"{path}/answer", {"n": 3, "values": {"0": "late"}})[0] == 200
        _, view = call("GET", path)
        assert view["state"] == "Done", view
        assert view["outcome"]["value"] == {"charge": {"id": 2, "amount": 200}, "reason": "late"}
    finally:
        app.close()

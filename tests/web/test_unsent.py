"""Uploads that no form is sent with don't pile up."""

import http.client
import json
from pathlib import Path

from tests.process import AppProcess
from tests.web.test_app import Caller, environment

ACTION = """
from restival import IO, action


@action
async def papers(io: IO) -> str:
    file = await io.input.file("Paper")
    return (await file.text()) + file.name
"""


def put(app: AppProcess, path: str, content: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("localhost", app.port, timeout=30)
    connection.request("PUT", path, content)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_of_many_uploads_into_a_field_few_are_kept(restate_binary: Path, project: Path, free_port: int) -> None:
    (project / "actions" / "papers.py").write_text(ACTION)
    app = AppProcess(project, free_port, project / "data", environment(restate_binary)).start()
    try:
        call = Caller(app)
        _, started = call("POST", "/api/actions/papers", {})
        call.asked(started["id"])
        for number in range(20):
            status, told = put(app, f"/api/files/{started['id']}/1/0?name=paper{number}.txt", b"x" * 100_000)
            assert status == 201, told
        kept = [path for path in (project / "data" / "files").rglob("*") if path.is_file() and path.suffix != ".json"]
        assert len(kept) == 11
        _, told = put(app, f"/api/files/{started['id']}/1/0?name=last.txt", b"last")
        values = {"0": [json.loads(told)]}
        assert call("POST", f"/api/transactions/{started['id']}/answer", {"n": 1, "values": values})[0] == 200
        ended = call.until(started["id"], lambda view: view["outcome"] is not None)
        assert ended["outcome"]["value"] == "lastlast.txt"
    finally:
        app.close()

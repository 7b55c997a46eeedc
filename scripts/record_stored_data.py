"""Records the data of tests/faults/test_stored_data.py with the version of Restival that runs this script.

Run it with the environment of a checkout of that version:

    uv run --project OLD python NEW/scripts/record_stored_data.py

It starts the app on a copy of tests/faults/stored, starts a transaction for every kind of question, stops the app, and
packs the data folder into tests/faults/stored.tar.xz. Tracebacks are part of the data, so check OLD out into a folder
whose path anybody may see.
"""

import asyncio
import json
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

HOME = Path(__file__).parents[1]
sys.path.insert(0, str(HOME))  # for the helpers only: the app runs in another folder

from tests.browser.chromium import context_of, launched  # noqa: E402
from tests.faults.stored_cases import SENT  # noqa: E402
from tests.faults.stored_desk import Desk  # noqa: E402
from tests.process import AppProcess  # noqa: E402

PROJECT = HOME / "tests" / "faults" / "stored"
KINDS = PROJECT / "actions" / "ask.py"
LEFT_OUT = ("app.log*", "restate.log*", "LOG*", "*.sock", "*.lock", "*.pid", "spill")
"""The app creates these when it starts."""
BROKEN = {"STORED_BROKEN": "yes"}
OFTEN = {"STORED_CRON": "* * * * * *"}


def kinds() -> list[str]:
    """Returns the kinds of questions."""
    table = KINDS.read_text().partition("QUESTIONS:")[2].partition("\n}\n")[0]
    return [line.partition('"')[2].partition('"')[0] for line in table.splitlines() if line.startswith('    "')]


def questions(desk: Desk) -> dict[str, str]:
    """Starts a transaction for each kind of question; returns their ids."""
    made = {kind: desk.start("ask", {"kind": kind}) for kind in kinds()}
    for transaction in made.values():
        desk.answer(transaction, 1, {"0": "Hello"})
    for kind, transaction in made.items():
        desk.asked(transaction, 2)
        if kind == "claimed":
            desk.post("bo", f"/transactions/{transaction}/claim", {})
        elif kind == "handed":
            desk.post("ada", f"/transactions/{transaction}/hand", {"to": "bo@example.com", "note": "please"})
        elif kind == "approve":
            desk.answer(transaction, 2, {"0": "fine"}, who="bo", choice="approve")
    return made


def others(desk: Desk) -> dict[str, str]:
    """Starts transactions that wait for something else, and completes some; returns their ids."""
    made = {name: desk.start(name, {}) for name in ("retried", "parked", "kept", "failing")}
    made |= {name: desk.start("ask", {"kind": "text"}) for name in ("done", "cancelled", "drafted", "at the first")}
    desk.answer(made["parked"], 1, {"0": "Ann"})
    desk.asked(made["kept"], 1)
    file = desk.upload(made["kept"], 1, "file", "sent.txt", SENT)
    desk.answer(made["kept"], 1, {"file": [file], "note": "a note"})
    desk.answer(made["kept"], 2, {"0": "fine"}, who="bo", choice="approve")
    desk.until(made["kept"], lambda view: view["pending"] and view["pending"]["fields"][0]["label"] == "Last")
    for name in ("done", "drafted"):
        desk.answer(made[name], 1, {"0": "Hello"})
    desk.answer(made["done"], 2, {"0": "end"})
    desk.asked(made["drafted"], 2)
    desk.asked(made["cancelled"], 1)
    desk.post("ada", f"/transactions/{made['cancelled']}/cancel", {})
    for name in ("done", "cancelled", "failing"):
        desk.until(made[name], lambda view: view["outcome"] is not None)
    return made


async def in_browser(app: AppProcess, drafted: str, search: str) -> None:
    """Fills in a form without submitting it, and searches in another."""
    chromium = os.environ.get("RESTIVAL_CHROMIUM") or shutil.which("chromium-headless-shell") or "chromium"
    headers = {"x-person": "ada@example.com"}
    async with launched(chromium) as browser, context_of(browser, app, extra_http_headers=headers) as context:
        page = await context.new_page()
        await page.goto(f"/t/{drafted}")
        await page.get_by_label("Text").fill("half a sent")
        await page.wait_for_timeout(1500)
        await page.goto(f"/t/{search}")
        await page.get_by_role("combobox", name="Person").fill("cas")
        await page.get_by_role("option", name="Cas").wait_for()


def pack(data: Path, into: Path) -> None:
    """Packs the data folder without the files that the app can create again."""

    def kept(item: tarfile.TarInfo) -> tarfile.TarInfo | None:
        if any(Path(part).match(pattern) for part in Path(item.name).parts for pattern in LEFT_OUT):
            return None
        item.uid = item.gid = item.mtime = 0
        item.uname = item.gname = ""
        return item if item.isreg() or item.isdir() else None

    with tarfile.open(into, "w:xz", preset=9) as archive:
        archive.add(data, "data", filter=kept)


def main() -> None:
    """Records the data."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # where Python finds no modules of this version
        project = shutil.copytree(PROJECT, Path(folder) / "project", ignore=shutil.ignore_patterns("__pycache__"))
        app = AppProcess(project, 0, Path(folder) / "data", BROKEN | OFTEN)
        app.take_free_port()
        app.start()
        desk = Desk(app)
        try:
            made = questions(desk) | others(desk)
            desk.until(made["reminded"], lambda view: view["pending"]["hands"]["reminders"])
            app.interrupt()
            app.environment |= {"STORED_CRON": "0 0 1 1 *"}
            app.start()
            made["sleeping"] = desk.start("sleeping", {})
            asyncio.run(in_browser(app, made["drafted"], made["search"]))
            views = {name: desk.view(transaction) for name, transaction in made.items()}
            timelines = {name: desk.get(f"/transactions/{transaction}/timeline") for name, transaction in made.items()}
            app.interrupt()
        finally:
            app.close()
        told = {"transactions": made, "views": views, "timelines": timelines}
        (app.data / "told.json").write_text(json.dumps(told))
        pack(app.data, HOME / "tests" / "faults" / "stored.tar.xz")


if __name__ == "__main__":
    main()

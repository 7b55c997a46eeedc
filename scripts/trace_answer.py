"""Traces the trip of an answer through the code, from the click to the next form, and prints what it passes.

uv run --group bench python scripts/trace_answer.py [--all]

A stop is a file from which the trip continues in another file. A file that only returns a value isn't one.
Each function counts where it is called first.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from itertools import groupby, pairwise
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
CODE = str(ROOT / "restival") + "/"

BEGINS = ("ui/forms/form.py", "Form._draw_button.<locals>.<lambda>")
ENDS = ("ui/elements/browser_calls.py", "make")
ASIDE = ("isolation/watchdog.py", "isolation/loop.py", "isolation/timeouts.py")
"""What looks after the loops runs all the time."""
ANSWERS = 8
"""Answers that are sent; the last one is reported, when nothing is imported or cached for the first time."""

Call = tuple[str, str]
"""A file below restival/, and a function in it."""


class Tracer:
    """A profile function that writes each trip's calls, with their callers, into a file."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._calls: list[tuple[str, str, str]] | None = None

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Sees one event."""
        if event != "call" or not frame.f_code.co_filename.startswith(CODE):
            return
        code = frame.f_code
        call = (code.co_filename.removeprefix(CODE), code.co_qualname)
        if call == BEGINS:
            self._calls = []
        if self._calls is None:
            return
        self._calls.append((*call, _caller(frame)))
        if call == ENDS:
            self._out.write_text(json.dumps(self._calls))
            self._calls = None


def _caller(frame: FrameType) -> str:
    """The file below restival/ that calls a function, "" if none does."""
    above = frame.f_back
    while above is not None and not above.f_code.co_filename.startswith(CODE):
        above = above.f_back
    return "" if above is None else above.f_code.co_filename.removeprefix(CODE)


def serve(project: Path, port: int, data: Path, out: Path) -> None:
    """Serves the project, traced."""
    from restival.cli.main import run

    tracer = Tracer(out)
    threading.setprofile(tracer)
    sys.setprofile(tracer)
    run(project, None, port, data, None)


async def drive(url: str) -> None:
    """Sends some answers."""
    from bench.browser import SUBMIT, fill
    from bench.machine import chromium
    from tests.browser.chromium import launched

    async with launched(chromium()) as browser:
        page = await browser.new_page()
        await page.goto(f"{url}/forms")
        for number in range(1, ANSWERS + 1):
            await fill(page, number)
            await page.evaluate(SUBMIT, number + 1)
            await page.wait_for_timeout(300)


def trip() -> list[Call]:
    """Returns the functions that an answer passes, in order, each once."""
    from bench.browser import FORMS, free_port, until_served

    with tempfile.TemporaryDirectory() as folder:
        out, port = Path(folder) / "trip.json", free_port()
        command = [str(FORMS / "restival_project"), str(port), str(Path(folder) / "data"), str(out)]
        app = subprocess.Popen([sys.executable, __file__, "--serve", *command], stdout=subprocess.DEVNULL)
        try:
            asyncio.run(until_served(f"http://localhost:{port}"))
            asyncio.run(drive(f"http://localhost:{port}"))
            calls = json.loads(out.read_text())
            (ROOT / "x.json").write_text(json.dumps(calls))
            on = {caller for file, _, caller in calls if caller != file}
            return list(dict.fromkeys((file, name) for file, name, _ in calls if file not in ASIDE and file in on))
        finally:
            app.terminate()
            app.wait()


def package(file: str) -> str:
    """The package of a file below restival/."""
    return file.partition("/")[0]


def show(calls: Iterable[Call], *, functions: bool) -> None:
    """Prints the stops, and how many files and changes of package there are."""
    stops = [(file, [name for _, name in group]) for file, group in groupby(calls, lambda call: call[0])]
    for file, names in stops:
        print(f"{file:<46} {', '.join(names) if functions else ''}".rstrip())
    files = [file for file, _ in stops]
    first = list(dict.fromkeys(files))
    print(f"\n{len(first)} files")
    print(f"{changes(files)} changes of package, {changes(first)} in the order of first visits")


def changes(files: Iterable[str]) -> int:
    """How often the next file is in another package."""
    return sum(package(one) != package(other) for one, other in pairwise(files))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="print the functions too")
    parser.add_argument("--serve", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        project, port, data, out = options.serve
        serve(Path(project), int(port), Path(data), Path(out))
    else:
        show(trip(), functions=options.all)

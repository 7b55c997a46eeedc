"""The process that does the work: one piece after another, as its parent hands them over.

It is started as a file, `python -P child.py PARENT MEMORY`. A request is a pickled module, function and arguments; an
answer is what the function yields, each part a line of JSON, and an empty line behind the last.
"""

import contextlib
import ctypes
import importlib
import json
import os
import pickle
import signal
import sys
import types
from pathlib import Path
from typing import BinaryIO

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""
NICE = 5
"""The app itself comes first where the machine is busy."""
DONE = b"\n"


def end_with(parent: int) -> None:
    """End when the parent ends, however that happens and whatever is being done."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended before the kernel was asked
        os._exit(0)


def limit_memory(most: int) -> None:
    """Take at most so many bytes more than there are now. Only Linux counts them."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        now = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + most, now + most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(requests: BinaryIO, answers: BinaryIO) -> None:
    """Do what is asked for until the parent closes its end."""
    while True:
        try:
            module, function, arguments = pickle.load(requests)
        except EOFError:
            return
        try:
            for part in getattr(importlib.import_module(module), function)(*arguments):
                answers.write(_line({"part": part}))
        except (Exception, RecursionError, MemoryError) as error:
            answers.write(_line({"error": f"{type(error).__name__}: {error}"[:500]}))
        answers.write(DONE)
        answers.flush()


def _line(answer: object) -> bytes:
    return json.dumps(answer).encode() + b"\n"  # as ASCII, so that half characters pass


def main() -> None:
    """Begin."""
    parent, memory = int(sys.argv[1]), int(sys.argv[2])
    end_with(parent)
    # The package imports all of the app, which takes longer than most of the work. Nothing here needs it.
    package = types.ModuleType("restival")
    package.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["restival"] = package
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would take it where it is installed
    with contextlib.suppress(OSError):
        os.nice(NICE)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    limit_memory(memory)
    work(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()

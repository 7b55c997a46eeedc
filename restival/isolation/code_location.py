"""Where code stands: in a file of an author, or in a library."""

import linecache
import sysconfig
from functools import cache
from pathlib import Path
from types import FrameType

OWN = Path(__file__).resolve().parents[1]
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})

MAIN = "run_to_end"
"""The function that runs the app's own loop: what has called it, as a project's app.py, doesn't hold it up."""

MOST_FRAMES = 12
"""How far up the caller of a callback's scheduling is looked for."""

Place = tuple[str, int, str]
"""File, line and text."""


def place_of(frame: FrameType | None, otherwise: tuple[str, int] | None = None) -> Place:
    """The innermost line that isn't a library's. If there is none, the other one, or else the innermost of all."""
    authors = _authors(frame)
    if authors is None and otherwise is not None:
        return _place(*otherwise)
    frame = authors or frame
    return ("", 0, "") if frame is None else _place(frame.f_code.co_filename, frame.f_lineno)


def _place(file: str, line: int) -> Place:
    return file, line, linecache.getline(file, line).strip()


def line_above(frame: FrameType | None) -> tuple[str, int] | None:
    """File and number of the innermost line that isn't a library's, near the frame."""
    for _ in range(MOST_FRAMES):
        if frame is None:
            return None
        if not is_library(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


def authors_call(frame: FrameType | None, *, in_main: bool) -> FrameType | None:
    """The outermost call of an author's code, the same as long as that runs; `in_main` if only the app's own loop may
    have made it."""
    outermost = None
    while frame is not None and not _is_main(frame):
        if not is_library(frame.f_code.co_filename):
            outermost = frame
        frame = frame.f_back
    return None if in_main and frame is None else outermost


def _authors(frame: FrameType | None) -> FrameType | None:
    while frame is not None and is_library(frame.f_code.co_filename):
        if _is_main(frame):
            return None
        frame = frame.f_back
    return frame


def _is_main(frame: FrameType) -> bool:
    return frame.f_code.co_name == MAIN and OWN in Path(frame.f_code.co_filename).parents


@cache
def is_library(file: str) -> bool:
    """Whether a file is of Python, of an installed package or of Restival."""
    return file.startswith("<") or file.startswith(LIBRARIES) or OWN in Path(file).parents

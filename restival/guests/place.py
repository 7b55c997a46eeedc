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


def place_of(frame: FrameType | None) -> tuple[str, int, str]:
    """File, line and text of the innermost line that isn't a library's; the innermost of all where none is."""
    frame = _authors(frame) or frame
    if frame is None:
        return "", 0, ""
    file, line = frame.f_code.co_filename, frame.f_lineno
    return file, line, linecache.getline(file, line).strip()


def is_authors(frame: FrameType | None) -> bool:
    """Whether code of an author runs in the app's own loop, itself or in what it calls."""
    frame = _authors(frame)
    while frame is not None and not _is_main(frame):
        frame = frame.f_back
    return frame is not None


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

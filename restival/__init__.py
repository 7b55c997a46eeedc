"""Internal tools as durable Python functions: actions that wait for people and survive everything."""

from pathlib import Path

from restival.access import Person
from restival.context import Cancelled, Context, StepFailed, TimedOut
from restival.declare import action
from restival.io.approve import Decision
from restival.io.component import Chosen, Component
from restival.io.file import File
from restival.io.namespace import IO
from restival.io.pages import FetchedTableData, TablePage
from restival.io.presigned import FileState, FileUrlSet
from restival.pages.context import PageContext
from restival.pages.declare import page
from restival.pages.layout import Layout
from restival.schedule import Schedule

__all__ = [
    "IO",
    "Cancelled",
    "Chosen",
    "Component",
    "Context",
    "Decision",
    "FetchedTableData",
    "File",
    "FileState",
    "FileUrlSet",
    "Layout",
    "PageContext",
    "Person",
    "Schedule",
    "StepFailed",
    "TablePage",
    "TimedOut",
    "action",
    "page",
    "run",
]


def run(project: Path | str = ".") -> None:
    """Serve a project folder until Ctrl-C, with the options of the command line: what `restival run` does."""
    from restival.cli import run_project  # the command line brings in all the rest, which actions don't need

    run_project(Path(project))

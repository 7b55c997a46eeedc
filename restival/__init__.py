"""Internal tools as durable Python functions: actions that wait for people and survive everything."""

from pathlib import Path

from restival.access.person import Person
from restival.actions.action import action
from restival.actions.context import Cancelled, Context, StepFailed, TimedOut
from restival.actions.schedule import Schedule
from restival.io.api import IO
from restival.io.approve import Decision
from restival.io.core.component import Chosen, Component
from restival.io.input.file import File
from restival.io.input.presigned import FileState, FileUrlSet
from restival.io.table.paging import FetchedTableData, TablePage
from restival.pages.context import PageContext
from restival.pages.layout import Layout
from restival.pages.page import page

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
    from restival.cli.main import run_project  # the command line brings in all the rest, which actions don't need

    run_project(Path(project))

"""What can't be loaded of the project, told to developers."""

from collections.abc import Sequence

from nicegui import ui

from restival.i18n import t
from restival.site.project import Problem
from restival.ui.elements.text import text


def problem_panel(problems: Sequence[Problem], title: str) -> None:
    """Draw problems with file, line and message."""
    with ui.element("section").classes("r-alert").props('role="alert"'):
        text("h2", title, "r-alert-title")
        text("p", t("These parts couldn't be loaded. Everything else works."))
        for problem in problems:
            with ui.element("div").classes("r-problem"):
                text("code", f"{problem.file}:{problem.line}")
                text("span", problem.message)

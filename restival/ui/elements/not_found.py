"""The page for addresses that lead nowhere."""

from pathlib import PurePosixPath

from nicegui import context, ui

from restival.i18n import t
from restival.site.project import ACTIONS, Problem
from restival.ui.elements.link import link
from restival.ui.elements.problem_list import problem_panel
from restival.ui.elements.text import text
from restival.ui.session.current_person import current_person
from restival.ui.session.permissions import audit_denial
from restival.ui.session.services import Services


def not_found_page(services: Services, path: str) -> None:
    """Say that there is nothing, and what may be wrong; where the page isn't delivered yet, with the status 404."""
    context.client.status_code = 404
    if context.client.has_socket_connection:  # else the gate writes it
        audit_denial(services, "see", path)
    ui.page_title(f"{t('Not found')} · {services.site().settings.title}")
    with ui.element("div").classes("r-empty"):
        text("h1", t("Page not found"), "r-h1")
        text("p", t("No page exists at {path}. It may have been renamed or removed.", path=path), "r-hint")
        if services.site().access.manages(current_person()) and (broken := _problems_near(services, path)):
            problem_panel(broken, t("A file with a problem may define the page"))
        link(t("All actions"), "/", "r-button r-plain")


def _problems_near(services: Services, path: str) -> list[Problem]:
    """The problems of files in the folder where the action of a path would lie."""
    folder = PurePosixPath(ACTIONS + path).parent
    return [problem for problem in services.site().project.problems if PurePosixPath(problem.file).parent == folder]

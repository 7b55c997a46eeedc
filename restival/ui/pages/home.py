"""The dashboard's first page: all actions, and what was run lately."""

from collections import defaultdict
from pathlib import Path

from nicegui import ui

from restival.access import may_run
from restival.declare import Action
from restival.engine.client import Summary
from restival.errors import RestivalError
from restival.project import Project
from restival.ui.person import current_person
from restival.ui.services import Services
from restival.ui.text import text
from restival.ui.when import ago

EXAMPLE = '''from restival import IO, action


@action
async def hello(io: IO) -> str:
    """Greets a person."""
    name = await io.input.text("Your name")
    return f"Hello, {name}!"
'''


async def home_page(services: Services, group: str = "") -> None:
    """List the actions, all or those of one folder, with a search."""
    project = services.project()
    title = group_title(group) if group else services.settings.title
    ui.page_title(title if not group else f"{title} · {services.settings.title}")
    shown = [item for item in _listed(project) if not group or item.group == group]
    with ui.element("div").classes("r-head"):
        text("h1", title, "r-h1")
        search = ui.input(placeholder="Search actions").props(
            'outlined dense clearable type=search aria-label="Search actions"'
        )
        search.classes("r-search")
    if project.problems:
        _problems(project)
    cards = _cards(shown)
    nothing = text("p", "No action has that in its name or description.", "r-hint")
    nothing.set_visibility(False)

    def filter_cards() -> None:
        words = (search.value or "").lower().split()
        hits = 0
        for action, card in cards:
            hit = all(word in f"{action.title} {action.description} {action.slug}".lower() for word in words)
            card.set_visibility(hit)
            hits += hit
        nothing.set_visibility(bool(cards) and not hits)

    search.on_value_change(filter_cards)
    if not cards and not project.problems:
        _empty(project.root)
    await _recent(services, shown)


def _listed(project: Project) -> list[Action]:
    person = current_person()
    return [item for item in project.registry.values() if not item.unlisted and may_run(person, item.roles)]


def _cards(actions: list[Action]) -> list[tuple[Action, ui.element]]:
    groups: defaultdict[str, list[Action]] = defaultdict(list)
    for action in actions:
        groups[action.group].append(action)
    cards = []
    for group in sorted(groups):
        with ui.element("section").classes("r-section"):
            if group:
                text("h2", group_title(group), "r-h2")
            with ui.element("div").classes("r-cards"):
                cards += [(action, _card(action)) for action in groups[group]]
    return cards


def _card(action: Action) -> ui.element:
    with ui.link(target=f"/{action.slug}").classes(replace="r-card r-card-link") as card:
        card.props(f'aria-label="{_attribute(action.title)}"')
        ui.icon(action.icon or "bolt").classes("r-card-icon").props("aria-hidden=true")
        with ui.element("div"):
            text("div", action.title, "r-card-title")
            text("div", action.description.split("\n")[0], "r-hint")
    return card


def _attribute(value: str) -> str:
    return value.replace('"', "'")


def _problems(project: Project) -> None:
    with ui.element("section").classes("r-alert").props('role="alert"'):
        count = len(project.problems)
        text("h2", f"{count} problem{'' if count == 1 else 's'} in the project", "r-alert-title")
        text("p", "These can't be loaded. Everything else runs.")
        for problem in project.problems:
            with ui.element("div").classes("r-problem"):
                text("code", f"{problem.file}:{problem.line}")
                text("span", problem.message)


def _empty(root: Path) -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", "No actions yet", "r-h2")
        text("p", f"Write one into {root.name}/actions/hello.py:")
        text("pre", EXAMPLE, "r-code")


async def _recent(services: Services, actions: list[Action]) -> None:
    place = ui.element("section").classes("r-section")
    try:
        summaries = await services.client.recent([action.service for action in actions])
    except RestivalError:
        return
    titles = {action.service: action.title for action in actions}
    if summaries:
        with place:
            text("h2", "Recent", "r-h2")
            with ui.element("ul").classes("r-list"):
                for summary in summaries:
                    _recent_row(summary, titles[summary.service])


def _recent_row(summary: Summary, title: str) -> None:
    with ui.element("li"), ui.link(target=f"/t/{summary.id}").classes(replace="r-row"):
        text("span", title, "r-row-title")
        text("span", ago(summary.created_at), "r-hint")
        text("span", summary.status, f"r-state r-state-{summary.status.lower()}")


def group_title(group: str) -> str:
    """A folder's name as a title."""
    return " / ".join(part.replace("_", " ").replace("-", " ").capitalize() for part in group.split("/"))

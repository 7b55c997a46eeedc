"""The dashboard's first page: all actions, or those of one folder, and what was run lately."""

from nicegui import ui
from nicegui.element import Element

from restival.declare import Action
from restival.engine.history import Entry
from restival.listing import visible, waiting_for
from restival.ui.folders import by_folder, folder_title, lies_in, listed
from restival.ui.icon import icon
from restival.ui.links import link
from restival.ui.lists import Throttled, state_chip
from restival.ui.person import current_person
from restival.ui.problems import problem_panel
from restival.ui.services import Services
from restival.ui.text import text
from restival.ui.when import ago
from restival.ui.widgets.line import Line
from restival.words import t, tn

EXAMPLE = '''from restival import IO, action


@action
async def hello(io: IO) -> str:
    """Greets a person."""
    name = await io.input.text("Your name")
    return f"Hello, {name}!"
'''
WAITING, RECENT = 5, 10
"""How many of each are listed."""


async def home_page(services: Services, folder: str = "") -> None:
    """List the actions with a search, and the newest transactions."""
    project, site = services.site().project, services.site().settings.title
    title = folder_title(folder) if folder else site
    ui.page_title(f"{title} · {site}" if folder else title)
    shown = [item for item in listed(services) if lies_in(item, folder)]
    with ui.element("div").classes("r-head"):
        text("h1", title, "r-h1")
        search = ui.element("div").classes("r-search")
    problems = services.site().problems if services.site().access.manages(current_person()) else ()
    if problems:
        problem_panel(problems, tn("{count} problem in the project", "{count} problems in the project", len(problems)))
    cards = _cards(shown, folder)
    if shown:
        _search_in(search, cards)
    if not shown and not problems:
        _empty(project.root.name)
    _transactions(services, folder)


def _search_in(place: Element, cards: list["ActionCard"]) -> None:
    sections = {card.section for card in cards}
    nothing = text("p", t("No action has that in its name or description."), "r-hint r-nothing").props('role="status"')
    nothing.set_visibility(False)

    def filter_cards() -> None:
        words = (field.value or "").lower().split()
        hits = {card: card.has(words) for card in cards}
        for card, hit in hits.items():
            card.element.set_visibility(hit)
        for section in sections:
            section.set_visibility(any(hit for card, hit in hits.items() if card.section is section))
        nothing.set_visibility(not any(hits.values()))

    name = t("Search actions")
    names = {"type": "search", "placeholder": name, "aria-label": name, "aria-keyshortcuts": "/"}
    with place:
        field = Line("", on_change=filter_cards, attributes=names, shortcut="/")


def _cards(actions: list[Action], page_folder: str) -> list["ActionCard"]:
    cards = []
    for folder, inside in by_folder(actions).items():
        with ui.element("section").classes("r-section") as section:
            if folder and folder != page_folder:
                text("h2", folder_title(folder), "r-h2")
            with ui.element("div").classes("r-cards"):
                cards += [ActionCard(action, section) for action in inside]
    return cards


class ActionCard:
    """A link to an action, which all of the card belongs to, with what it does in a line."""

    def __init__(self, action: Action, section: Element) -> None:
        self.section = section
        self._searched = f"{action.title} {action.description} {action.slug}".lower()
        with ui.element("div").classes("r-card r-card-link") as self.element:
            icon(action.icon or "bolt", "r-card-icon")
            with ui.element("div"):
                title = link(action.title, f"/{action.slug}", "r-card-title")
                about = text("div", action.description.split("\n")[0], "r-hint")
        title.props["aria-describedby"] = about.html_id

    def has(self, words: list[str]) -> bool:
        """Whether all words are in what it says."""
        return all(word in self._searched for word in words)


def _empty(project: str) -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", t("No actions yet"), "r-h2")
        text("p", t("An action is an async function. Write this into {file}:", file=f"{project}/actions/hello.py"))
        text("pre", EXAMPLE, "r-code")
        text("p", t("With --reload it is here as soon as the file is saved, else after a restart."), "r-hint")


def _transactions(services: Services, folder: str) -> None:
    """What waits for the person, and what was run lately of those that they may see."""
    place = ui.element("section").classes("r-section")

    def draw() -> None:
        site, person = services.site(), current_person()
        inside = [entry for entry in services.history if not folder or entry.slug.startswith(f"{folder}/")]
        place.clear()
        with place:
            waiting = waiting_for(site, person, inside)[:WAITING]
            _list(t("Waiting for you"), waiting)
            _list(t("Recent"), [entry for entry in visible(site, person, inside) if entry not in waiting][:RECENT])

    draw()
    Throttled(services.history.subscribe, place, draw)


def _list(title: str, entries: list[Entry]) -> None:
    if not entries:
        return
    text("h2", title, "r-h2")
    with ui.element("ul").classes("r-list") as listed:
        listed.props["aria-label"] = title
        for entry in entries:
            with ui.element("li"), link("", f"/t/{entry.id}", "r-row"):
                with ui.element("span").classes("r-row-title"):
                    text("span", entry.title or entry.slug)
                    if entry.asked:
                        text("span", f" · {entry.asked}", "r-hint")
                text("span", ago(entry.asked_at or entry.started_at), "r-hint")
                state_chip(entry)

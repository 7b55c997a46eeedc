"""The dashboard's first page: what goes on, favourites, and all actions, or those of one folder."""

from nicegui import PageArguments, ui

from restival.i18n import t, tn
from restival.ui.elements.cards import Card, draw_cards, draw_section
from restival.ui.elements.problem_list import problem_panel
from restival.ui.elements.screen import Screen
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.screens.home.activity import Activity
from restival.ui.session.current_person import current_person
from restival.ui.session.favorites import favourites
from restival.ui.session.listing import folder_title, lies_in, listed
from restival.ui.session.services import Services

EXAMPLE = '''from restival import IO, action


@action
async def hello(io: IO) -> str:
    """Greets a person."""
    name = await io.input.text("Your name")
    return f"Hello, {name}!"
'''


async def home_page(services: Services, arguments: PageArguments) -> None:
    """Draw the page of the top."""
    await folder_page(services, "")


async def folder_page(services: Services, folder: str) -> None:
    """Draw the page of a folder, "" is the top."""
    project, site = services.site().project, services.site().settings.title
    title = folder_title(folder) if folder else site
    ui.page_title(f"{title} · {site}" if folder else title)
    with ui.element("div").classes("r-head"):
        text("h1", title, "r-h1")
        search = ui.element("div").classes("r-search")
    problems = services.site().problems if services.site().access.manages(current_person()) else ()
    if problems:
        problem_panel(problems, tn("{count} problem in the project", "{count} problems in the project", len(problems)))
    with ui.element("div").classes("r-home"):
        with ui.element("div").classes("r-home-actions"):
            actions = Actions(services, folder)
        Activity(services, folder, has_actions=bool(actions.cards))
    if actions.cards:
        with search:
            actions.draw_search()
    elif not services.site().access.manages(current_person()):
        _closed()
    elif not problems:
        _empty(project.root.name)


class Actions:
    """The cards of a folder's actions, above all those that the person has marked."""

    def __init__(self, services: Services, folder: str) -> None:
        self._services = services
        self._actions = [item for item in listed(services) if lies_in(item, folder)]
        self._marked_cards: list[Card] = []
        self._marked = ui.element("div")
        self.cards = draw_cards(services, self._actions, folder, self._mark)
        self._nothing = text("p", t("No matching actions"), "r-hint r-nothing")
        self._nothing.props('role="status"').set_visibility(False)
        self._draw_marked()

    def draw_search(self) -> None:
        """The field that leaves only what has some words."""
        name = t("Search actions")
        names = {"type": "search", "placeholder": name, "aria-label": name, "aria-keyshortcuts": "/"}
        self._field = TextField("", on_change=self._filter, attributes=names, shortcut="/")

    def _mark(self) -> None:
        for card in self.cards:
            card.show_star()
        self._draw_marked()

    def _draw_marked(self) -> None:
        by_slug = {item.slug: item for item in self._actions}
        marked = [by_slug[slug] for slug in favourites(self._services) if slug in by_slug]
        with self._marked.clear():
            self._marked_cards = draw_section(self._services, t("Favorites"), marked, self._mark) if marked else []

    def _filter(self) -> None:
        words = self._field.value.lower().split()
        cards = [*self.cards, *self._marked_cards]
        hits = {card: card.has(words) for card in cards}
        for card, hit in hits.items():
            card.element.set_visibility(hit)
        for section in {card.section for card in cards}:
            section.set_visibility(any(hit for card, hit in hits.items() if card.section is section))
        self._nothing.set_visibility(not any(hits.values()))


def _empty(project: str) -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", t("No actions yet"), "r-h2")
        text("p", t("An action is an async function. Add this to {file}:", file=f"{project}/actions/hello.py"))
        text("pre", EXAMPLE, "r-code r-wrap")
        text("p", t("With --reload, the action appears when you save the file. Otherwise, restart the app."), "r-hint")


def _closed() -> None:
    with ui.element("div").classes("r-empty"):
        text("h2", t("No actions for you yet"), "r-h2")
        text("p", t("Ask an administrator for a role. Your actions then appear here."), "r-hint")


SCREEN = Screen("/", lambda: t("Home"), "home", home_page)

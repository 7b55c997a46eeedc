"""Cards that lead to actions and pages."""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from nicegui import ui
from nicegui.element import Element

from restival.i18n import t
from restival.pages.page import Page
from restival.ui.elements.button import Button, run_button
from restival.ui.elements.icon import icon
from restival.ui.elements.link import link
from restival.ui.elements.text import text
from restival.ui.session.favorites import favourites, mark
from restival.ui.session.listing import Listed, by_folder, folder_title, sign_of
from restival.ui.session.services import Services

MARKDOWN = MarkdownIt()
LONGEST = 500
"""Characters of a description that are looked at: a card has room for two lines."""


class Card:
    """A link to an action or a page, which all of the card belongs to, with what it does and a star to mark it."""

    def __init__(self, services: Services, action: Listed, section: Element, marked: Callable[[], None]) -> None:
        self.section = section
        self._services = services
        self._action = action
        self._marked = marked
        self._searched = f"{action.title} {action.description} {action.slug}".lower()
        with ui.element("div").classes("r-card r-card-link") as self.element:
            icon(sign_of(action), "r-card-icon")
            with ui.element("div").classes("r-card-text"):
                title = link(action.title, f"/{action.slug}", "r-card-title", starts=True)
                if isinstance(action, Page):
                    text("span", t("Page"), "r-card-kind")
                about = text("div", first_line(action.description), "r-hint")
            name = t("Favorite: {title}", title=action.title)
            self._star = Button(icon="star", name=name, look="bare", on_click=self._press).classes("r-star")
        self.show_star()
        title.props["aria-describedby"] = about.html_id

    def has(self, words: list[str]) -> bool:
        """Whether all words are in what it says."""
        return all(word in self._searched for word in words)

    def show_star(self) -> None:
        """Show whether the person has marked the action."""
        on = self._action.slug in favourites(self._services)
        self._star.set_icon("star" if on else "star_outline")
        self._star.props["aria-pressed"] = "true" if on else "false"

    async def _press(self) -> None:
        await run_button(self._star, self._turn)

    async def _turn(self) -> None:
        slug = self._action.slug
        await mark(self._services, slug, slug not in favourites(self._services))
        self._marked()


def draw_cards(services: Services, actions: Sequence[Listed], here: str, marked: Callable[[], None]) -> list[Card]:
    """Cards of actions under the titles of their folders; `here` is the folder that is shown anyway. `marked` is called
    when a star was turned."""
    cards: list[Card] = []
    for folder, inside in by_folder(list(actions)).items():
        title = folder_title(folder) if folder and folder != here else ""
        cards += draw_section(services, title, inside, marked)
    return cards


def draw_section(services: Services, title: str, actions: Sequence[Listed], marked: Callable[[], None]) -> list[Card]:
    """Cards under a title."""
    with ui.element("section").classes("r-section") as section:
        if title:
            text("h2", title, "r-h2")
        with ui.element("div").classes("r-cards"):
            return [Card(services, action, section, marked) for action in actions]


def first_line(description: str) -> str:
    """The beginning of a description, as plain words."""
    inline = MARKDOWN.parseInline(description.strip().split("\n")[0][:LONGEST])
    return "".join(token.content for token in inline[0].children or []) if inline else ""

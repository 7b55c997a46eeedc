"""Why a person may do something, or may not: each right with its reasons."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from restival.access.person import Person
from restival.access.rights import Access, Guarded, Right
from restival.actions.action import Action
from restival.i18n import t, tn
from restival.pages.page import Page
from restival.settings.people import Individual
from restival.ui.elements.select import Select
from restival.ui.elements.text import text
from restival.ui.elements.text_field import TextField
from restival.ui.session.current_person import current_person
from restival.ui.session.services import Services

MOST = 100
"""Rows that are shown."""


def right_words() -> Mapping[Right, str]:
    """The rights, as people call them."""
    return {
        "see": t("See"),
        "run": t("Run"),
        "answer": t("Answer"),
        "view_history": t("View history"),
        "manage": t("Manage"),
    }


class RightsTable:
    """The rights of people on actions and pages: all of them, those of one person, those on one action, or both."""

    def __init__(self, services: Services, people: Sequence[Individual]) -> None:
        site = services.site()
        self._access: Access = site.access
        found = [site.person(each.mail) for each in people]
        self._people = {each.email: each for each in found if each is not None}
        # what the one who looks may not see isn't named to them either
        me = current_person()
        shown: list[Action | Page] = [*site.allowed(me, "see"), *site.pages_for(me)]
        self._guarded: dict[str, tuple[str, Guarded]] = {each.slug: (each.title, each) for each in shown}
        self._person, self._slug, self._words = next(iter(self._people), ""), "", ""
        with ui.element("section").classes("r-section"):
            text("h2", t("Effective permissions"), "r-h2")
            with ui.element("div").classes("r-filters"):
                self._filters()
            self._count = text("p", "", "r-hint").props('role="status"')
            self._place = ui.element("div")
        self._draw()

    def _filters(self) -> None:
        people = {"": t("Everyone"), **{mail: each.name for mail, each in self._people.items()}}
        actions = {"": t("All actions"), **{slug: title for slug, (title, _) in self._guarded.items()}}
        Select(t("Person"), people, self._person, lambda value: self._take(person=value))
        Select(t("Action"), actions, "", lambda value: self._take(slug=value))
        attributes = {"type": "search", "placeholder": t("Name, action, role, permission")}
        words = TextField(
            t("Search"), "", on_change=lambda: self._take(words=words.value.lower()), attributes=attributes
        )

    def _take(self, *, person: str | None = None, slug: str | None = None, words: str | None = None) -> None:
        self._person = self._person if person is None else person
        self._slug = self._slug if slug is None else slug
        self._words = self._words if words is None else words
        self._draw()

    def _draw(self) -> None:
        people = [self._people[self._person]] if self._person else list(self._people.values())
        guarded = [self._guarded[self._slug]] if self._slug else list(self._guarded.values())
        rows = [row for person in people for title, each in guarded if (row := self._row(person, title, each))]
        count = tn("{count} result", "{count} results", len(rows))
        more = t("showing the first {count}", count=MOST) if len(rows) > MOST else ""
        self._count.set_text(", ".join(filter(None, (count, more))))
        self._place.clear()
        with self._place, ui.element("table").classes("r-history r-rights") as table:
            table.props["aria-label"] = t("Permissions")
            with ui.element("thead"), ui.element("tr"):
                for title in (t("Person"), t("Action"), *right_words().values(), t("Reason")):
                    text("th", title).props("scope=col")
            with ui.element("tbody"):
                for row in rows[:MOST]:
                    _draw_row(*row)

    def _row(self, person: Person, title: str, guarded: Guarded) -> "Row | None":
        """What is to be said of a person and an action, if the words that are searched for are in it."""
        rights = self._access.rights(person, guarded)
        reasons = [reason.text for reason in self._access.reasons(person, guarded)]
        said = " ".join([person.name, person.email, title, guarded.slug, *reasons, *rights]).lower()
        if not all(word in said for word in self._words.split()):
            return None
        return person, title, guarded.slug, rights, reasons


Row = tuple[Person, str, str, frozenset[Right], list[str]]


def _draw_row(person: Person, title: str, slug: str, rights: frozenset[Right], reasons: list[str]) -> None:
    with ui.element("tr"):
        text("td", person.name)
        with text("td", ""):
            text("div", title)
            text("div", slug, "r-hint")
        for right, name in right_words().items():
            with text("td", "", "r-may" if right in rights else "r-may-not"):
                text("span", name, "r-may-name")
                text("span", t("Yes") if right in rights else t("No"))
        with text("td", "", "r-why"):
            for reason in reasons:
                text("div", reason)

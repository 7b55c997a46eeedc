"""Everything that a person may go to, for the command palette."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from restival.actions.action import Action
from restival.i18n import t
from restival.site.transactions import visible, waiting_for
from restival.ui.elements.times import ago
from restival.ui.screens import SCREENS
from restival.ui.session.current_person import current_person
from restival.ui.session.favorites import favourites
from restival.ui.session.listing import folder_title, listed, sign_of
from restival.ui.session.services import Services
from restival.ui.shell.menus import groups

WAITING, RECENT = 20, 30
"""How many transactions of each kind can be found."""


@dataclass(frozen=True)
class Destination:
    """A place in the app or elsewhere; `also` is what finds it besides its title and hint."""

    group: str
    title: str
    target: str
    icon: str
    hint: str = ""
    also: str = ""
    elsewhere: bool = False


def destinations(services: Services) -> list[Destination]:
    """The places, the most likely first."""
    found = [*_waiting(services), *_actions(services), *_places(services), *_recent(services)]
    once: dict[str, Destination] = {}
    for each in found:
        once.setdefault(each.target, each)
    return list(once.values())


def _waiting(services: Services) -> Iterator[Destination]:
    for entry in waiting_for(services.site(), current_person(), services.history.going_on)[:WAITING]:
        title = f"{entry.title or entry.slug}: {entry.asked}" if entry.asked else entry.title or entry.slug
        when = ago(entry.asked_at or entry.started_at)
        yield Destination(t("Waiting for you"), title, f"/t/{entry.id}", "pending_actions", when, entry.id)


def _actions(services: Services) -> Iterator[Destination]:
    items = {item.slug: item for item in listed(services)}
    marked = [slug for slug in favourites(services) if slug in items]
    for slug in dict.fromkeys((*marked, *items)):
        item = items[slug]
        group = t("Actions") if isinstance(item, Action) else t("Pages")
        hint = folder_title(item.group) if item.group else ""
        yield Destination(group, item.title, f"/{slug}", sign_of(item), hint, f"{slug} {item.description}")


def _places(services: Services) -> Iterator[Destination]:
    for screen in SCREENS:
        if screen.is_visible(services):
            yield Destination(t("Screens"), screen.title(), screen.path, screen.icon)
    for group in groups(services):
        for entry in group.entries:
            yield Destination(
                t("Screens"), entry.title, entry.target, entry.icon, group.title, elsewhere=entry.elsewhere
            )


def _recent(services: Services) -> Iterator[Destination]:
    for entry in islice(visible(services.site(), current_person(), services.history), RECENT):
        hint = f"{entry.starter.name}, {ago(entry.started_at)}" if entry.starter else ago(entry.started_at)
        title = entry.title or entry.slug
        yield Destination(t("Recent"), title, f"/t/{entry.id}", "history", hint, f"{entry.id} {entry.asked}")

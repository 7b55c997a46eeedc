"""Which transactions a list shows to a person: by rights first, then by what they have chosen."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from restival.access import Person
from restival.engine.history import ENDED, Entry, Status
from restival.site import Site
from restival.words import reader

Sort = Literal["newest", "oldest", "longest", "action"]


class Choice(BaseModel):
    """What somebody has chosen of the history; the fields are those of a link's query. Days are counted
    where the reader is."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    action: str = ""
    person: str = ""
    status: Status | None = None
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"

    def has(self, entry: Entry) -> bool:
        """Whether it is one of those."""
        starter = entry.starter
        return (
            (not self.action or entry.slug == self.action or entry.slug.startswith(f"{self.action}/"))
            and (self.status is None or entry.status == self.status)
            and (self.since is None or _day(entry) >= self.since)
            and (self.until is None or _day(entry) <= self.until)
            and (not self.person or (starter is not None and self.person in (starter.email, starter.name)))
            and all(word in _searched(entry) for word in self.text.lower().split())
        )


def chosen(site: Site, person: Person, entries: Iterable[Entry], choice: Choice) -> list[Entry]:
    """The transactions that a person may see, of those that they have chosen, in their order."""
    found = [entry for entry in visible(site, person, entries) if choice.has(entry)]
    match choice.sort:
        case "newest":
            return found
        case "oldest":
            return found[::-1]
        case "longest":
            return sorted(found, key=duration, reverse=True)
        case "action":
            return sorted(found, key=lambda entry: entry.title.lower())


def visible(site: Site, person: Person, entries: Iterable[Entry]) -> list[Entry]:
    """The transactions that a person may see."""
    all_of = {action.slug for action in site.allowed(person, "view_history")}
    registry, access = site.registry, site.access
    return [
        entry
        for entry in entries
        if entry.slug in all_of or access.may_view(person, registry.get(entry.slug), entry.standing)
    ]


def waiting_for(site: Site, person: Person, entries: Iterable[Entry]) -> list[Entry]:
    """What waits for an answer that the person may give, the oldest question first."""
    waits = [entry for entry in entries if entry.status == "Waiting"]
    mine = [entry for entry in waits if site.access.may_answer(person, site.registry.get(entry.slug), entry.standing)]
    return sorted(mine, key=lambda entry: entry.asked_at or entry.started_at)


def duration(entry: Entry) -> float:
    """How long it took, or takes until now, in seconds."""
    end = entry.ended_at if entry.status in ENDED and entry.ended_at else datetime.now(UTC)
    return max(0.0, (end - entry.started_at).total_seconds())


def _day(entry: Entry) -> date:
    return entry.started_at.astimezone(reader().zone).date()


def _searched(entry: Entry) -> str:
    starter = f"{entry.starter.name} {entry.starter.email}" if entry.starter else ""
    return f"{entry.title} {entry.slug} {entry.id} {starter} {entry.asked} {entry.failure or ''}".lower()

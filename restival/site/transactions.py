"""Which transactions a list shows to a person: by rights first, then by what they have chosen. And what it shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from restival.access.person import Person
from restival.actions.context import Priority
from restival.engine.client.history import History
from restival.engine.state.summary import ENDED, Status, TransactionSummary
from restival.i18n import current_locale, t
from restival.site.site import Site

Test = Callable[[TransactionSummary], bool]
Value = str | datetime | timedelta | None
Sort = Literal["newest", "oldest", "longest", "action", "priority"]


class HistoryFilter(BaseModel):
    """What somebody has chosen of the history; the fields are those of a link's query. Days are counted
    where the reader is."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    action: str = ""
    person: str = ""
    status: Status | None = None
    priority: Priority | None = None
    since: date | None = None
    until: date | None = None
    sort: Sort = "newest"

    def tests(self) -> list[Test]:
        """What a transaction has to stand to be one of those; nothing where nothing was chosen."""
        found: list[Test] = []
        if folder := self.action:
            found.append(lambda entry: entry.slug == folder or entry.slug.startswith(f"{folder}/"))
        found += [column.test(choice) for column, choice in self._choices() if choice is not None]
        if (since := self.since) is not None:
            found.append(lambda entry: _day(entry) >= since)
        if (until := self.until) is not None:
            found.append(lambda entry: _day(entry) <= until)
        if who := self.person:
            found.append(lambda entry: entry.starter is not None and who in (entry.starter.email, entry.starter.name))
        if words := self.text.lower().split():
            found.append(lambda entry: _has(entry, words))
        return found

    def _choices(self) -> Iterator[tuple["Column", str | None]]:
        for column in COLUMNS:
            if column.choice is not None:
                yield column, getattr(self, column.choice.field)


def filter_transactions(
    site: Site, person: Person, entries: Iterable[TransactionSummary], choice: HistoryFilter
) -> list[TransactionSummary]:
    """The transactions that a person may see, of those that they have chosen, in their order."""
    found = list(visible(site, person, entries))
    for fits in choice.tests():  # one after the other: each goes through fewer
        found = [entry for entry in found if fits(entry)]
    return ORDERS[choice.sort].arranged(found)


def visible(site: Site, person: Person, entries: Iterable[TransactionSummary]) -> Iterator[TransactionSummary]:
    """The transactions that a person may see, found as they are asked for."""
    all_of = _all_of(site, person)
    if isinstance(entries, History) and entries.starters.keys() <= all_of:
        return iter(entries)
    registry, access = site.registry, site.access
    own: dict[int, bool] = {}

    def others(entry: TransactionSummary) -> bool:
        """Whether it has ended, and nobody else than its starter, who is somebody else, had to do with it: all that
        most of many are, and that no right but that on the whole history opens."""
        starter = entry.starter
        if starter is None or entry.status not in ENDED or entry.queued_by is not None:
            return False
        if entry.answered_by or entry.asked_people:
            return False
        if id(starter) not in own:
            own[id(starter)] = person.same_as(starter)
        return not own[id(starter)]

    return (
        entry
        for entry in entries
        if entry.slug in all_of
        or (not others(entry) and access.may_view(person, registry.get(entry.slug), entry.standing))
    )


def starters(site: Site, person: Person, history: History) -> dict[str, list[Person]]:
    """Who has started what the person may see, by the address of the action."""
    all_of = _all_of(site, person)
    found = {slug: dict(who) for slug, who in history.starters.items() if slug in all_of}
    if len(found) < len(history.starters):
        for entry in visible(site, person, history):
            if entry.slug not in all_of and entry.starter is not None:
                found.setdefault(entry.slug, {})[entry.starter.identity] = entry.starter
    return {slug: list(who.values()) for slug, who in found.items()}


def _all_of(site: Site, person: Person) -> set[str]:
    """The addresses of the actions all of whose transactions the person may see."""
    return {action.slug for action in site.allowed(person, "view_history")}


def waiting_for(site: Site, person: Person, entries: Iterable[TransactionSummary]) -> list[TransactionSummary]:
    """What waits for an answer that the person may give, by priority, then the oldest question first."""
    waits = [entry for entry in entries if entry.status == "Waiting"]
    mine = [entry for entry in waits if site.access.may_answer(person, site.registry.get(entry.slug), entry.standing)]
    return sorted(mine, key=lambda entry: (-_rank(entry), entry.asked_at or entry.started_at))


def duration(entry: TransactionSummary) -> timedelta:
    """How long it took, or takes until now."""
    end = (entry.ended_at if entry.status in ENDED else None) or datetime.now(UTC)
    return max(timedelta(0), end - entry.started_at)


def _rank(entry: TransactionSummary) -> int:
    return get_args(Priority).index(entry.priority)


def _day(entry: TransactionSummary) -> date:
    return entry.started_at.astimezone(current_locale().zone).date()


def _has(entry: TransactionSummary, words: list[str]) -> bool:
    searched = _searched(entry)
    return all(word in searched for word in words)


def _searched(entry: TransactionSummary) -> str:
    starter = f"{entry.starter.name} {entry.starter.email}" if entry.starter else ""
    return f"{entry.title} {entry.slug} {entry.id} {starter} {entry.asked} {entry.failure or ''}".lower()


def status_words() -> dict[str, str]:
    """The states of transactions in a word each, as lists show them."""
    return {
        "Waiting": t("Waiting"),
        "Running": t("Running"),
        "Done": t("Done"),
        "Failed": t("Failed"),
        "Cancelled": t("Cancelled"),
    }


def priority_words() -> dict[str, str]:
    """The priorities in a word each, the highest first."""
    return {"urgent": t("Urgent"), "high": t("High"), "normal": t("Normal"), "low": t("Low")}


def priority_note(priority: Priority) -> str:
    """The priority beside a title; empty if it is the usual one."""
    return "" if priority == "normal" else t("Priority: {priority}", priority=priority_words()[priority])


@dataclass(frozen=True)
class Choice:
    """A filter for the values of a column: its `field` of HistoryFilter, and the values with their words."""

    field: str
    all: Callable[[], str]
    words: Callable[[], Mapping[str, str]]


@dataclass(frozen=True)
class Order:
    """An order of lists of transactions, which come with the newest first."""

    name: Sort
    title: Callable[[], str]
    arranged: Callable[[list[TransactionSummary]], list[TransactionSummary]]


@dataclass(frozen=True)
class Column:
    """A column of lists of transactions: `name` in JSON and CSV, `title` on the screen, which leaves out those without
    one. Each of these formats the `value` by its type; the screen shows `text` instead if there is one."""

    name: str
    value: Callable[[TransactionSummary], Value]
    title: Callable[[], str] | None = None
    text: Callable[[TransactionSummary], str] | None = None
    choice: Choice | None = None
    orders: tuple[Order, ...] = ()

    def test(self, value: str) -> Test:
        """Returns the test for transactions with that value."""
        return lambda entry: self.value(entry) == value


BY_ACTION = Order("action", lambda: t("By action"), lambda found: sorted(found, key=lambda entry: entry.title.lower()))
NEWEST = Order("newest", lambda: t("Newest first"), lambda found: found)
OLDEST = Order("oldest", lambda: t("Oldest first"), lambda found: found[::-1])
LONGEST = Order("longest", lambda: t("Longest first"), lambda found: sorted(found, key=duration, reverse=True))
HIGHEST = Order("priority", lambda: t("Highest priority first"), lambda found: sorted(found, key=_rank, reverse=True))

COLUMNS = (
    Column("id", lambda entry: entry.id),
    Column("action", lambda entry: entry.slug),
    Column("title", lambda entry: entry.title, lambda: t("Action"), orders=(BY_ACTION,)),
    Column(
        "state",
        lambda entry: entry.status,
        lambda: t("State"),
        choice=Choice("status", lambda: t("Any state"), status_words),
    ),
    Column("started by", lambda entry: entry.starter.name if entry.starter else "", lambda: t("Started by")),
    Column("mail", lambda entry: entry.starter.email if entry.starter else ""),
    Column(
        "started at",
        lambda entry: entry.started_at,
        lambda: t("Started"),
        orders=(NEWEST, OLDEST),
    ),
    Column("ended at", lambda entry: entry.ended_at),
    Column("seconds", duration, lambda: t("Duration"), orders=(LONGEST,)),
    Column("failure", lambda entry: entry.failure),
    Column(
        "priority",
        lambda entry: entry.priority,
        lambda: t("Priority"),
        text=lambda entry: "" if entry.priority == "normal" else priority_words()[entry.priority],
        choice=Choice("priority", lambda: t("Any priority"), priority_words),
        orders=(HIGHEST,),
    ),
)
"""What the history, the JSON API, and the CSV show of a transaction."""
ORDERS = {order.name: order for column in COLUMNS for order in column.orders}

"""All transactions in short, in memory: what lists, the inbox and counts ask for many times a minute.

Restate has them; here is what its introspection said at the start, and what the feed has told since. A transaction that
ends without its code, or in another process, is noticed when Restate is asked again.
"""

import asyncio
import gc
import json
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from restival.access.assignment import Assignment, AssignmentEvent
from restival.access.person import Person
from restival.engine.client.stuck import said_by
from restival.engine.errors import EngineRefused, EngineUnavailable
from restival.engine.restate.admin import Admin, quoted
from restival.engine.state.feed import Feed
from restival.engine.state.records import Meta, Outcome
from restival.engine.state.summary import ENDED, Status, TransactionSummary
from restival.io.core.call import TranscriptItem
from restival.isolation.listeners import Listeners

BEFORE_PARAMS, BEFORE_LABELS = 3_000, 100_000
"""Characters of a stored value that are read: what lists show stands at its beginning."""
LABEL = re.compile(r'"label":("(?:[^"\\]|\\.)*")')
N = re.compile(r'"n":(\d+)')
ASKED_AT = re.compile(r'"asked_at":"([^"]+)"')
HANDS = re.compile(r'"hands":(?={)')
LOOK_SECONDS = 10.0
FORGET_SECONDS = 3600.0
"""Restate looks as often for what is to be removed."""
OVERLAP = timedelta(seconds=30)
"""So much of the time before the last look is looked at again: clocks and tables aren't in step."""
AT_ONCE = 500
PAUSE_AFTER = 200
T = TypeVar("T")


class History:
    """The transactions by id, newest first when iterated."""

    def __init__(self, admin: Admin, feed: Feed) -> None:
        self._admin = admin
        self._entries: dict[str, TransactionSummary] = {}
        self._open: dict[str, TransactionSummary] = {}
        self._newest: list[TransactionSummary] = []
        self._in_order = True
        self._people: dict[Person, Person] = {}
        self.starters: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        """Who has started transactions of each action, by its address."""
        self._after: defaultdict[str, dict[str, TransactionSummary]] = defaultdict(dict)
        self._with: defaultdict[str, dict[str, TransactionSummary]] = defaultdict(dict)
        self._listeners = Listeners[[]]()
        self._scheduled = False
        self._changes: Counter[str] = Counter()
        self._looked: datetime | None = None
        feed.follow_all(self._heard)

    def __iter__(self) -> Iterator[TransactionSummary]:
        if not self._in_order:  # nearly in order, which sorts fast
            self._newest = sorted(self._newest, key=lambda entry: entry.started_at, reverse=True)
            self._in_order = True
        return iter(self._newest)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def going_on(self) -> list[TransactionSummary]:
        """Those that haven't ended, in no order: few, where there are many in all."""
        return list(self._open.values())

    def involving(self, person: Person) -> Iterable[TransactionSummary]:
        """Those that a person has had to do with, newest first: to a developer, who is alone, all."""
        if person.developer:
            return self
        theirs = [entry for entry in self._with.get(person.identity, {}).values() if entry.involves(person)]
        return sorted(theirs, key=lambda entry: entry.started_at, reverse=True)

    def after(self, transaction: str) -> Iterable[TransactionSummary]:
        """The transactions that have taken over what was done in that one."""
        return self._after.get(transaction, {}).values()

    def get(self, transaction: str) -> TransactionSummary | None:
        """The transaction with that id, if there is one."""
        return self._entries.get(transaction)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when something has changed, once for changes close together; the returned function ends
        that."""
        return self._listeners.subscribe(listener)

    def changes_in(self, folder: str) -> int:
        """How many changes of transactions of a folder's actions, and those below it, were noticed so far."""
        return sum(count for slug, count in self._changes.items() if not folder or slug.startswith(f"{folder}/"))

    async def follow(self) -> None:
        """Read all transactions, then look now and then for what wasn't heard of."""
        clock = asyncio.get_running_loop().time
        swept = clock()
        while True:
            try:
                await self.look()
                if clock() > swept + FORGET_SECONDS:
                    await self.forget()
                    swept = clock()
            except (EngineUnavailable, EngineRefused):
                await asyncio.sleep(1)
            else:
                await asyncio.sleep(LOOK_SECONDS)

    async def begin(self) -> None:
        """Read what goes on: few, and what inboxes have to know from the first moment on."""
        await self._read("status != 'completed'")

    async def look(self) -> None:
        """Read what has changed since the last time; the first time all."""
        now = datetime.now(UTC)
        if self._looked is None:
            await self._read()
            gc.freeze()  # these stay: looking through them again and again would hold up everybody
        else:
            await self._read(f"modified_at >= '{(self._looked - OVERLAP).isoformat()}'")
        self._looked = now

    async def forget(self) -> None:
        """Forget those whose retention is over: Restate has them no more."""
        ended = [entry.id for entry in self._newest if entry.status in ENDED]
        rows = await self._admin.query(
            "SELECT target_service_name, target_service_key FROM sys_invocation WHERE target_handler_name = 'run'"
        )
        kept = {_id(row) for row in rows}
        gone = [transaction for transaction in ended if transaction not in kept]
        for transaction in gone:
            del self._entries[transaction]
            self._after.pop(transaction, None)
            for found in (*self._with.values(), *self._after.values()):
                found.pop(transaction, None)
        if gone:
            self._newest = [entry for entry in self._newest if entry.id in self._entries]
            self._tell()

    async def _read(self, which: str = "true") -> None:
        rows = await self._admin.query(
            "SELECT target_service_name, target_service_key, status, completion_result, completion_failure, "
            f"created_at, modified_at FROM sys_invocation WHERE target_handler_name = 'run' AND {which}"
        )
        unknown = [row for row in rows if _id(row) not in self._entries]
        async for row in unhurried(rows):
            self._take(row)
        await self._fill(unknown)
        if rows:
            self._tell()

    def _take(self, row: dict[str, Any]) -> None:
        entry = self._entries.get(_id(row)) or self._new(_id(row), _time(row["created_at"]))
        if row["status"] != "completed" or entry.status in ENDED:
            return
        self._changes[entry.slug] += 1
        failure = row.get("completion_failure") or ""
        cancelled = "cancelled" in failure or "killed" in failure
        ended: Status = "Done" if row["completion_result"] == "success" else "Cancelled" if cancelled else "Failed"
        entry.end(ended, _time(row["modified_at"]), said_by(failure) or None)
        self._open.pop(entry.id, None)

    def _new(self, transaction: str, started_at: datetime) -> TransactionSummary:
        entry = self._entries[transaction] = self._open[transaction] = TransactionSummary(transaction, started_at)
        self._newest.append(entry)
        self._in_order = False
        self.starters[entry.slug]  # which is known from now on, whoever it was
        return entry

    async def _fill(self, rows: list[dict[str, Any]]) -> None:
        """Read who has started these, and what those that haven't ended ask."""
        whole = len(rows) > AT_ONCE
        async for values in unhurried(await self._values(rows, "key = 'meta'", BEFORE_PARAMS, whole=whole)):
            if (entry := self._entries.get(_id(values))) is not None:
                self._describe(entry, values["value"])
        async for values in unhurried(await self._values(rows, "key LIKE 'hand/%'", BEFORE_PARAMS, whole=whole)):
            if (entry := self._entries.get(_id(values))) is not None:
                self._apply(entry, AssignmentEvent.model_validate_json(values["value"]))
        waiting = [row for row in rows if self._entries[_id(row)].status not in ENDED]
        answered: dict[str, int] = {}
        for values in await self._values(waiting, "key LIKE 'item/%'", BEFORE_LABELS):
            answered[_id(values)] = max(answered.get(_id(values), 0), int(values["key"].removeprefix("item/")))
        turns = {_id(values): values["value"] for values in await self._values(waiting, "key = 'turn'", BEFORE_LABELS)}
        for values in await self._values(waiting, "key = 'call'", BEFORE_LABELS):
            entry, found = self._entries[_id(values)], N.search(values["value"])
            if found and int(found[1]) > answered.get(entry.id, 0) and entry.status not in ENDED:
                label, at = LABEL.search(values["value"]), ASKED_AT.search(values["value"])
                turn = turns.get(entry.id, "")
                later = _hands_in(turn) if (of := N.search(turn)) and of[1] == found[1] else None
                hands = later or _hands_in(values["value"]) or Assignment()
                entry.ask(int(found[1]), json.loads(label[1]) if label else "", at and _time(at[1]), hands)

    async def _values(
        self, rows: list[dict[str, Any]], which: str, characters: int, *, whole: bool = False
    ) -> list[dict[str, Any]]:
        """The beginnings of these state values of these transactions; `whole`, of all at once."""
        found = []
        for first in range(0, len(rows), len(rows) if whole else AT_ONCE):
            keys = ", ".join(quoted(row["target_service_key"]) for row in rows[first : first + AT_ONCE])
            found += await self._admin.query(
                "SELECT service_name AS target_service_name, service_key AS target_service_key, key, "
                f"substr(value_utf8, 1, {characters}) AS value FROM state WHERE {which}"
                + ("" if whole else f" AND service_key IN ({keys})")
            )
        return found

    def _describe(self, entry: TransactionSummary, value: str) -> None:
        before, params, _ = value.partition(',"params":')
        try:
            meta = Meta.model_validate_json(before + "}" if params else value)
        except ValueError:
            return
        self._apply(entry, meta)

    def _heard(self, transaction: str, key: str, value: BaseModel | None) -> None:
        entry = self._entries.get(transaction) or self._new(transaction, datetime.now(UTC))
        if self._apply(entry, value):
            self._changes[entry.slug] += 1
            self._tell()

    def _apply(self, entry: TransactionSummary, value: BaseModel | None) -> bool:
        """Have a change taken, and find the transaction by what is new. Returns whether lists show it."""
        started_at = entry.started_at
        if not entry.apply(value):
            return False
        match value:
            case Meta():
                self._begun(entry, value)
                self._in_order = self._in_order and entry.started_at == started_at
            case AssignmentEvent(by=Person() as by) | TranscriptItem(by=Person() as by):
                self._with[by.identity][entry.id] = entry
            case Outcome():
                self._open.pop(entry.id, None)
        return True

    def _begun(self, entry: TransactionSummary, meta: Meta) -> None:
        entry.starter = self._people.setdefault(meta.user, meta.user)
        for person in filter(None, (meta.user, meta.queued_by)):
            self._with[person.identity][entry.id] = entry
        self.starters[entry.slug][meta.user.identity] = entry.starter
        if meta.restarted is not None:
            self._after[meta.restarted.transaction][entry.id] = entry

    def _tell(self) -> None:
        if self._scheduled:
            return
        self._scheduled = True
        asyncio.get_running_loop().call_later(0.1, self._tell_now)

    def _tell_now(self) -> None:
        self._scheduled = False
        self._listeners.notify()


async def unhurried(rows: Sequence[T]) -> AsyncIterator[T]:
    """The rows, with pauses in which the app does what else there is to do."""
    for number, row in enumerate(rows):
        if number % PAUSE_AFTER == PAUSE_AFTER - 1:
            await asyncio.sleep(0)
        yield row


def _hands_in(stored: str) -> Assignment | None:
    """In whose hands a stored call or turn is; None where it doesn't say or what was read of it is cut off."""
    if (found := HANDS.search(stored)) is None:
        return None
    try:
        return Assignment.model_validate(json.JSONDecoder().raw_decode(stored, found.end())[0])
    except ValueError:
        return None


def _id(row: dict[str, Any]) -> str:
    return f"{row['target_service_name']}.{row['target_service_key']}"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

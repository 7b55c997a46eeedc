"""Finds entries of the audit log, the newest first. The log can have 1 GB, so a search reads a part of it."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from restival.isolation.printable import printable

SEARCH_BYTES = 10_000_000
"""What one search reads."""
MOST_FOUND = 1_000
MOST_OPTIONS = 200
"""Of each kind: strangers can sign in with as many names as they like."""
BLOCK_BYTES = 250_000
LONGEST_LINE = 100_000
FORMER = re.compile(r"\.(\d{4}-\d\d-\d\d)(?:\.(\d+))?$")
"""How the name of a former file ends; of those of one day, the highest number is the newest."""
NEARLY = timedelta(days=1)
"""Entries that `restival user` writes can be a moment too late for their place, and days depend on the time zone."""


@dataclass(frozen=True)
class AuditEntry:
    """A line of the audit log. `facts` is all that it has besides."""

    at: datetime
    event: str
    who: str
    address: str
    facts: Mapping[str, str]

    def details(self) -> str:
        """The facts as text."""
        return " · ".join(f"{name}: {value}" for name, value in self.facts.items())


class AuditFilter(BaseModel):
    """What a user wants to see of the audit log; the fields are those of a link's query."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    event: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None

    def fits(self, entry: AuditEntry) -> bool:
        """Whether the entry has what was chosen besides the time. A person's entries include those about them."""
        if self.event and entry.event != self.event:
            return False
        if self.person and self.person not in (entry.who, entry.facts.get("whom")):
            return False
        searched = f"{entry.event} {entry.who} {entry.address} {entry.details()}".lower()
        return all(word in searched for word in self.text.lower().split())

    def is_in_time(self, entry: AuditEntry, zone: tzinfo) -> bool:
        """Whether the entry is of the chosen days."""
        if self.since is None and self.until is None:
            return True
        day = entry.at.astimezone(zone).date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class FoundEntries:
    """What one search has found. `events` and `people` are those of all entries that it has read, at most
    the newest 200 of each."""

    entries: list[AuditEntry]
    events: list[str]
    people: list[str]
    is_complete: bool


def search_audit(file: Path, choice: AuditFilter, zone: tzinfo) -> FoundEntries:
    """Returns the newest entries that match. It blocks for up to half a second."""
    found: list[AuditEntry] = []
    events, people = dict[str, None](), dict[str, None]()
    is_complete, read = True, 0
    for batch in audit_batches(file, choice, zone):
        events |= dict.fromkeys(entry.event for entry in batch)
        people |= dict.fromkeys(entry.who for entry in batch)
        found += filter(choice.fits, batch)
        read += BLOCK_BYTES
        if read >= SEARCH_BYTES:
            is_complete = False
            break
    is_complete = is_complete and len(found) <= MOST_FOUND
    return FoundEntries(found[:MOST_FOUND], _options(events), _options(people), is_complete)


def _options(newest_first: dict[str, None]) -> list[str]:
    return sorted(filter(None, list(newest_first)[:MOST_OPTIONS]), key=str.lower)


def audit_batches(file: Path, choice: AuditFilter, zone: tzinfo) -> Iterator[list[AuditEntry]]:
    """Yields the entries of the chosen days, the newest first, a list for each block of a file. Each step blocks."""
    for path in _files(file):
        try:
            if choice.until is not None and _first_day(path) - choice.until > NEARLY:
                continue
            for lines in _blocks(path):
                entries = [entry for line in lines if (entry := _entry(line)) is not None]
                yield [entry for entry in entries if choice.is_in_time(entry, zone)]
                if choice.since is not None and entries and choice.since - entries[0].at.date() > NEARLY:
                    return
        except FileNotFoundError:  # the app has just deleted or renamed it
            continue


def _files(file: Path) -> list[Path]:
    former = (
        (name[1], int(name[2] or 0), path) for path in file.parent.glob(f"{file.name}.*") if (name := _name(path))
    )
    return [file, *(path for *_, path in sorted(former, reverse=True))]


def _name(path: Path) -> re.Match[str] | None:
    return FORMER.search(path.name)


def _first_day(path: Path) -> date:
    with path.open("rb") as file:
        first = _entry(file.readline(LONGEST_LINE))
    return date.min if first is None else first.at.date()


def _blocks(path: Path) -> Iterator[list[bytes]]:
    """The lines of a file, the last first, a list for each block of it."""
    with path.open("rb") as file:
        start, rest = file.seek(0, os.SEEK_END), b""
        while start > 0:
            end, start = start, max(0, start - BLOCK_BYTES)
            file.seek(start)
            first, *lines = (file.read(end - start) + rest).split(b"\n")
            rest = first if len(first) <= LONGEST_LINE else b""
            yield [*reversed(lines), *([] if start else [first])]


def _entry(line: bytes) -> AuditEntry | None:
    """The entry in a line; none where the line was cut off or isn't one of the app's."""
    try:
        found = {str(name): _text(value) for name, value in json.loads(line).items()}
        at = datetime.fromisoformat(found.pop("at"))
        event, who = found.pop("event"), found.pop("who")
    except (ValueError, KeyError, AttributeError, RecursionError):
        return None
    if not date.min.year < at.year < date.max.year:  # other time zones have no such day
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return AuditEntry(at, event, who, found.pop("address", ""), found)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return printable(value)

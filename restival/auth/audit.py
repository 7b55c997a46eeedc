"""The audit: sign-ins, refusals and changes of rights as JSON lines."""

import json
import logging
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from restival.access.person import Person
from restival.auth.audit_file import AuditFile
from restival.auth.line_limit import OF_ALL_PEOPLE, OF_PEOPLE, LineLimit

MOST_CHARACTERS = 200
"""Of a value; the rest is cut."""

caller: ContextVar[str] = ContextVar("restival_caller", default="")
"""The address that what is done now was asked for from."""


class Audit:
    """Writes one JSON object a line, with what has happened, when, by whom and from where. A file a day, kept for
    `days`; all of them together are bounded, and so is what strangers can write."""

    def __init__(self, file: Path, days: int) -> None:
        self.file = file
        self._log = logging.Logger("restival.audit", logging.INFO)
        handler = AuditFile(file, max(1, days))
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._log.addHandler(handler)
        self._strangers = LineLimit(time.time)
        self._refused = LineLimit(time.time, OF_PEOPLE, OF_ALL_PEOPLE)

    def write(self, event: str, person: Person | str, **facts: object) -> None:
        """Write a line. Facts are what helps to understand it, never a secret."""
        self._tell_more()
        self._log.info(_line(event, person, {**facts, **_from()}))

    def refuse(self, person: Person, **facts: object) -> None:
        """Write that something was refused to somebody who has signed in. Beyond a line a second it is counted: nobody
        can have what was written before pushed out."""
        self._tell_more()
        if self._refused.may_write(person.identity):
            self._log.info(_line("refused", person, {**facts, **_from()}))

    def write_stranger(self, event: str, who: str, **facts: object) -> None:
        """Write a line of somebody who hasn't signed in. What comes from one address beyond ten lines a minute, or from
        all beyond sixty, is counted, and the counts are written in the next minute."""
        self._tell_more()
        if self._strangers.may_write(caller.get()):
            self._log.info(_line(event, who, {**facts, **_from()}))

    def close(self) -> None:
        """Write what was only counted so far."""
        self._tell(self._strangers.end(), self._refused.end())

    def _tell_more(self) -> None:
        self._tell(self._strangers.counted(), self._refused.counted())

    def _tell(self, strangers: Mapping[str, int], people: Mapping[str, int]) -> None:
        for address, count in strangers.items():
            self._log.info(_line("more of these", "nobody", {"address": address, "count": count}))
        for who, count in people.items():
            self._log.info(_line("more of these", who, {"count": count}))


def append(file: Path, event: str, person: Person | str, **facts: object) -> None:
    """Write a line from outside of the app, which may be running and has the file open."""
    with file.open("a", encoding="utf-8") as audit:
        audit.write(_line(event, person, facts) + "\n")


def _from() -> dict[str, object]:
    return {"address": address} if (address := caller.get()) else {}


def _line(event: str, person: Person | str, facts: Mapping[str, object]) -> str:
    who = person if isinstance(person, str) else person.identity
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "who": who, **facts}
    return json.dumps({name: _cut(value) for name, value in line.items()}, ensure_ascii=False)


def _cut(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return [_cut(each) for each in value[:MOST_CHARACTERS]]
    text = str(value)
    text = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
    return text.encode(errors="backslashreplace").decode()

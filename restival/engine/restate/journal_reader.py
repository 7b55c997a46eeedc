"""What Restate has recorded of a transaction, entry by entry, as its introspection gives it."""

import re
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from restival.engine.restate.admin import Admin, quoted
from restival.engine.restate.seals import Seals

BEGINNING = 3_000
"""Characters of an entry that are read at once, about 750 bytes of its value."""
READ_BYTES = 30_000
"""Of a larger entry only its kind is read: Restate would have to write all of it as text. Failures are smaller."""
COMPLETION = re.compile(r'"(?:completion_id|CompletionId)":(\d+)')
SIGNAL = re.compile(r'"(?:Signal)?Index":(\d+)')
KEY = re.compile(r'"key":"([^"]*)"')
WAKE_UP = re.compile(r'"wake_up_time":(\d+)')
VALUE = re.compile(r'"(?:Success|value|payload)":\[([\d,]*)')


class JournalEntry(BaseModel):
    """An entry of the journal. `entry` may be cut."""

    index: int
    entry_type: str
    name: str = ""
    appended_at: datetime
    raw_length: int = 0
    invoked_target: str | None = None
    entry: str = ""

    @property
    def completion(self) -> int:
        """The number that a command and what it came to have in common; 0 where there is none."""
        return _number(COMPLETION, self.entry)

    @property
    def signal(self) -> int:
        """Which of the signals it is; 0 where it is none."""
        return _number(SIGNAL, self.entry)

    @property
    def wakes_at(self) -> float:
        """When a sleep ends, in seconds since 1970."""
        return _number(WAKE_UP, self.entry) / 1_000

    @property
    def key(self) -> str:
        """The key of the state that is set or cleared."""
        found = KEY.search(self.entry)
        return found[1] if found else ""

    @property
    def beginning(self) -> str:
        """The beginning of the value, "" where none was read."""
        return value_of(self.entry).decode(errors="ignore")


class JournalReader:
    """Reads journals. Raises EngineUnavailable, EngineRefused."""

    def __init__(self, admin: Admin, seals: Seals) -> None:
        self._admin = admin
        self.seals = seals

    async def entries(self, invocation: str, first: int = 0) -> list[JournalEntry]:
        """The entries from `first` on, in order."""
        rows = await self._admin.query(
            "SELECT index, entry_type, name, appended_at, raw_length, invoked_target, CASE WHEN raw_length <= "
            f"{READ_BYTES} THEN substr(entry_json, 1, {BEGINNING}) ELSE entry_lite_json END AS entry FROM sys_journal "
            f"WHERE id = {quoted(invocation)} AND index >= {first} ORDER BY index"
        )
        return [JournalEntry.model_validate(_given(row)) for row in rows]

    async def value(self, invocation: str, index: int) -> bytes:
        """The whole value of an entry; empty where it has none."""
        rows = await self._admin.query(
            f"SELECT entry_json FROM sys_journal WHERE id = {quoted(invocation)} AND index = {index}"
        )
        return value_of(rows[0]["entry_json"]) if rows else b""

    async def values(self, invocation: str, condition: str) -> dict[int, bytes]:
        """The whole values of the entries for which an SQL condition holds, by index."""
        rows = await self._admin.query(
            f"SELECT index, entry_json FROM sys_journal WHERE id = {quoted(invocation)} AND {condition}"
        )
        return {row["index"]: value_of(row["entry_json"]) for row in rows}


def value_of(entry: str) -> bytes:
    """The value in an entry as Restate writes it: a list of bytes as numbers, perhaps cut."""
    found = VALUE.search(entry)
    if not found or not found[1]:
        return b""
    numbers = found[1]
    whole = found.end() < len(entry)
    return bytes(map(int, (numbers if whole else numbers.rpartition(",")[0]).strip(",").split(",")))


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0

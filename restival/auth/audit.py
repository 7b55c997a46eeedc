"""The audit: sign-ins, refusals and changes of rights as JSON lines."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path

from restival.access import Person


class Audit:
    """Writes one JSON object a line, with what has happened, when and by whom. A file a day, kept for `days`."""

    def __init__(self, file: Path, days: int) -> None:
        self._log = logging.Logger("restival.audit", logging.INFO)
        handler = TimedRotatingFileHandler(file, when="midnight", utc=True, backupCount=max(1, days), delay=True)
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._log.addHandler(handler)

    def write(self, event: str, person: Person | str, **facts: object) -> None:
        """Write a line. Facts are what helps to understand it, never a secret."""
        self._log.info(_line(event, person, facts))


def append(file: Path, event: str, person: Person | str, **facts: object) -> None:
    """Write a line from outside of the app, which may be running and has the file open."""
    with file.open("a", encoding="utf-8") as audit:
        audit.write(_line(event, person, facts) + "\n")


def _line(event: str, person: Person | str, facts: Mapping[str, object]) -> str:
    who = person if isinstance(person, str) else person.identity
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "who": who, **facts}
    return json.dumps(line, ensure_ascii=False, default=str)

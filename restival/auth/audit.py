"""The audit: sign-ins, refusals and changes of rights as JSON lines."""

import json
import logging
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
        who = person if isinstance(person, str) else person.identity
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "who": who, **facts}
        self._log.info(json.dumps(line, ensure_ascii=False, default=str))

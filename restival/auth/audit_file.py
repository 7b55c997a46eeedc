"""The file that the audit is written to: a new one each day, and when one is full; the oldest go."""

import logging
from datetime import UTC, date, datetime, timedelta
from logging.handlers import BaseRotatingHandler
from pathlib import Path

FILE_BYTES = 20_000_000
ALL_BYTES = 1_000_000_000
"""What all files of the audit may have together."""


class AuditFile(BaseRotatingHandler):
    """Writes lines to `file`. What it was until yesterday, or until it was full, is called `file.2026-11-29`, and
    `file.2026-11-29.1` and so on. Kept for `days`, as far as ALL_BYTES allows."""

    def __init__(self, file: Path, days: int) -> None:
        super().__init__(str(file), "a", encoding="utf-8", delay=True)
        self._file = file
        self._days = days
        self._day = _day_of(file)

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802  # logging's name
        """Whether the line belongs into a new file."""
        if self._day is None:
            self._day = datetime.now(UTC).date()
        full = self._file.exists() and self._file.stat().st_size >= FILE_BYTES
        return full or self._day != datetime.now(UTC).date()

    def doRollover(self) -> None:  # noqa: N802  # logging's name
        """Begin a new file."""
        if self.stream:
            self.stream.close()
            self.stream = None
        if self._file.exists():
            self._file.rename(self._free(f"{self._file.name}.{self._day}"))
        self._day = datetime.now(UTC).date()
        self._prune()

    def _free(self, name: str) -> Path:
        path, number = self._file.with_name(name), 0
        while path.exists():
            number += 1
            path = self._file.with_name(f"{name}.{number}")
        return path

    def _prune(self) -> None:
        oldest, size = datetime.now(UTC) - timedelta(days=self._days), 0
        former = self._file.parent.glob(f"{self._file.name}.*")
        for path in sorted(former, key=lambda path: path.stat().st_mtime, reverse=True):
            size += path.stat().st_size
            if size > ALL_BYTES - FILE_BYTES or datetime.fromtimestamp(path.stat().st_mtime, UTC) < oldest:
                path.unlink()


def _day_of(file: Path) -> date | None:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date() if file.exists() else None

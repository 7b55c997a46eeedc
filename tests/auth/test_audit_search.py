"""What a search of the audit log finds, however large its files are."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from restival.auth.audit import Audit
from restival.auth.audit_file import AuditFile
from restival.site import audit as reading
from restival.site.audit import AuditFilter, search_audit

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def line(number: int, at: datetime = NOON, **facts: object) -> str:
    return json.dumps({"at": at.isoformat(), "event": "signed in", "who": f"{number}@example.com", **facts}) + "\n"


def who(file: Path, choice: AuditFilter | None = None, zone: str = "UTC") -> list[str]:
    found = search_audit(file, choice or AuditFilter(), ZoneInfo(zone))
    return [entry.who.partition("@")[0] for entry in found.entries]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Five entries in four files, of three days."""
    file = tmp_path / "audit.jsonl"
    for name, numbers, days in (("", [5, 4], 0), (".2026-11-28.10", [3], 1), (".2026-11-28.2", [2], 1)):
        lines = [line(number, NOON - timedelta(days=days)) for number in sorted(numbers)]
        (tmp_path / f"audit.jsonl{name}").write_text("".join(lines))
    (tmp_path / "audit.jsonl.2026-11-20").write_text(line(1, NOON - timedelta(days=9), whom="5@example.com"))
    return file


def test_what_the_app_writes_is_found(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl", 30)
    audit.write("unlocked", "ada@example.com", whom="bo@example.com", keys=["a", "b"], count=3)
    [entry] = search_audit(audit.file, AuditFilter(), UTC).entries
    assert (entry.event, entry.who, entry.details()) == (
        "unlocked",
        "ada@example.com",
        "whom: bo@example.com · keys: a, b · count: 3",
    )


def test_files_that_the_app_has_closed_are_read_newest_first(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl", 30)
    [handler] = audit._log.handlers
    assert isinstance(handler, AuditFile)
    for number in range(4):
        audit.write("signed in", f"{number}@example.com")
        handler.doRollover()
    assert who(audit.file) == ["3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [
        (AuditFilter(), ["5", "4", "3", "2", "1"]),
        (AuditFilter(since=date(2026, 11, 29)), ["5", "4"]),
        (AuditFilter(until=date(2026, 11, 28)), ["3", "2", "1"]),
        (AuditFilter(since=date(2026, 11, 20), until=date(2026, 11, 27)), ["1"]),
        (AuditFilter(since=date.min, until=date.max), ["5", "4", "3", "2", "1"]),
        (AuditFilter(person="5@example.com"), ["5", "1"]),
        (AuditFilter(event="refused"), []),
        (AuditFilter(text="SIGNED 4@"), ["4"]),
    ],
)
def test_filters(log: Path, choice: AuditFilter, numbers: list[str]) -> None:
    assert who(log, choice) == numbers


def test_days_are_those_of_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text(line(1, datetime(2026, 11, 29, 23, 30, tzinfo=UTC)))
    choice = AuditFilter(since=date(2026, 11, 30), until=date(2026, 11, 30))
    assert (who(file, choice), who(file, choice, "Asia/Tokyo")) == ([], ["1"])


def test_lines_are_whole_wherever_a_block_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text("".join(line(number, path="ü" * number) for number in range(40)))
    for size in (1, 7, 64, 1_000):
        monkeypatch.setattr(reading, "BLOCK_BYTES", size)
        assert who(file) == [str(number) for number in reversed(range(40))]


def test_damaged_lines_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    damaged = [b"\xff\xfe", b"[1]", b'{"at": 1}', b'{"at": "0001-01-01T00:00", "event": "e", "who": "w"}', b"[" * 9_000]
    long = json.dumps({"at": NOON.isoformat(), "event": "x" * 800_000, "who": "w"}).encode()
    file.write_bytes(
        b"\n".join([line(1).strip().encode(), *damaged, long, line(2).strip().encode(), line(3)[:30].encode()])
    )
    assert who(file) == ["2", "1"]
    assert who(tmp_path / "none.jsonl") == []


def test_half_characters_can_be_sent(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text('{"at": "2026-11-29T12:00:00", "event": "\\ud800", "who": "", "path": "\\udfff"}\n')
    [entry] = search_audit(file, AuditFilter(since=date(2026, 1, 1)), UTC).entries
    assert (entry.event + entry.details()).encode() == rb"\ud800path: \udfff"


def test_a_search_reads_and_returns_a_limited_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text("".join(line(number) for number in range(3_000)))
    found = search_audit(file, AuditFilter(), UTC)
    assert (len(found.entries), len(found.people), found.is_complete) == (
        reading.MOST_FOUND,
        reading.MOST_OPTIONS,
        False,
    )
    assert found.entries[0].who == "2999@example.com"
    assert search_audit(file, AuditFilter(person="7@example.com"), UTC).is_complete
    monkeypatch.setattr(reading, "SEARCH_BYTES", reading.BLOCK_BYTES)
    assert not search_audit(file, AuditFilter(text="none"), UTC).is_complete

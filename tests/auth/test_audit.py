"""What the audit holds, and how much of it there can be."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from restival.access.person import Person
from restival.auth import audit_file
from restival.auth.audit import MOST_CHARACTERS, Audit, caller
from restival.auth.audit_file import AuditFile
from restival.auth.line_limit import ADDRESSES, ALL_LINES, LINES, OF_PEOPLE, SECONDS, LineLimit


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_line_says_who_what_and_from_where(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl", 30)
    token = caller.set("192.0.2.7")
    audit.write("signed in", Person(name="Ada", email="ada@example.com"), count=3, keys=["a", "b"])
    caller.reset(token)
    audit.write("settings changed", "restival.yaml")
    first, second = lines(tmp_path / "audit.jsonl")
    assert (first["who"], first["event"], first["address"], first["count"], first["keys"]) == (
        "ada@example.com",
        "signed in",
        "192.0.2.7",
        3,
        ["a", "b"],
    )
    assert "address" not in second


def test_values_are_cut_and_always_one_line(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.jsonl", 30)
    audit.write("refused", "nobody\n\udc00", path="/" + "a" * 15_000)
    [line] = lines(tmp_path / "audit.jsonl")
    assert len(str(line["path"])) == MOST_CHARACTERS
    assert line["who"] == "nobody\n\\udc00"
    assert (tmp_path / "audit.jsonl").stat().st_size < 1_000


def test_strangers_write_a_bounded_number_of_lines_and_are_counted_beyond(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr("restival.auth.audit.time.time", lambda: now[0])
    audit = Audit(tmp_path / "audit.jsonl", 30)
    audit._strangers = LineLimit(lambda: now[0])
    for address, count in (("192.0.2.1", 1_500), ("192.0.2.2", 3)):
        token = caller.set(address)
        for _ in range(count):
            audit.write_stranger("refused", "nobody", path="/" + "a" * 7_000)
        caller.reset(token)
    assert len(lines(tmp_path / "audit.jsonl")) == LINES + 3
    now[0] += SECONDS
    audit.write("signed in", "ada@example.com")
    told = lines(tmp_path / "audit.jsonl")[LINES + 3 :]
    assert [(line["event"], line.get("address"), line.get("count")) for line in told] == [
        ("more of these", "192.0.2.1", 1_500 - LINES),
        ("signed in", None, None),
    ]


def test_many_addresses_together_are_bounded_too() -> None:
    strangers = LineLimit(lambda: 0.0)
    written = sum(strangers.may_write(f"2001:db8::{number:x}") for number in range(5_000))
    assert written == ALL_LINES
    counted = strangers.end()
    assert sum(counted.values()) == 5_000 - ALL_LINES
    assert len(counted) == ADDRESSES + 1


def test_refusals_of_one_person_push_out_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr("restival.auth.audit.time.time", lambda: now[0])
    audit = Audit(tmp_path / "audit.jsonl", 30)
    for name in ("eve", "ada"):
        for _ in range(OF_PEOPLE + 5 if name == "eve" else 1):
            audit.refuse(Person(name=name, email=f"{name}@example.com"), path="/nothing")
    assert [line["who"] for line in lines(tmp_path / "audit.jsonl")][-2:] == ["eve@example.com", "ada@example.com"]
    assert len(lines(tmp_path / "audit.jsonl")) == OF_PEOPLE + 1
    now[0] += SECONDS
    audit.write("signed in", "ada@example.com")
    told = lines(tmp_path / "audit.jsonl")[-2]
    assert (told["event"], told["who"], told["count"]) == ("more of these", "eve@example.com", 5)


def test_a_full_file_is_followed_by_another_and_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_file, "FILE_BYTES", 2_000)
    monkeypatch.setattr(audit_file, "ALL_BYTES", 10_000)
    audit = Audit(tmp_path / "audit.jsonl", 30)
    for number in range(300):
        audit.write("refused", "ada@example.com", number=number)
    files = sorted(tmp_path.iterdir())
    assert sum(path.stat().st_size for path in files) <= 11_000
    assert len(files) > 3
    today = datetime.now(UTC).date()
    assert {path.name for path in files} <= {"audit.jsonl", f"audit.jsonl.{today}"} | {
        f"audit.jsonl.{today}.{number}" for number in range(100)
    }
    assert lines(tmp_path / "audit.jsonl")[-1]["number"] == 299


def test_what_is_older_than_the_retention_goes_at_the_next_day(tmp_path: Path) -> None:
    import os

    for name, age in (("audit.jsonl.2020-01-01", 40), ("audit.jsonl.2020-02-01", 20)):
        (tmp_path / name).write_text("{}\n")
        os.utime(tmp_path / name, (datetime.now(UTC).timestamp() - age * 86_400,) * 2)
    file = AuditFile(tmp_path / "audit.jsonl", 30)
    file.doRollover()
    assert [path.name for path in tmp_path.iterdir()] == ["audit.jsonl.2020-02-01"]

"""What is known of a transaction, where its state is read while changes of it are heard."""

from datetime import UTC, datetime

import pytest

from restival.engine.state import transaction as read_model
from restival.engine.state.records import LogLine, StuckReason, log_key
from restival.engine.state.transaction import Transaction


def line(n: int, text: str) -> LogLine:
    return LogLine(n=n, at=datetime(2026, 5, 4, tzinfo=UTC), text=text)


def texts(transaction: Transaction) -> list[str]:
    return [each.text for each in transaction.log.values()]


STORED = {log_key(1): line(1, "before").model_dump(), log_key(2): line(2, "other").model_dump()}


def test_what_was_heard_wins_over_what_was_read_before_it_was_stored() -> None:
    transaction = Transaction(id="a.b")
    transaction.hear(log_key(1), line(1, "after"))
    transaction.merge(STORED)
    assert texts(transaction) == ["after", "other"]


def test_what_was_heard_long_ago_is_stored_by_now(monkeypatch: pytest.MonkeyPatch) -> None:
    transaction = Transaction(id="a.b")
    monkeypatch.setattr(read_model, "monotonic", lambda: 100.0)
    transaction.hear(log_key(1), line(1, "after"))
    monkeypatch.setattr(read_model, "monotonic", lambda: 100.0 + read_model.HEARD_SECONDS)
    transaction.merge(STORED)
    assert texts(transaction) == ["before", "other"]


def test_what_has_changed_is_not_stuck_and_stays_so() -> None:
    transaction = Transaction(id="a.b")
    transaction.hear("trouble", StuckReason(kind="held_up", message="busy"))
    assert transaction.trouble is not None
    transaction.hear(log_key(1), line(1, "after"))
    transaction.merge(STORED)
    assert transaction.trouble is None

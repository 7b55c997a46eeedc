"""The columns that the history, the JSON API, and the CSV have in common."""

from datetime import UTC, datetime, timedelta

from restival.access.person import Person
from restival.engine.state.summary import TransactionSummary
from restival.site.transactions import COLUMNS, ORDERS, HistoryFilter
from restival.web.api.history import as_row

BEGAN = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
ENDED = TransactionSummary(
    "shop.refund.k1",
    BEGAN,
    "Failed",
    "Refund",
    Person(name="Ada", email="ada@example.com"),
    ended_at=BEGAN + timedelta(seconds=2.5),
    failure="no money",
)


def test_a_row_has_a_value_for_each_column() -> None:
    row = as_row(ENDED)
    wanted = {
        "id": "shop.refund.k1",
        "action": "shop/refund",
        "title": "Refund",
        "state": "Failed",
        "started by": "Ada",
        "mail": "ada@example.com",
        "started at": "2026-05-01T08:30:00+00:00",
        "ended at": "2026-05-01T08:30:02.500000+00:00",
        "seconds": 2.5,
        "failure": "no money",
    }
    assert list(row)[: len(wanted)] == list(wanted)  # the CSV's columns stay where they were
    assert row | wanted == row


def test_a_missing_value_is_empty() -> None:
    row = as_row(TransactionSummary("ask.k2", BEGAN))
    assert (row["started by"], row["ended at"], row["failure"]) == ("", "", "")


def test_every_choice_is_a_filter_and_every_order_can_be_chosen() -> None:
    for column in COLUMNS:
        if column.choice is not None:
            for value in column.choice.words():
                assert HistoryFilter.model_validate({column.choice.field: value}).tests()
    for name in ORDERS:
        assert HistoryFilter.model_validate({"sort": name}).sort == name

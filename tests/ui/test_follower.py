"""What a page knows of its transaction, where it hears of a change while it reads what was before."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from restival.engine.state.records import LogLine, log_key
from restival.engine.state.transaction import Transaction
from restival.ui.screens.transaction.follower import Follower


def line(text: str) -> LogLine:
    return LogLine(n=1, at=datetime(2026, 5, 4, tzinfo=UTC), text=text)


async def test_what_was_told_wins_over_what_was_read_before_it_was_stored() -> None:
    client: Any = SimpleNamespace(follow=lambda transaction, listener: lambda: None)
    services: Any = SimpleNamespace(client=client, on_change=lambda listener: lambda: None)

    async def view(transaction: str) -> Transaction:
        read = Transaction(id=transaction, log={1: line("before"), 2: line("other")})
        follower._changed(log_key(1), line("after"))  # while it is read
        return read

    client.view = view
    follower = Follower(services, "a.b")
    await follower.load()
    assert [each.text for each in follower.view.log.values()] == ["after", "other"]

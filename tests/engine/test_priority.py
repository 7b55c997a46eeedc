"""The priority of a transaction: from its start on, over replays and restarts."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from restival import IO, Context, action
from restival.access.person import Person
from restival.actions.action import DeclarationError
from restival.engine.client.history import History
from restival.engine.state.feed import Feed
from restival.engine.state.records import StartOptions
from tests.conftest import Bench
from tests.engine.test_transaction import SUSPENDED


async def priority_of(bench: Bench, transaction: str) -> str:
    view = await bench.until(transaction, lambda view: view.meta is not None)
    assert view.meta is not None
    return view.meta.priority


async def listed(bench: Bench, transaction: str) -> str:
    """The priority that a history has that has only what is stored."""
    history = History(bench.engine._server.admin, Feed())
    await history.look()
    entry = history.get(transaction)
    assert entry is not None
    return entry.priority


async def test_a_start_has_the_priority_of_its_action_unless_another_is_chosen(bench: Bench, ann: Person) -> None:
    @action
    async def usual(io: IO) -> str:
        return await io.input.text("Name")

    @action(priority="high")
    async def pressing(io: IO) -> str:
        return await io.input.text("Name")

    plain, high = await bench.serve(usual, pressing)
    for declared, chosen, wanted in (
        (plain, None, "normal"),
        (plain, StartOptions(priority="low"), "low"),
        (high, None, "high"),
        (high, StartOptions(priority="normal"), "normal"),
    ):
        transaction = await bench.client.start(declared, declared.params(), ann, options=chosen)
        await bench.asked(transaction, 1)
        assert await priority_of(bench, transaction) == wanted
        entry = bench.engine.history.get(transaction)
        assert entry is not None
        assert entry.priority == wanted
        assert await listed(bench, transaction) == wanted


async def test_the_priority_survives_replays_and_restarts(bench: Bench, ann: Person) -> None:
    @action
    async def kept(io: IO) -> str:
        first = await io.input.text("First")
        return first + await io.input.text("Second")

    [declared] = await bench.serve(kept)
    options = StartOptions(priority="urgent")
    transaction = await bench.client.start(declared, declared.params(), ann, options=options)
    await bench.asked(transaction, 1)
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 1, ann, value="a")
    await bench.answer(transaction, 2, ann, value="b")
    view = await bench.ended(transaction)
    assert view.meta is not None
    assert view.meta.priority == "urgent"
    [_, second] = [span.entry for span in await bench.engine.timelines.new().read(view) if span.kind == "question"]
    again = await bench.engine.restarts.restart(declared, view, second, ann)
    await bench.answer(again, 2, ann, value="c")
    view = await bench.ended(again)
    assert view.meta is not None and view.outcome is not None
    assert (view.meta.priority, view.outcome.value) == ("urgent", "ac")
    assert await listed(bench, again) == "urgent"


async def test_an_action_prepares_another_with_a_priority(bench: Bench, ann: Person) -> None:
    @action(priority="low")
    async def prepared_by_priority() -> str:
        return "done"

    @action
    async def prepares(ctx: Context, priority: str) -> str:
        chosen: Any = {"priority": priority} if priority else {}
        return await ctx.queue("prepared-by-priority", assignee=ann, note="soon", **chosen)

    _, declared = await bench.serve(prepared_by_priority, prepares)
    for chosen, wanted in (("urgent", "urgent"), ("", "low")):
        outcome = (await bench.ended(await bench.client.start(declared, declared.params(priority=chosen), ann))).outcome
        assert outcome is not None
        queued = str(outcome.value)
        assert (await bench.asked(queued, 1)).pending
        assert await priority_of(bench, queued) == wanted
        pending = (await bench.client.view(queued)).pending
        assert pending is not None and pending.hands.note == "soon"
        await bench.client.answer(queued, pending, {}, ann)
        await bench.ended(queued)
        assert await priority_of(bench, queued) == wanted  # started by somebody else, it has the same
    outcome = (await bench.ended(await bench.client.start(declared, declared.params(priority="now"), ann))).outcome
    assert outcome is not None
    assert (outcome.state, outcome.error_type) == ("failed", "ValidationError")
    assert "'low', 'normal', 'high' or 'urgent'" in (outcome.error or "")


def test_a_priority_that_there_is_not_is_refused_where_it_is_written() -> None:
    with pytest.raises(DeclarationError, match="priority: choose low, normal, high, or urgent") as refused:

        @action(priority="now")  # type: ignore[call-overload]
        async def wrong() -> None: ...

    assert refused.value.file == Path(__file__)


def test_an_option_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError, match="prioriti"):
        StartOptions.model_validate({"prioriti": "high"})

"""Calls that wait for somebody: in whose hands they are, until when, and who approves. On the real Restate server."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from restival import IO, Context, Person, TimedOut, action
from restival.access.assignment import Assignee
from restival.engine.client.errors import AlreadyAnswered, ChangedHands
from restival.engine.client.history import History
from restival.engine.state.feed import Feed
from restival.engine.state.transaction import Transaction
from restival.io.core.call import InvalidAnswer, PendingCall
from tests.conftest import Bench

SUSPENDED = 2.5
"""Seconds after which a waiting transaction has left memory: the next answer replays it."""

ADA = Person(name="Ada", email="ada@example.com", roles=("finance",))
BO = Person(name="Bo", email="bo@example.com", roles=("finance",))
CY = Person(name="Cy", email="cy@example.com")


async def start(bench: Bench, body: Any, by: Person, **params: Any) -> str:
    [declared] = await bench.serve(body)
    return await bench.client.start(declared, declared.params(**params), by)


async def waiting(bench: Bench, transaction: str, n: int = 1, version: int = 0) -> PendingCall:
    """The call that waits, once so much has happened to it: a change is told a moment before it is stored."""
    view = await bench.until(
        transaction,
        lambda view: view.pending is not None and (view.pending.n, view.pending.hands.version >= version) == (n, True),
    )
    assert view.pending is not None
    return view.pending


def changes(view: Transaction) -> list[tuple[str, str]]:
    """What happened to it, and who did it."""
    return [(each.change, each.by.name if each.by else "") for _, each in sorted(view.hands.items())]


async def test_an_assigned_call_changes_hands_and_only_they_can_answer(bench: Bench) -> None:
    @action
    async def assigned(io: IO) -> str:
        return await io.input.text("Price").assign("finance")

    transaction = await start(bench, assigned, CY)
    first = await waiting(bench, transaction)
    assert first.hands.waits_for == "finance"
    with pytest.raises(ChangedHands, match="assigned to finance"):
        await bench.client.answer(transaction, first, {"0": "x"}, CY)
    claims = await asyncio.gather(
        *(bench.client.change_hands(transaction, first, "claim", who) for who in (ADA, BO)), return_exceptions=True
    )
    claimed = await waiting(bench, transaction, version=1)
    winner = claimed.hands.claimed_by
    [lost] = [claim for claim in claims if claim is not None]
    assert winner is not None and isinstance(lost, ChangedHands) and f"{winner.name} has claimed this" in str(lost)
    loser = BO if winner == ADA else ADA
    with pytest.raises(ChangedHands):
        await bench.client.answer(transaction, claimed, {"0": "x"}, loser)
    await asyncio.sleep(SUSPENDED)
    await bench.client.change_hands(transaction, claimed, "give back", winner)
    with pytest.raises(ChangedHands, match="now assigned to finance"):
        await bench.client.change_hands(transaction, claimed, "hand", loser, Assignee.of(winner))
    again = await waiting(bench, transaction, version=2)
    await bench.client.change_hands(transaction, again, "hand", winner, Assignee.of(BO), "you know the price")
    handed = await waiting(bench, transaction, version=3)
    assert (handed.hands.waits_for, handed.hands.note, handed.hands.handed_by) == ("Bo", "you know the price", winner)
    with pytest.raises(ChangedHands, match="assigned to Bo"):
        await bench.client.answer(transaction, again, {"0": "late"}, ADA)
    await bench.client.answer(transaction, again, {"0": "12"}, BO)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "12"
    assert changes(view) == [
        ("assigned", ""),
        ("claimed", winner.name),
        ("given back", winner.name),
        ("handed", winner.name),
        ("answered", "Bo"),
    ]


async def test_what_was_sent_past_the_app_is_no_answer_of_somebody_named(bench: Bench) -> None:
    @action
    async def past(io: IO) -> str:
        return await io.input.text("Price").assign("finance")

    transaction = await start(bench, past, CY)
    pending = await waiting(bench, transaction)
    body = {"id": "x", "values": {"0": "1"}, "by": ADA.model_dump(mode="json"), "at": "2026-01-01T00:00:00Z"}
    await bench.engine._server.ingress.resolve(pending.awakeable, json.dumps(body).encode())
    again = (await bench.asked(transaction, 1, 1)).pending
    assert again and again.errors == {"": "Answer in the app. The app has to verify your identity."}
    body |= {"field": "", "name": "claim", "payload": {"version": 0}}
    del body["values"]
    await bench.engine._server.ingress.resolve(again.awakeable, json.dumps(body).encode())
    view = await bench.until(transaction, lambda view: view.turn is not None and view.turn.attempt == 1)
    assert view.pending and view.pending.hands.claimed_by is None


async def test_four_eyes_and_a_quorum_of_different_people(bench: Bench) -> None:
    @action
    async def pays(io: IO) -> dict[str, Any]:
        decision = await io.approve("Pay 500?", roles=["finance"], quorum=2)
        return {"approved": decision.approved, "by": [(vote.by.name, vote.comment) for vote in decision.by]}

    eve = Person(name="Eve", email="eve@example.com", roles=("finance",))
    transaction = await start(bench, pays, ADA)
    first = await waiting(bench, transaction)
    for nobody in (ADA, CY):  # who has started it, and who hasn't the role
        with pytest.raises(ChangedHands):
            await bench.client.answer(transaction, first, {"0": None}, nobody, choice="approve")
    with pytest.raises(InvalidAnswer, match="Enter a reason"):
        await bench.client.answer(transaction, first, {"0": " "}, BO, choice="refuse")
    await bench.client.answer(transaction, first, {"0": "fine"}, BO, choice="approve")
    assert [vote.by for vote in (await waiting(bench, transaction, version=1)).hands.votes] == [BO]
    await asyncio.sleep(SUSPENDED)
    with pytest.raises(ChangedHands):
        await bench.client.answer(transaction, await waiting(bench, transaction), {"0": None}, BO, choice="approve")
    await bench.client.answer(transaction, await waiting(bench, transaction), {"0": None}, eve, choice="approve")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {"approved": True, "by": [["Bo", "fine"], ["Eve", None]]}
    assert changes(view) == [("assigned", ""), ("approved", "Bo"), ("approved", "Eve")]


async def test_the_first_refusal_ends_it(bench: Bench) -> None:
    @action
    async def refused(io: IO) -> dict[str, Any]:
        decision = await io.approve("Pay?", quorum=3, not_by=[])
        return decision.model_dump(mode="json", include={"approved"})

    transaction = await start(bench, refused, ADA)
    pending = await waiting(bench, transaction)
    await bench.client.answer(transaction, pending, {"0": None}, ADA, choice="approve")
    await bench.client.answer(transaction, pending, {"0": "too much"}, CY, choice="refuse")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {"approved": False}
    with pytest.raises(AlreadyAnswered):
        await bench.client.answer(transaction, pending, {"0": None}, BO, choice="approve")


async def test_reminders_and_a_deadline_that_is_over_while_nothing_is_in_memory(bench: Bench) -> None:
    @action
    async def late(io: IO, ctx: Context) -> list[Any]:
        quick = await io.input.number("Quick").timeout(60).remind(60)
        given = await io.input.text("Nothing?").timeout(0.1, on_timeout=None)
        try:
            await io.group([io.input.text("Name")]).assign("finance").remind(1).timeout(timedelta(seconds=3.5))
        except TimedOut as error:
            await ctx.sleep(0.1)
            return [quick, given, error.label, error.after.total_seconds()]
        return []

    transaction = await start(bench, late, CY)
    await bench.answer(transaction, 1, CY, value="5")
    pending = await waiting(bench, transaction, 3)
    assert pending.hands.due_at is not None
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == [5, None, "Name", 3.5], view.outcome
    assert [(item.n, item.timed_out) for item in view.transcript] == [(1, False), (2, True), (3, True)]
    assert changes(view) == [("timed out", ""), ("assigned", ""), *[("reminded", "")] * 3, ("timed out", "")]


async def test_who_has_seen_it_before_a_reminder_hands_it_on_after_it(bench: Bench) -> None:
    @action
    async def reminded(io: IO) -> str:
        return await io.input.text("Price").assign("finance").remind(0.5).timeout(60)

    transaction = await start(bench, reminded, CY)
    seen = await waiting(bench, transaction)
    await bench.until(transaction, lambda view: len(view.hands) >= 3)
    await bench.client.change_hands(transaction, seen, "hand", BO, Assignee.of(ADA), "x")
    pending = await waiting(bench, transaction, version=1)
    assert pending.hands.waits_for == "Ada"
    await bench.client.answer(transaction, pending, {"0": "9"}, ADA)
    assert (await bench.ended(transaction)).hands


async def test_an_answer_after_reminders_and_events_is_taken(bench: Bench) -> None:
    def find(query: str) -> list[str]:
        return [f"{query}-1", f"{query}-2"]

    @action
    async def found(io: IO) -> str:
        return await io.search("Which", on_search=find, render_result=lambda it: it).remind(0.5).timeout(60)

    transaction = await start(bench, found, CY)
    await bench.until(transaction, lambda view: len(view.hands) >= 2)
    pending = await waiting(bench, transaction)
    results = await bench.client.ask(transaction, pending, "0", "search", "b", CY)
    await bench.until(transaction, lambda view: len(view.hands) >= 4)
    await asyncio.sleep(SUSPENDED)
    pending = await waiting(bench, transaction)
    await bench.client.answer(transaction, pending, {"0": [results[1]]}, CY)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "b-2", view.outcome


async def test_a_queued_action_runs_as_whoever_starts_it(bench: Bench) -> None:
    @action
    async def pay(io: IO, ctx: Context, amount: int) -> dict[str, Any]:
        sure = await io.confirm(f"Pay {amount}?")
        return {"amount": amount, "sure": sure, "by": ctx.user.name}

    @action
    async def prepares(ctx: Context) -> str:
        return await ctx.queue("pay", {"amount": "7"}, assignee="finance", note="by Friday")

    await bench.serve(pay, prepares)
    declared = {each.slug: each for each in bench.engine._actions}
    outer = await bench.client.start(declared["prepares"], declared["prepares"].params(), CY)
    view = await bench.ended(outer)
    assert view.outcome and view.outcome.state == "done", view.outcome
    transaction = view.outcome.value
    pending = await waiting(bench, transaction)
    assert (pending.kind, pending.hands.waits_for, pending.hands.note) == ("start", "finance", "by Friday")
    with pytest.raises(ChangedHands):
        await bench.client.answer(transaction, pending, {}, CY)
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, pending, {"params": {"amount": "9"}}, ADA)
    await bench.answer(transaction, 2, ADA, value=True)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {"amount": 7, "sure": True, "by": "Ada"}
    assert view.meta and (view.meta.user, view.meta.queued_by) == (ADA, CY)


async def test_lists_know_in_whose_hands_it_is_also_when_they_are_read_anew(bench: Bench) -> None:
    @action
    async def listed(io: IO) -> str:
        return await io.input.text("Price").assign("finance")

    transaction = await start(bench, listed, CY)
    await bench.client.change_hands(transaction, await waiting(bench, transaction), "hand", ADA, Assignee.of(BO), "x")
    await waiting(bench, transaction, version=1)
    anew = History(bench.engine._server.admin, Feed())
    await anew.look()
    for history in (anew, bench.engine.history):
        [entry] = [entry for entry in history if entry.id == transaction]
        assert entry.hands and (entry.hands.waits_for, entry.hands.note) == ("Bo", "x")
        assert entry.asked_people == (ADA,)

"""Transactions on the real Restate server."""

import asyncio
import json
import random
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import BaseModel, Field

from restival import IO, Cancelled, Context, Person, StepFailed, action
from restival.engine.client.errors import AlreadyAnswered, AnswerTooLarge, UnknownTransaction
from restival.engine.state.transaction import State
from restival.io.core.call import InvalidAnswer
from tests.conftest import Bench

SUSPENDED = 2.5
"""Seconds after which a waiting transaction has left memory: the next answer replays it."""


class Address(BaseModel):
    street: str
    zip: str = Field(min_length=4)


async def start(bench: Bench, body: Any, by: Person, **params: Any) -> str:
    [declared] = await bench.serve(body)
    return await bench.client.start(declared, declared.params(**params), by)


async def test_an_action_of_several_forms_gets_typed_values(bench: Bench, ann: Person) -> None:
    @action
    async def several(io: IO, ctx: Context, times: int = 2) -> dict[str, Any]:
        name = await io.input.text("Name")
        person = await io.group(age=io.input.number("Age", min=0), member=io.input.boolean("Member"))
        address = await io.form(Address)
        day = await io.input.date("Day").optional()
        return {"name": name * times, "age": person.age, "zip": address.zip, "day": day, "by": ctx.user.name}

    transaction = await start(bench, several, ann, times=3)
    await bench.answer(transaction, 1, ann, value="ab")
    await bench.answer(transaction, 2, ann, age="41", member=True)
    await bench.answer(transaction, 3, ann, value={"street": "High St", "zip": "12345"})
    await bench.answer(transaction, 4, ann, value=None)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {
        "name": "ababab",
        "age": 41,
        "zip": "12345",
        "day": None,
        "by": "Ann",
    }
    assert [item.n for item in view.transcript] == [1, 2, 3, 4]
    assert view.items[1].by == ann


async def test_replay_forgives_rows_and_times_that_differ(bench: Bench, ann: Person) -> None:
    @action
    async def forgiving(io: IO) -> dict[str, Any]:
        rows = [{"id": n, "price": random.random()} for n in range(random.randint(5, 9))]
        [row] = await io.select.table(f"Rows at {time.time()}", data=rows, min_selections=1, max_selections=1)
        limit = random.randint(5, 10)
        number = await io.input.number("Number", min=limit - 4, max=limit)
        await io.display.table("Now", data=[{"now": datetime.now(UTC)}])
        choice = await io.select.single("Choice", options=[{"label": str(random.random()), "value": 1, "extra": "x"}])
        return {"row": row, "number": number, "choice": choice}

    transaction = await start(bench, forgiving, ann)
    shown = (await bench.asked(transaction, 1)).pending
    assert shown is not None
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, shown, {"0": [4]}, ann)
    limits = (await bench.asked(transaction, 2)).pending
    assert limits is not None
    await asyncio.sleep(SUSPENDED)
    highest = limits.fields[0].props["max"]
    await bench.client.answer(transaction, limits, {"0": highest}, ann)
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 4, ann, value="0")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.state == "done", view.outcome
    value = view.outcome.value
    assert value["row"]["id"] == 4
    assert value["number"] == int(highest)
    assert value["choice"]["extra"] == "x"


async def test_the_transcript_keeps_the_words_in_which_was_asked(bench: Bench, ann: Person) -> None:
    @action
    async def changing(io: IO) -> dict[str, Any]:
        now = f"{time.time()}"
        options = [{"label": f"One at {now}", "value": now}, {"label": "Two", "value": 2}]
        chosen = await io.select.single(f"Which, at {now}?", options=options, default_value=now, help_text=now)
        number = await io.input.number(f"How many, at {now}?", max=10 + random.randint(0, 1_000))
        several = await io.select.multiple("Several", options=[now, "x"], default_value=[now])
        return {"chosen": chosen["label"], "number": number, "several": several}

    transaction = await start(bench, changing, ann)
    asked = []
    for n, answer in ((1, "0"), (2, 3), (3, ["0"])):
        pending = (await bench.asked(transaction, n)).pending
        assert pending is not None
        asked.append(pending.fields[0])
        await asyncio.sleep(SUSPENDED)
        await bench.client.answer(transaction, pending, {"0": answer}, ann)
    view = await bench.ended(transaction)
    shown = [view.items[n].fields[0] for n in (1, 2, 3)]
    assert [(each.label, each.help_text, each.props) for each in shown] == [
        (each.label, each.help_text, each.props) for each in asked
    ]
    assert view.outcome and view.outcome.value == {
        "chosen": asked[0].props["options"][0]["label"],
        "number": 3,
        "several": [asked[2].props["options"][0]["label"]],
    }


async def test_the_first_answer_wins_and_the_other_is_told_who(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def raced(io: IO) -> str:
        return await io.input.text("Name")

    transaction = await start(bench, raced, ann)
    pending = (await bench.asked(transaction, 1)).pending
    assert pending is not None
    outcomes = await asyncio.gather(
        *(bench.client.answer(transaction, pending, {"0": who.name}, who) for who in (ann, bob)),
        return_exceptions=True,
    )
    view = await bench.ended(transaction)
    winner = view.items[1].by
    [lost] = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(lost, AlreadyAnswered)
    assert lost.by == winner
    assert view.outcome and winner and view.outcome.value == winner.name


async def test_an_answer_to_a_finished_call_is_refused(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def finished(io: IO) -> str:
        return await io.input.text("Name")

    transaction = await start(bench, finished, ann)
    pending = (await bench.asked(transaction, 1)).pending
    assert pending is not None
    await bench.client.answer(transaction, pending, {"0": "x"}, ann)
    with pytest.raises(AlreadyAnswered, match="Ann has already answered this"):
        await bench.client.answer(transaction, pending, {"0": "y"}, bob)


async def test_wrong_answers_are_told_by_field_and_lose_nothing(bench: Bench, ann: Person) -> None:
    @action
    async def strict(io: IO) -> list[Any]:
        return await io.group(
            [io.input.number("Number", min=1, max=5), io.input.email("Mail"), io.input.text("Text").optional()]
        )

    transaction = await start(bench, strict, ann)
    pending = (await bench.asked(transaction, 1)).pending
    assert pending is not None
    with pytest.raises(InvalidAnswer) as refused:
        await bench.client.answer(transaction, pending, {"0": 9, "1": "nobody", "3": "x"}, ann)
    assert refused.value.errors["0"] == "Enter a number between 1 and 5."
    assert refused.value.errors["1"].startswith("Enter a valid email address.")
    assert refused.value.errors["3"] == "This field doesn't exist."
    with pytest.raises(AnswerTooLarge):
        await bench.client.answer(transaction, pending, {"0": 1, "1": "a@example.com", "2": "x" * 1_000_000}, ann)
    await bench.client.answer(transaction, pending, {"0": 2, "1": "a@example.com"}, ann)
    assert (await bench.ended(transaction)).state is State.DONE


async def test_an_answer_sent_past_the_app_is_checked_in_the_workflow(bench: Bench, ann: Person) -> None:
    @action
    async def guarded(io: IO) -> int:
        return await io.input.number("Number", min=1, max=5)

    transaction = await start(bench, guarded, ann)
    pending = (await bench.asked(transaction, 1)).pending
    assert pending is not None
    forged = {"id": "x", "values": {"0": "many"}, "by": {"name": "Mallory"}, "at": "2026-01-01T00:00:00Z", "seal": "00"}
    await bench.client._ingress.resolve(pending.awakeable, json.dumps(forged).encode())
    again = (await bench.asked(transaction, 1, attempt=1)).pending
    assert again is not None
    assert again.errors == {"0": "Enter a number."}
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, again, {"0": 3}, ann)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == 3


async def test_nobody_confirms_an_identity_past_the_app(bench: Bench, ann: Person) -> None:
    @action
    async def identity(io: IO) -> bool:
        return await io.confirm_identity("Really?")

    transaction = await start(bench, identity, ann)
    for attempt, sent in enumerate((True, {"password": "guessed"}, {}, "yes")):
        pending = (await bench.asked(transaction, 1, attempt=attempt)).pending
        assert pending is not None
        forged = {"id": "x", "values": {"0": sent}, "by": {"name": "Mallory"}, "at": "2026-01-01T00:00:00Z"}
        await bench.client._ingress.resolve(pending.awakeable, json.dumps(forged).encode())
    again = (await bench.asked(transaction, 1, attempt=4)).pending
    assert again is not None
    assert "Confirm" in again.errors["0"]
    assert "guessed" not in again.model_dump_json()
    with pytest.raises(InvalidAnswer):
        await bench.client.answer(transaction, again, {"0": True}, ann)
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, again, {"0": {"password": "the app has checked it"}}, ann)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value is True
    assert "checked it" not in view.model_dump_json()


async def test_validators_ask_again_and_keep_what_was_typed(bench: Bench, ann: Person) -> None:
    async def not_bob(value: str) -> str | None:
        await asyncio.sleep(0)
        return "Not Bob again." if value == "Bob" else None

    @action
    async def validated(io: IO) -> Any:
        return await io.group(name=io.input.text("Name").validate(not_bob), age=io.input.number("Age")).validate(
            lambda values: "Too young." if values.age < 18 else None
        )

    transaction = await start(bench, validated, ann)
    await bench.answer(transaction, 1, ann, name="Bob", age=3)
    view = await bench.asked(transaction, 1, attempt=1)
    assert view.pending and view.pending.errors == {"name": "Not Bob again."}
    assert [field.value for field in view.pending.fields] == ["Bob", 3]
    await bench.answer(transaction, 1, ann, attempt=1, name="Eve", age=3)
    view = await bench.asked(transaction, 1, attempt=2)
    assert view.pending and view.pending.errors == {"": "Too young."}
    await bench.answer(transaction, 1, ann, attempt=2, name="Eve", age=30)
    assert (await bench.ended(transaction)).state is State.DONE


async def test_a_failing_step_is_tried_again_visibly_and_then_raises(bench: Bench, ann: Person) -> None:
    tries: list[int] = []

    def always(number: int) -> None:
        tries.append(number)
        raise ConnectionError(f"no line {number}")

    @action
    async def failing(io: IO, ctx: Context) -> str:
        try:
            await ctx.step(always, 7, retries=2, backoff=0.05)
        except StepFailed as error:
            return f"{error.error_type} {error.tries}"
        return "?"

    transaction = await start(bench, failing, ann)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "ConnectionError 3"
    assert tries == [7, 7, 7]
    assert [line.text for line in view.log.values()] == [
        "Step always: attempt 1 of 3 failed, next in 0.05 s: ConnectionError: no line 7",
        "Step always: attempt 2 of 3 failed, next in 0.1 s: ConnectionError: no line 7",
        "Step always: attempt 3 of 3 failed: ConnectionError: no line 7",
    ]


async def test_a_step_is_bounded_and_recorded_once(bench: Bench, ann: Person) -> None:
    done: list[str] = []

    async def endless() -> None:
        await asyncio.sleep(60)

    def once() -> str:
        done.append("x")
        return "done"

    @action
    async def steps(io: IO, ctx: Context) -> Any:
        first = await ctx.step(once)
        try:
            await ctx.step(endless, timeout=0.1)
        except StepFailed as error:
            late = error.message
        await io.input.text("Wait")
        return [first, late, str(ctx.uuid()), ctx.random().random(), (await ctx.now()).isoformat()]

    transaction = await start(bench, steps, ann)
    await bench.asked(transaction, 1)
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 1, ann, value="go")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value[:2] == ["done", "it took longer than 0.1 s"]
    assert done == ["x"]


async def test_what_is_random_stays_the_same_over_a_replay(bench: Bench, ann: Person) -> None:
    @action
    async def same(io: IO, ctx: Context) -> Any:
        before = [str(ctx.uuid()), ctx.random().random(), (await ctx.now()).isoformat()]
        await ctx.log("before", before)
        await io.input.text("Wait")
        return before

    transaction = await start(bench, same, ann)
    logged = (await bench.asked(transaction, 1)).log[1].text
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 1, ann, value="go")
    view = await bench.ended(transaction)
    assert view.outcome and logged == f"before {view.outcome.value}"


async def test_an_exception_fails_the_transaction_with_its_traceback(bench: Bench, ann: Person) -> None:
    @action
    async def broken(io: IO) -> None:
        raise KeyError("price")

    view = await bench.ended(await start(bench, broken, ann))
    assert view.state is State.FAILED
    assert view.outcome and view.outcome.error_type == "KeyError"
    assert view.outcome.traceback and "test_transaction.py" in view.outcome.traceback
    assert "restival/engine" not in view.outcome.traceback


async def test_how_and_when_it_has_ended_is_one_record(bench: Bench, ann: Person) -> None:
    @action
    async def ends(io: IO, ctx: Context, how: str) -> str:
        await io.input.text("Name")
        if how == "failed":
            raise ValueError("no")
        return "done"

    for how in ("done", "failed", "cancelled", "killed"):
        transaction = await start(bench, ends, ann, how=how)
        before = await bench.asked(transaction, 1)
        assert before.pending is not None
        assert before.meta is not None
        told: list[Any] = []
        leave = bench.engine.feed.follow(transaction, lambda key, value, told=told: told.append(value))  # type: ignore[misc]
        if how == "cancelled":
            await bench.client.cancel(before, ann)
        elif how == "killed":
            await bench.engine._server.admin.kill(before.meta.invocation)
        else:
            await bench.client.answer(transaction, before.pending, {"0": "Ann"}, ann)
        ended = await bench.ended(transaction)
        leave()
        await bench.client.examine(before)  # it was read before the end, and Restate is asked after it
        if how == "done":
            await bench.client.refresh(before)
        assert before.outcome == ended.outcome
        assert (await bench.client.view(transaction)).outcome == ended.outcome
        assert how == "killed" or told[-1] == ended.outcome


async def test_cancel_reaches_the_action_at_its_await_and_the_first_who_did_it_is_kept(
    bench: Bench, ann: Person, bob: Person
) -> None:
    """What it undoes is done to its end, also where somebody else cancels meanwhile."""
    undone: list[str] = []
    begun, goes_on = threading.Event(), threading.Event()

    async def undo() -> None:
        begun.set()
        await asyncio.to_thread(goes_on.wait)
        undone.append("undone")

    @action
    async def cancelled(io: IO, ctx: Context) -> None:
        try:
            await io.input.text("Wait")
        except Cancelled:
            await ctx.step(undo)
            raise
        except Exception as error:
            raise AssertionError("a cancel isn't an Exception") from error

    transaction = await start(bench, cancelled, ann)
    view = await bench.asked(transaction, 1)
    await asyncio.sleep(SUSPENDED)
    await bench.client.cancel(view, bob)
    await asyncio.to_thread(begun.wait)
    for late in (view, await bench.client.view(transaction)):
        await bench.client.cancel(late, ann)
    await asyncio.sleep(0.2)
    goes_on.set()
    view = await bench.ended(transaction)
    assert view.state is State.CANCELLED
    assert undone == ["undone"]
    assert view.outcome and view.outcome.by == bob


async def test_what_is_asked_after_a_cancel_can_be_cancelled_too(bench: Bench, ann: Person) -> None:
    @action
    async def stubborn(io: IO, ctx: Context) -> None:
        with suppress(Cancelled):
            await io.input.text("Wait")
        await io.input.text("What shall become of the rest?")

    transaction = await start(bench, stubborn, ann)
    for n in (1, 2):
        await bench.client.cancel(await bench.asked(transaction, n), ann)
    assert (await bench.ended(transaction)).state is State.CANCELLED


async def test_finally_runs_no_steps_when_an_attempt_leaves_memory(bench: Bench, ann: Person) -> None:
    closed: list[str] = []

    @action
    async def tidy(io: IO, ctx: Context) -> str:
        try:
            return await io.input.text("Wait")
        finally:
            await ctx.step(closed.append, "closed")

    transaction = await start(bench, tidy, ann)
    await bench.asked(transaction, 1)
    await asyncio.sleep(SUSPENDED)
    assert closed == []
    await bench.answer(transaction, 1, ann, value="x")
    assert (await bench.ended(transaction)).state is State.DONE
    assert closed == ["closed"]


async def test_changed_code_is_told_and_can_be_ended(bench: Bench, ann: Person, bob: Person) -> None:
    async def before(io: IO, ctx: Context) -> None:
        await io.input.text("One")
        await io.input.text("Two")

    async def after(io: IO, ctx: Context) -> None:
        await ctx.sleep(0.01)
        await ctx.now()
        await io.input.text("Other")

    before.__name__ = after.__name__ = "changing"
    transaction = await start(bench, action(before), ann)
    await bench.answer(transaction, 1, ann, value="x")
    await bench.asked(transaction, 2)
    await bench.serve(action(after))
    view = await bench.until(transaction, lambda view: view.trouble is not None)
    assert view.trouble and view.trouble.kind == "code_changed"
    assert view.state is State.STUCK
    assert view.meta
    await bench.until(transaction, lambda view: view.state is State.STUCK)
    await asyncio.sleep(1)
    status = await bench.engine._server.admin.invocation(view.meta.invocation)
    assert status and status.status == "paused", "it must not be tried again and again"
    view = await bench.client.view(transaction)
    await bench.client.cancel(view, bob)
    view = await bench.ended(transaction)
    assert view.state is State.CANCELLED
    assert view.outcome and view.outcome.by == bob


async def test_code_that_is_mended_goes_on(bench: Bench, ann: Person) -> None:
    async def good(io: IO, ctx: Context) -> str:
        await io.input.text("One")
        return await io.input.text("Two")

    async def bad(io: IO, ctx: Context) -> None:
        await ctx.now()

    good.__name__ = bad.__name__ = "mended"
    transaction = await start(bench, action(good), ann)
    await bench.answer(transaction, 1, ann, value="x")
    await bench.asked(transaction, 2)
    await bench.serve(action(bad))
    await bench.until(transaction, lambda view: view.state is State.STUCK)
    await asyncio.sleep(1)
    await bench.serve(action(good))
    await bench.answer(transaction, 2, ann, value="y")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "y"


async def test_two_waits_at_once_are_told(bench: Bench, ann: Person) -> None:
    @action
    async def twice(io: IO) -> None:
        async def ask(label: str) -> str:
            return await io.input.text(label)

        await asyncio.gather(ask("a"), ask("b"))

    view = await bench.ended(await start(bench, twice, ann))
    assert view.outcome and view.outcome.error and "one thing at a time" in view.outcome.error


async def test_io_inside_a_step_is_told(bench: Bench, ann: Person) -> None:
    @action
    async def nested(io: IO, ctx: Context) -> None:
        async def ask() -> str:
            return await io.input.text("x")

        await ctx.step(ask)

    view = await bench.ended(await start(bench, nested, ann))
    assert view.outcome and view.outcome.error and "or inside ctx.step" in view.outcome.error


async def test_what_cannot_be_recorded_is_told(bench: Bench, ann: Person) -> None:
    @action
    async def unrecordable(io: IO, ctx: Context) -> None:
        await ctx.step(lambda: {"handle": object()}, name="open")

    view = await bench.ended(await start(bench, unrecordable, ann))
    assert view.outcome and view.outcome.error and "object can't be recorded (at .handle)" in view.outcome.error


async def test_log_loading_and_sleep_are_kept(bench: Bench, ann: Person) -> None:
    @action
    async def busy(io: IO, ctx: Context) -> None:
        await ctx.log("one", 2, {"three": [3]})
        await ctx.loading.start("Working", items_in_queue=3)
        await ctx.loading.complete_one()
        await ctx.loading.update(description="still")
        await ctx.log("x" * 20_000)
        await ctx.sleep(timedelta(milliseconds=50))
        await io.input.text("Wait")

    transaction = await start(bench, busy, ann)
    view = await bench.asked(transaction, 1)
    assert view.log[1].text == "one 2 {'three': [3]}"
    assert len(view.log[2].text) == 10_000
    assert view.loading and view.loading.model_dump() == {
        "label": "Working",
        "description": "still",
        "items_in_queue": 3,
        "completed": 1,
    }
    assert view.sleep is not None
    await bench.client.cancel(view, ann)


async def test_unknown_transactions_are_told(bench: Bench) -> None:
    @action
    async def known(io: IO) -> None:
        await io.input.text("x")

    await bench.serve(known)
    for wrong in ("nonsense", "known.short", "known." + "a" * 16):
        with pytest.raises(UnknownTransaction):
            await bench.client.view(wrong)


async def test_starting_twice_with_one_id_starts_once(bench: Bench, ann: Person) -> None:
    @action
    async def single(io: IO) -> str:
        return await io.input.text("x")

    [declared] = await bench.serve(single)
    transaction = bench.client.new_id(declared)
    for _ in range(2):
        await bench.client.start(declared, declared.params(), ann, transaction)
    await bench.answer(transaction, 1, ann, value="y")
    assert (await bench.ended(transaction)).state is State.DONE
    listed = [entry for entry in bench.engine.history if entry.slug == "single"]
    assert [(entry.id, entry.status) for entry in listed] == [(transaction, "Done")]


async def test_choices_replace_the_button_and_make_displays_wait(bench: Bench, ann: Person) -> None:
    @action
    async def choosing(io: IO) -> dict[str, Any]:
        choice, amount = await io.input.number("Amount").with_choices(["Save", {"label": "Drop it", "value": "drop"}])
        look, _ = await io.display.heading("Look").with_choices([{"label": "Seen", "theme": "secondary"}])
        group = await io.group(name=io.input.text("Name")).continue_button_options(label="Send", theme="danger")
        return {"choice": choice, "amount": amount, "look": look, "name": group.name}

    transaction = await start(bench, choosing, ann)
    pending = (await bench.asked(transaction, 1)).pending
    assert pending and [(choice.label, choice.value) for choice in pending.choices] == [
        ("Save", "Save"),
        ("Drop it", "drop"),
    ]
    with pytest.raises(InvalidAnswer, match="one of the buttons"):
        await bench.client.answer(transaction, pending, {"0": "3"}, ann, choice="Continue")
    await bench.client.answer(transaction, pending, {"0": "3"}, ann, choice="drop")
    view = await bench.asked(transaction, 2)
    assert view.items[1].choice == "Drop it" and view.pending
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, view.pending, {}, ann)
    view = await bench.asked(transaction, 3)
    assert view.pending and view.pending.choices[0].model_dump() == {
        "label": "Send",
        "value": "continue",
        "theme": "danger",
    }
    await bench.client.answer(transaction, view.pending, {"name": "Bo"}, ann)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {"choice": "drop", "amount": 3, "look": "Seen", "name": "Bo"}
    assert view.items[3].choice is None


def test_choices_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one choice"):
        IO.input.text("Name").with_choices([])
    with pytest.raises(ValueError, match="each with a different value"):
        IO.input.text("Name").with_choices(["Yes", {"label": "No", "value": "Yes"}])
    with pytest.raises(ValueError, match="fixed buttons"):
        IO.confirm("Sure?").with_choices(["Yes"])

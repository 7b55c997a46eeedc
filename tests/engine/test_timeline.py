"""What a timeline says of a transaction on the real Restate server."""

import asyncio
import json
import time
from functools import partial
from itertools import pairwise
from typing import Any

from restival import IO, Context, action
from restival.access.person import Person
from restival.engine.client.timeline import Span, Timeline
from restival.engine.restate.journal_reader import JournalReader
from restival.engine.state.transaction import Transaction
from restival.web.api.timeline import exported
from tests.conftest import Bench
from tests.engine.test_transaction import SUSPENDED

SECRET = "nobody-knows-it"


async def spans_of(bench: Bench, view: Transaction) -> list[Span]:
    return await bench.engine.timelines.new().read(view)


def waits_after(tries: int, view: Transaction) -> bool:
    """Whether a step waits for its next try after so many."""
    return view.step is not None and view.step.awakeable is not None and view.step.tries == tries


async def test_everything_is_there_in_order(bench: Bench, ann: Person, bob: Person) -> None:
    tried = []

    async def flaky(name: str) -> dict[str, str]:
        tried.append(name)
        await asyncio.sleep(0.2)
        if len(tried) < 3:
            raise ConnectionError("nobody is thére")
        return {"name": name}

    async def large_one(size: int) -> str:
        return "x" * size

    async def hopeless() -> None:
        raise ValueError("no " * 2_000)

    @action
    async def eventful(io: IO, ctx: Context, size: int = 40_000) -> str:
        name = await io.input.text("Name").validate(lambda value: None if value == "good" else "Say good.")
        await ctx.log("got", name)
        await ctx.now()
        await ctx.step(flaky, name, retries=3, backoff=60)
        await ctx.step(large_one, size)
        await ctx.sleep(0.1)
        await io.display.heading("Look")
        await io.input.password("Password")
        await ctx.step(hopeless)
        return "never"

    [declared] = await bench.serve(eventful)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, bob, value="bad")
    await bench.answer(transaction, 1, bob, attempt=1, value="good")
    for tries in (1, 2):
        view = await bench.until(transaction, partial(waits_after, tries))
        if tries == 2:
            await asyncio.sleep(SUSPENDED)
        waiting = (await spans_of(bench, view))[-1]
        assert (waiting.kind, waiting.title, waiting.goes_on, len(waiting.tries)) == ("step", "flaky", True, tries)
        assert waiting.tries[-1].next_at is not None
        begun = time.monotonic()
        await bench.client.retry_now(view, bob)
    await bench.answer(transaction, 3, ann, value=SECRET)
    assert time.monotonic() - begun < 20  # not the two minutes that it would have waited
    view = await bench.ended(transaction)
    spans = await spans_of(bench, view)
    assert [(span.kind, span.title) for span in spans] == [
        ("start", ""),
        ("question", "Name"),
        ("log", "got good"),
        ("clock", "now"),
        ("step", "flaky"),
        ("step", "large_one"),
        ("sleep", ""),
        ("shown", "Look"),
        ("question", "Password"),
        ("step", "hopeless"),
        ("outcome", ""),
    ]
    start, question, _, _, flaky_step, large, slept, _, password, failed, outcome = spans
    assert all(a.at <= b.at and not a.goes_on for a, b in pairwise(spans))
    assert (start.by, question.by, question.asked, password.by) == (ann, bob, 2, ann)
    assert [each.error for each in flaky_step.tries] == ["nobody is thére", "nobody is thére", None]
    assert [each.hurried_by for each in flaky_step.tries] == [bob, bob, None]
    assert all(0.19 < (each.until - each.at).total_seconds() < 10 for each in flaky_step.tries if each.until)
    assert json.loads(flaky_step.result) == {"name": "good"}
    assert large.result_bytes > 40_000
    assert large.tries[0].entry is not None
    assert view.meta is not None
    whole = await bench.engine.timelines.value(view, large.tries[0].entry)
    assert json.loads(whole) == "x" * 40_000
    assert slept.until is not None
    assert 0 < (slept.until - slept.at).total_seconds() < 10
    assert failed.failed
    assert failed.tries[0].error is not None
    assert failed.tries[0].error.startswith("no no no")
    assert outcome.entry > failed.entry

    told = await exported(bench.engine.timelines, view, results=True)
    steps = {each["title"]: each for each in told["timeline"] if each["kind"] == "step"}
    assert steps["flaky"]["result"] == {"name": "good"}
    assert steps["large_one"]["result_bytes"] > 40_000
    assert told["timeline"][-1]["state"] == "failed"
    assert "hopeless" in told["timeline"][-1]["traceback"]
    assert SECRET not in json.dumps(told)
    told = await exported(bench.engine.timelines, view, results=False)
    steps = {each["title"]: each for each in told["timeline"] if each["kind"] == "step"}
    assert "result" not in steps["flaky"]
    assert "traceback" not in json.dumps(told)


async def test_a_cancel_and_a_kill_end_what_went_on(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def waits(io: IO) -> str:
        return await io.input.text("x")

    [declared] = await bench.serve(waits)
    for killed in (False, True):
        transaction = await bench.client.start(declared, declared.params(), ann)
        view = await bench.asked(transaction, 1)
        assert (await spans_of(bench, view))[-1].goes_on
        if killed:
            assert view.meta is not None
            await bench.engine._server.admin.kill(view.meta.invocation)
        else:
            await bench.client.cancel(view, bob)
        spans = await spans_of(bench, await bench.ended(transaction))
        cancelled = [] if killed else ["cancel"]
        assert [span.kind for span in spans] == ["start", "question", *cancelled, "outcome"]
        assert not any(span.goes_on for span in spans)
        if not killed:
            assert spans[2].by == bob


async def test_a_thousand_steps_are_read_quickly_and_read_on(bench: Bench, ann: Person) -> None:
    async def step(number: int) -> dict[str, Any]:
        return {"number": number, "text": "x" * 100}

    @action
    async def many(io: IO, ctx: Context) -> str:
        for number in range(1_000):
            await ctx.step(step, number)
        return await io.input.text("x")

    [declared] = await bench.serve(many)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.until(transaction, lambda view: view.pending is not None, 60)
    reading = bench.engine.timelines.new()
    begun = time.monotonic()
    spans = await reading.read(view)
    assert time.monotonic() - begun < 3  # 0.1 s on an idle machine
    assert len(spans) == 1_002
    await bench.answer(transaction, 1, ann, value="y")
    view = await bench.ended(transaction)
    assert await reading.read(view) == await Timeline(
        JournalReader(bench.engine._server.admin, bench.engine.seals)
    ).read(view)


async def test_changes_of_hands_and_deadlines_are_told(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def assigned(io: IO) -> Any:
        await io.input.text("Soon").timeout(0.3, on_timeout="late")
        return await io.input.text("Whose").assign("bob@example.com").remind(60)

    [declared] = await bench.serve(assigned)
    bob = Person(name="bob@example.com", email="bob@example.com")
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 2, bob, value="mine")
    view = await bench.ended(transaction)
    spans = await spans_of(bench, view)
    assert [(span.kind, span.title) for span in spans] == [
        ("start", ""),
        ("question", "Soon"),
        ("hand", ""),
        ("hand", ""),
        ("notice", "Whose"),
        ("question", "Whose"),
        ("outcome", ""),
    ]
    assert [view.hands[span.n or 0].change for span in spans[2:4]] == ["timed out", "assigned"]
    assert (spans[1].by, spans[5].by, spans[5].helped) == (None, bob, 0)

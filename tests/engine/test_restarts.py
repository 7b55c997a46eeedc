"""Going on from a point of another transaction, on the real Restate server."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from restival import IO, Context, action
from restival.access.person import Person
from restival.engine.client.restart import CannotRestart
from restival.engine.state.transaction import Transaction
from tests.conftest import Bench
from tests.engine.test_transaction import SUSPENDED


async def entry_of(bench: Bench, view: Transaction, title: str) -> int:
    """The entry of the timeline with that title."""
    return next(span.entry for span in await bench.engine.timelines.new().read(view) if span.title == title)


async def test_what_came_before_is_taken_over_and_done_only_once(bench: Bench, ann: Person, bob: Person) -> None:
    done: list[str] = []
    broken = [True]

    async def first(name: str) -> str:
        done.append("first")
        return f"first for {name}"

    async def second() -> str:
        done.append("second")
        if broken[0]:
            raise ValueError("it is broken")
        return "mended"

    @action
    async def restarted(io: IO, ctx: Context) -> list[Any]:
        name = await io.input.text("Name")
        ids = [str(ctx.uuid())]
        [row] = await io.select.table("Rows", data=[{"id": len(done)}, {"id": 1}], min_selections=1, max_selections=1)
        await ctx.notify("Rows were chosen")
        given = await ctx.step(first, name)
        secret = await io.input.password("Secret")
        await ctx.sleep(0.5)
        before = await ctx.now()
        ids.append(str(ctx.uuid()))
        mended = await ctx.step(second)
        more = await io.input.text("More")
        assert isinstance(secret, SecretStr)
        plain = secret.get_secret_value()
        return [name, row, given, plain, before.isoformat(), mended, more, *ids, ctx.user.name]

    [declared] = await bench.serve(restarted)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="Grace")
    await bench.answer(transaction, 2, bob, value=[1])
    await bench.answer(transaction, 3, ann, value="only I know")
    view = await bench.ended(transaction)
    assert view.outcome
    assert len(view.notices) == 1
    assert view.outcome.error == "Step second failed: ValueError: it is broken"
    entry = await entry_of(bench, view, "second")

    ids = [await bench.engine.restarts.restart(declared, view, entry, bob)]
    again = await bench.ended(ids[0])  # still broken
    assert again.outcome
    assert again.outcome.error == view.outcome.error
    broken[0] = False
    # also from the one that has itself taken over
    ids.append(await bench.engine.restarts.restart(declared, again, await entry_of(bench, again, "second"), bob))
    results = []
    for each in ids[1:]:
        waiting = await bench.asked(each, 4)
        assert waiting.items[2].by == bob
        assert not waiting.notices  # nobody is told twice
        await asyncio.sleep(SUSPENDED)  # the body runs again, and takes over again
        await bench.answer(each, 4, ann, value="enough")
        ended = await bench.ended(each)
        assert ended.meta
        assert ended.meta.restarted
        assert (ended.meta.restarted.by, ended.meta.user) == (bob, ann)
        assert ended.outcome
        results.append(ended.outcome.value)
    assert results[0][:4] == ["Grace", {"id": 1}, "first for Grace", "only I know"]
    assert results[0][5:7] == ["mended", "enough"]
    assert results[0][9] == "Ann"
    assert done == ["first", "second", "second", "second"]

    whole = await bench.client.view(ids[1])
    fresh = await bench.engine.restarts.restart(declared, whole, await entry_of(bench, whole, "More"), bob)
    await bench.answer(fresh, 4, ann, value="other")
    other = (await bench.ended(fresh)).outcome
    assert other
    assert other.value == [*results[0][:6], "other", *results[0][7:]]  # the clock and the UUIDs too
    assert done == ["first", "second", "second", "second"]


async def test_other_code_than_before_is_told(bench: Bench, ann: Person) -> None:
    async def one() -> int:
        return 1

    async def two() -> int:
        return 2

    steps = [one]

    @action
    async def changed(io: IO, ctx: Context) -> int:
        try:
            value = await ctx.step(steps[0])
        except Exception:  # an action that forgives everything
            value = -1
        await io.input.text("Why")
        return value

    [declared] = await bench.serve(changed)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 1)
    with pytest.raises(CannotRestart, match="still active"):
        await bench.engine.restarts.restart(declared, view, await entry_of(bench, view, "Why"), ann)
    await bench.answer(transaction, 1, ann, value="x")
    view = await bench.ended(transaction)
    steps[0] = two
    entry = await entry_of(bench, view, "Why")
    ended = await bench.ended(await bench.engine.restarts.restart(declared, view, entry, ann))
    assert ended.outcome
    assert ended.outcome.error
    assert ended.outcome.error.startswith(
        "The code has changed before this point: it now has step two instead of step one"
    )
    with pytest.raises(CannotRestart, match="can't restart from this point"):
        await bench.engine.restarts.restart(declared, view, entry + 1, ann)


@pytest.mark.usefixtures("bench_files")
async def test_files_are_taken_over_and_confirmations_only_where_it_failed(bench: Bench, ann: Person) -> None:
    fails = [True]

    @action
    async def confirmed(io: IO, ctx: Context) -> str:
        file = await io.input.file("File")
        await io.confirm_identity("Really?")
        await ctx.log("sure")
        text = await file.text()
        await ctx.step(asyncio.sleep, 0, name="pay")
        if fails[0]:
            raise ValueError("late")
        return f"{text} of {file.id}"

    [declared] = await bench.serve(confirmed)
    transaction = await bench.client.start(declared, declared.params(), ann)

    async def chunks() -> Any:
        yield b"content"

    await bench.asked(transaction, 1)
    file = await bench.files.take(transaction, "a.txt", "text/plain", None, chunks(), 100, 1)
    await bench.answer(transaction, 1, ann, value=[file.model_dump(mode="json")])
    await bench.answer(transaction, 2, ann, value={})
    view = await bench.ended(transaction)
    assert view.outcome
    assert view.outcome.error == "late"
    fails[0] = False
    again = await bench.engine.restarts.restart(declared, view, await entry_of(bench, view, "pay"), ann)
    await bench.files._storage.remove([file.id, f"{file.id}.json"])
    ended = await bench.ended(again)
    assert ended.outcome
    assert ended.outcome.value == f"content of {again}/{file.id.rpartition('/')[2]}"
    with pytest.raises(CannotRestart, match="for one run"):
        await bench.engine.restarts.restart(declared, ended, await entry_of(bench, ended, "pay"), ann)


@pytest.mark.usefixtures("bench_files")
async def test_what_only_looks_like_a_file_keeps_nobody_from_restarting(bench: Bench, ann: Person) -> None:
    @action
    async def spoken(io: IO, ctx: Context) -> str:
        text = await io.input.text("Text")
        file = await io.input.file("File")
        await ctx.step(asyncio.sleep, 0, name="pay")
        return f"{text} {await file.text()}"

    [declared] = await bench.serve(spoken)
    transaction = await bench.client.start(declared, declared.params(), ann)

    async def chunks() -> Any:
        yield b"content"

    text = f"see {transaction}/deadbeef and {transaction}/1-0"
    await bench.answer(transaction, 1, ann, value=text)
    file = await bench.files.take(transaction, "a.txt", "text/plain", None, chunks(), 100, 2)
    await bench.answer(transaction, 2, ann, value=[file.model_dump(mode="json")])
    view = await bench.ended(transaction)
    again = await bench.engine.restarts.restart(declared, view, await entry_of(bench, view, "pay"), ann)
    ended = await bench.ended(again)
    assert ended.outcome
    assert ended.outcome.value == f"{text} content"

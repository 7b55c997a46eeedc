"""A cancel is seen from the first moment on, and what it undoes has ended before."""

import asyncio
import os
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from restival import IO, Cancelled, Context, Person, action
from restival.engine.errors import EngineUnavailable
from restival.engine.state.transaction import State, Transaction
from restival.engine.worker.running import Running, Work
from tests.conftest import Bench, bench_on

happened: list[str] = []


def seen(view: Transaction) -> bool:
    return view.meta is not None


async def begun(name: str = "begins") -> None:
    while name not in happened:
        await asyncio.sleep(0.02)


async def cancelled(bench: Bench, body: Any, ann: Person, after: str = "begins") -> Transaction:
    happened.clear()
    [declared] = await bench.serve(body)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await asyncio.wait_for(begun(after), 10)
    await bench.client.cancel(await bench.until(transaction, seen), ann)
    return await bench.ended(transaction)


async def test_a_body_that_has_recorded_nothing_hears_of_it(bench: Bench, ann: Person) -> None:
    @action(slug="cancelled-early")
    async def early(ctx: Context) -> str:
        happened.append("begins")
        await asyncio.sleep(30)
        await ctx.step(happened.append, "mails sent")
        return "done"

    started = time.monotonic()
    view = await cancelled(bench, early, ann)
    assert view.state is State.CANCELLED
    assert view.outcome and view.outcome.by == ann
    assert happened == ["begins"]
    assert time.monotonic() - started < 10


async def test_what_a_body_undoes_at_its_own_await_comes_out_the_same_over_a_replay(bench: Bench, ann: Person) -> None:
    @action(slug="cancelled-early")
    async def early(io: IO, ctx: Context) -> str:
        await ctx.step(happened.append, "first")
        try:
            happened.append("begins")
            await asyncio.sleep(30)
            await ctx.step(happened.append, "mails sent")
        except Cancelled:
            await ctx.step(happened.append, "undone")
            reason = await io.input.text("Why?")
            await ctx.step(happened.append, reason)
            raise
        return "done"

    happened.clear()
    [declared] = await bench.serve(early)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await asyncio.wait_for(begun(), 10)
    await bench.client.cancel(await bench.until(transaction, seen), ann)
    await bench.asked(transaction, 1)
    await asyncio.sleep(2.5)  # it is suspended, and replayed by the answer
    await bench.answer(transaction, 1, ann, value="a mistake")
    view = await bench.ended(transaction)
    assert view.state is State.CANCELLED
    assert [each for each in happened if each != "begins"] == ["first", "undone", "a mistake"]


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_undo_begins_after_the_step_has_ended(bench: Bench, ann: Person, kind: str) -> None:
    """Also where the step has run for longer than what waits stays in memory (a second)."""

    def in_a_thread() -> None:
        happened.append("begins")
        time.sleep(3)
        happened.append("ends")

    async def in_the_loop() -> None:
        happened.append("begins")
        try:
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.2)
            happened.append("ends")

    work = in_a_thread if kind == "sync" else in_the_loop

    @action(slug="cancelled-late")
    async def late(ctx: Context) -> None:
        try:
            await ctx.step(work)
        except Cancelled:
            await ctx.step(happened.append, "undo")
            raise

    happened.clear()
    [declared] = await bench.serve(late)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await asyncio.wait_for(begun(), 10)
    await asyncio.sleep(1.5)
    cancelled_at = time.monotonic()
    await bench.client.cancel(await bench.until(transaction, seen), ann)
    view = await bench.until(transaction, lambda view: view.state is State.CANCELLING or view.outcome is not None)
    if kind == "sync":
        assert view.state is State.CANCELLING
    view = await bench.ended(transaction)
    assert view.state is State.CANCELLED
    assert happened == ["begins", "ends", "undo"]
    assert time.monotonic() - cancelled_at < 8


async def test_no_step_begins_after_a_cancel_that_came_while_the_body_was_busy(bench: Bench, ann: Person) -> None:
    @action(slug="busy-when-cancelled")
    async def busy(ctx: Context) -> None:
        happened.append("begins")
        time.sleep(2)  # noqa: ASYNC251
        await ctx.step(happened.append, "mails sent")

    view = await cancelled(bench, busy, ann)
    assert view.state is State.CANCELLED
    assert set(happened) == {"begins"}


async def test_one_that_waits_for_its_first_attempt_can_be_cancelled(bench: Bench, ann: Person) -> None:
    release = threading.Event()

    @action(slug="cancelled-blocked")
    async def blocked(ctx: Context) -> None:
        happened.append("begins")
        await ctx.step(release.wait, 20)

    happened.clear()
    [declared] = await bench.serve(blocked)
    transaction = bench.client.new_id(declared)
    await bench.client.start(declared, declared.params(), ann, transaction)
    await bench.client.cancel(await bench.client.view(transaction), ann)
    release.set()
    assert (await bench.ended(transaction)).state is State.CANCELLED


async def test_a_cancel_between_two_attempts_interrupts_a_plain_await(bench: Bench, ann: Person) -> None:
    @action(slug="held-up-then-slow")
    async def slow(ctx: Context) -> None:
        happened.append("begins")
        if len(happened) == 1:
            time.sleep(2)  # noqa: ASYNC251
        await asyncio.sleep(20)
        await ctx.step(happened.append, "mails sent")

    happened.clear()
    [declared] = await bench.serve(slow)
    transaction = await bench.client.start(declared, declared.params(), ann)
    while not happened:
        await asyncio.sleep(0.02)
    bench.engine.serve([declared])  # its attempt is dropped as soon as its loop is free
    await bench.client.cancel(await bench.until(transaction, lambda view: view.meta is not None), ann)
    view = await bench.ended(transaction)
    assert view.state is State.CANCELLED
    assert "mails sent" not in happened


async def test_work_that_is_stopped_twice_cleans_up_to_its_end() -> None:
    cleaned: list[str] = []

    async def work() -> bytes:
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(0.3)
            cleaned.append("up")
        return b""

    doing = Work(asyncio.get_running_loop(), work(), "work")
    await asyncio.sleep(0)
    first = asyncio.create_task(doing.stop())
    await asyncio.sleep(0.1)
    await doing.stop()
    await first
    assert cleaned == ["up"]


async def test_a_cancel_that_was_seen_is_seen_again_after_the_death_of_restate(
    restate_binary: Path, tmp_path: Path, ann: Person
) -> None:
    @action(slug="undoes-slowly")
    async def undoes(ctx: Context) -> None:
        try:
            happened.append("begins")
            await asyncio.sleep(15)
        except Cancelled:
            happened.append("seen")
            await asyncio.sleep(1.5)
            await ctx.step(happened.append, "undone")
            raise

    happened.clear()
    async with bench_on(restate_binary, tmp_path / "data", timedelta(seconds=1)) as bench:
        [declared] = await bench.serve(undoes)
        transaction = await bench.client.start(declared, declared.params(), ann)
        await begun()
        await bench.client.cancel(await bench.until(transaction, seen), ann)
        await begun("seen")
        await asyncio.sleep(0.5)
        os.kill(int((tmp_path / "data" / "server.pid").read_text()), signal.SIGKILL)
        end = time.monotonic() + 12
        view = Transaction(id=transaction)
        while view.outcome is None and time.monotonic() < end:
            await asyncio.sleep(0.1)
            with suppress(EngineUnavailable):
                view = await bench.client.view(transaction)
    assert view.state is State.CANCELLED
    assert happened.count("undone") == 1


async def test_work_at_the_place_of_another_is_done_itself() -> None:
    async def work(value: bytes) -> bytes:
        return value

    running = Running()
    place = ("invocation", 1)
    before = running.started(place, "charge", lambda: work(b"charged"))
    assert running.started(place, "charge", lambda: work(b"charged")) is before
    assert await running.started(place, "refund", lambda: work(b"refunded")).result() == b"refunded"

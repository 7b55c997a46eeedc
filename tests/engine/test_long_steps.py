"""A step takes as long as it takes, and never runs beside itself."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from restival import Context, Person, StepFailed, action
from tests.conftest import Bench, bench_on

SHORT = {
    "RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT": "500ms",
    "RESTATE_WORKER__INVOKER__ABORT_TIMEOUT": "500ms",
}
"""Restate's own timeouts, which are a minute and ten by default."""

at_once: list[int] = []
begun: list[str] = []


@pytest.fixture
async def hasty(restate_binary: Path, tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench_on(restate_binary, tmp_path / "data", timedelta(seconds=1), settings=SHORT) as made:
        begun.clear()
        at_once.clear()
        yield made


def slow(seconds: float) -> str:
    begun.append("sync")
    at_once.append(1)
    assert len(at_once) == 1, "two run at once"
    time.sleep(seconds)
    at_once.pop()
    return "slow"


async def slow_async(seconds: float) -> str:
    begun.append("async")
    at_once.append(1)
    assert len(at_once) == 1, "two run at once"
    await asyncio.sleep(seconds)
    at_once.pop()
    return "slow"


@pytest.mark.parametrize("work", [slow, slow_async])
async def test_a_step_longer_than_restates_timeouts_runs_once(hasty: Bench, ann: Person, work: object) -> None:
    @action(slug="step-export")
    async def export(ctx: Context) -> str:
        return await ctx.step(work, 5)  # type: ignore[call-overload,no-any-return]

    [declared] = await hasty.serve(export)
    view = await hasty.ended(await hasty.client.start(declared, declared.params(), ann))
    assert view.outcome and view.outcome.value == "slow"
    assert len(begun) == 1


@pytest.mark.faults
@pytest.mark.parametrize("work", [slow, slow_async])
async def test_a_step_that_runs_while_restate_dies_is_waited_for(hasty: Bench, ann: Person, work: object) -> None:
    @action(slug="step-export")
    async def export(ctx: Context) -> str:
        return await ctx.step(work, 6)  # type: ignore[call-overload,no-any-return]

    [declared] = await hasty.serve(export)
    transaction = await hasty.client.start(declared, declared.params(), ann)
    while not begun:
        await asyncio.sleep(0.02)
    pid = hasty.engine._server.pid  # type: ignore[union-attr]
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(3)
    view = await hasty.until(transaction, lambda view: view.outcome is not None, 30)
    assert view.outcome and view.outcome.value == "slow"
    assert len(begun) == 1


async def test_code_that_is_loaded_meanwhile_takes_over_what_runs(bench: Bench, ann: Person) -> None:
    begun.clear()
    at_once.clear()

    @action(slug="step-export")
    async def export(ctx: Context) -> str:
        return await ctx.step(slow, 2)

    [declared] = await bench.serve(export)
    transaction = await bench.client.start(declared, declared.params(), ann)
    while not begun:
        await asyncio.sleep(0.02)
    await bench.serve(export)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "slow"
    assert len(begun) == 1


async def test_long_steps_do_not_starve_short_ones(bench: Bench, ann: Person) -> None:
    release = threading.Event()

    @action(slug="step-long")
    async def long(ctx: Context) -> None:
        await ctx.step(release.wait, 60)

    @action(slug="step-short")
    async def short(ctx: Context) -> int:
        return await ctx.step(lambda: 1, timeout=2)

    waits, quick = await bench.serve(long, short)
    many = [await bench.client.start(waits, waits.params(), ann) for _ in range(60)]
    view = await bench.ended(await bench.client.start(quick, quick.params(), ann))
    release.set()
    assert view.outcome and view.outcome.value == 1
    for each in many:
        await bench.ended(each)


async def test_a_timeout_counts_from_the_step_s_own_begin_and_a_retry_waits_for_its_end(
    bench: Bench, ann: Person
) -> None:
    at_once.clear()

    @action(slug="step-bounded")
    async def bounded(ctx: Context) -> str:
        try:
            return await ctx.step(slow, 1.5, timeout=0.3, retries=1, backoff=0.1)
        except StepFailed as error:
            return str(error)

    [declared] = await bench.serve(bounded)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.outcome and "it took longer than 0.3 s" in str(view.outcome.value)

"""Pages hear of a step that takes long enough to be seen."""

import asyncio
from typing import Any

import pytest

from restival import Context, Person, StepFailed, action
from restival.engine.state.records import StepState
from tests.conftest import Bench

tried: list[int] = []


async def heard(bench: Bench, ann: Person, body: Any) -> list[StepState | None]:
    """What pages hear of the steps of an action."""
    [declared] = await bench.serve(body)
    transaction, told = bench.client.new_id(declared), list[StepState | None]()
    leave = bench.engine.feed.follow(transaction, lambda key, value: told.append(value) if key == "step" else None)  # type: ignore[arg-type]
    await bench.client.start(declared, declared.params(), ann, transaction)
    view = await bench.ended(transaction)
    leave()
    assert view.outcome is not None
    assert (view.outcome.state, view.step) == ("done", None)
    return told


async def quick() -> int:
    return 1


async def slow() -> int:
    await asyncio.sleep(0.4)
    return 1


async def test_a_quick_step_isnt_shown_and_a_slow_one_is(bench: Bench, ann: Person) -> None:
    @action(slug="shown-long")
    async def steps(ctx: Context) -> None:
        for _ in range(20):
            await ctx.step(quick)
        await ctx.step(slow)
        await ctx.step(quick)

    told = await heard(bench, ann, steps)
    names = [each and each.name for each in told]
    assert names[-2:] == ["slow", None]
    assert len(names) < 10  # under load some of the quick ones take long as well


@pytest.mark.parametrize("retries", [0, 1])
async def test_a_step_that_fails_is_shown_as_that_to_its_end(bench: Bench, ann: Person, retries: int) -> None:
    async def fails() -> None:
        await asyncio.sleep(0.2)
        raise ValueError("no")

    @action(slug=f"shown-failed-{retries}")
    async def steps(ctx: Context) -> None:
        try:
            await ctx.step(fails, retries=retries, backoff=0.3)
        except StepFailed:
            return

    told = await heard(bench, ann, steps)
    shown = [(each.tries, each.failure is not None) for each in told if each is not None]
    assert shown == ([(1, False)] if retries == 0 else [(1, False), (1, True), (2, False)])
    assert told[-1] is None


async def test_a_second_try_that_succeeds_at_once_clears_the_failure(bench: Bench, ann: Person) -> None:
    tried.clear()

    async def fails_once() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise ValueError("no")

    @action(slug="shown-then-done")
    async def steps(ctx: Context) -> None:
        await ctx.step(fails_once, retries=1, backoff=0.2)

    told = await heard(bench, ann, steps)
    assert any(each is not None and each.failure is not None for each in told)
    assert told[-1] is None

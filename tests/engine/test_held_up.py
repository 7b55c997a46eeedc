"""A body that keeps its thread to itself is named, stopped where it can be, and holds up nobody else."""

import asyncio
import time
from typing import Any

import pytest

from restival import IO, Context, Person, action
from restival.engine.state.transaction import State
from restival.isolation import watchdog as watch
from restival.isolation.boundary import GuestError
from restival.isolation.loop import GuestLoop, end_all
from restival.isolation.loops import Guests
from tests.conftest import Bench


@action(slug="greet-meanwhile")
async def greet(io: IO) -> str:
    return f"Hello, {await io.input.text('Name')}!"


def busy(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@pytest.mark.parametrize("block", [time.sleep, busy])
async def test_others_are_answered_within_a_second_and_its_page_names_the_line(
    bench: Bench, ann: Person, block: Any
) -> None:
    @action(slug="blocks-itself")
    async def blocks() -> str:
        block(4)
        return "free"

    blocking, greeting = await bench.serve(blocks, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None, 3)
    assert view.trouble and view.trouble.kind == "held_up"
    assert "test_held_up.py, line" in view.trouble.message
    assert view.state is State.RUNNING
    for each in (waiting, await bench.client.start(greeting, greeting.params(), ann)):
        began = time.monotonic()
        await bench.answer(each, 1, ann, value="Ada")
        ended = await bench.ended(each)
        assert ended.outcome and ended.outcome.value == "Hello, Ada!"
        assert time.monotonic() - began < 1.5
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "free"
    assert view.trouble is None


async def test_a_loop_that_never_awaits_is_stopped(bench: Bench, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1.5)

    @action(slug="never-awaits")
    async def endless() -> None:
        while True:
            pass

    [declared, greeting] = await bench.serve(endless, greet)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.state is State.FAILED
    assert view.outcome and view.outcome.error and "test_held_up.py" in view.outcome.error
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.answer(waiting, 1, ann, value="Ada")
    assert (await bench.ended(waiting)).state is State.DONE


async def test_a_step_of_somebody_else_is_not_done_twice_when_its_loop_is_held_up(bench: Bench, ann: Person) -> None:
    done: list[str] = []

    async def charge() -> str:
        done.append("charge")
        await asyncio.sleep(1)
        return "receipt"

    @action(slug="pays-once")
    async def pays(ctx: Context) -> str:
        return await ctx.step(charge)

    @action(slug="blocks-others")
    async def blocks() -> None:
        time.sleep(2.5)  # noqa: ASYNC251

    paying, blocking = await bench.serve(pays, blocks)
    payment = await bench.client.start(paying, paying.params(), ann)
    while not done:
        await asyncio.sleep(0.02)
    await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.ended(payment)
    assert view.outcome and view.outcome.value == "receipt"
    assert done == ["charge"]


async def in_a_task_of_another_name(other: str) -> None:
    async def poll() -> None:
        time.sleep(2)  # noqa: ASYNC251

    await asyncio.create_task(poll(), name=other)


async def under_the_name_of_another(other: str) -> None:
    task = asyncio.current_task()
    assert task is not None
    task.set_name(other)
    time.sleep(2)  # noqa: ASYNC251


async def in_many_tasks(other: str) -> None:
    async def parse() -> None:
        time.sleep(0.05)  # noqa: ASYNC251

    await asyncio.gather(*(parse() for _ in range(40)))


@pytest.mark.parametrize("block", [in_a_task_of_another_name, under_the_name_of_another, in_many_tasks])
async def test_whose_code_it_is_is_known_whatever_its_tasks_are(bench: Bench, ann: Person, block: Any) -> None:
    begun: list[str] = []

    @action(slug="blocks-somehow")
    async def blocks() -> str:
        begun.append("blocks")
        await block(waiting)
        return "free"

    blocking, greeting = await bench.serve(blocks, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None, 3)
    assert view.trouble and view.trouble.kind == "held_up"
    assert (await bench.client.view(waiting)).trouble is None
    await bench.answer(waiting, 1, ann, value="Ada")
    assert (await bench.ended(waiting)).state is State.DONE
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "free"
    assert len(begun) <= 2


async def crunch() -> str:
    time.sleep(2.5)  # noqa: ASYNC251
    return "done"


async def crunch_in_tasks() -> str:
    return (await asyncio.gather(crunch()))[0]


@pytest.mark.parametrize("work", [crunch, crunch_in_tasks])
@pytest.mark.parametrize("timeout", [None, 60])
async def test_a_step_is_never_stopped(
    bench: Bench, ann: Person, monkeypatch: pytest.MonkeyPatch, work: Any, timeout: float | None
) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1)

    @action(slug="crunches")
    async def crunches(ctx: Context) -> str:
        return str(await ctx.step(work, timeout=timeout))

    [declared] = await bench.serve(crunches)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.outcome and view.outcome.value == "done"


async def test_a_page_that_holds_up_its_loop_is_named_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1)
    holders: set[str] = set()
    guests = Guests(lambda _, hold: holders.add(hold.holder) if hold is not None else None)
    guests.open()

    async def reads() -> None:
        busy(10)

    began = time.monotonic()
    try:
        with pytest.raises(GuestError, match="blocked its thread"):
            await guests.run(reads, "/orders")
        assert time.monotonic() - began < 5
        assert holders == {"/orders"}
    finally:
        guests.close()


async def test_loops_that_are_held_up_end_together() -> None:
    loops = [GuestLoop(f"held {number}") for number in range(20)]
    for loop in loops:
        loop.call(time.sleep, 5)
    began = time.monotonic()
    end_all(loops)
    assert time.monotonic() - began < 3


async def answered_meanwhile(bench: Bench, greeting: Any, ann: Person, seconds: float) -> list[float]:
    """How long each answer took, of transactions that are started one after the other."""
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        transaction = await bench.client.start(greeting, greeting.params(), ann)
        began = time.monotonic()
        await bench.answer(transaction, 1, ann, value="Ada")
        await bench.ended(transaction)
        times.append(time.monotonic() - began)
    return times


async def test_code_that_blocks_again_and_again_is_named_and_others_go_on(bench: Bench, ann: Person) -> None:
    @action(slug="blocks-often")
    async def blocks() -> str:
        end = time.monotonic() + 8
        while time.monotonic() < end:
            time.sleep(0.3)  # noqa: ASYNC251
            await asyncio.sleep(0)
        return "free"

    blocking, greeting = await bench.serve(blocks, greet)
    transaction = await bench.client.start(blocking, blocking.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None, 8)
    assert view.trouble and "repeatedly" in view.trouble.message
    assert "test_held_up.py, line" in view.trouble.message
    times = await answered_meanwhile(bench, greeting, ann, 3)
    assert len(times) > 3
    assert max(times) < 1.5
    view = await bench.until(transaction, lambda view: view.outcome is not None, 40)
    assert view.outcome and view.outcome.value == "free"


async def test_code_that_catches_its_stop_is_stopped_again(
    bench: Bench, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "STOP_SECONDS", 1.0)
    caught: list[int] = []

    @action(slug="catches-its-stop")
    async def endless() -> None:
        while True:
            try:
                while True:
                    pass
            except BaseException:
                if caught:
                    raise
                caught.append(1)

    [declared] = await bench.serve(endless)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.state is State.FAILED
    assert caught == [1]


async def test_a_view_that_is_read_meanwhile_has_the_answer(bench: Bench, ann: Person) -> None:
    @action(slug="blocks-after-an-answer")
    async def blocks(io: IO) -> str:
        name = await io.input.text("Name")
        time.sleep(4)  # noqa: ASYNC251
        return name

    [declared] = await bench.serve(blocks)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="Ada")
    view = await bench.until(transaction, lambda view: view.trouble is not None, 3)
    assert view.state is State.RUNNING
    assert view.pending is None
    assert view.items[1].by == ann
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == "Ada"

"""Whatever an author's code raises or returns becomes one error of its own transaction."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from restival import IO, Context, Person, StepFailed, action
from restival.engine.state.transaction import State
from tests.conftest import Bench


class Odd(Exception):
    """An error that can't be printed."""

    def __str__(self) -> str:
        raise ValueError("no text")


class Masked(Exception):
    """An error that can't even be asked what it is."""

    @property
    def __class__(self) -> Any:
        raise SystemExit(4)


class Base(BaseException):
    """An error that isn't an Exception."""


def of_argparse() -> None:
    argparse.ArgumentParser(prog="old").parse_args(["--nope"])


def of_next() -> int:
    return next(x for x in [1, 2, 3] if x > 5)


def of_recursion() -> int:
    return of_recursion()


def raising(error: Callable[[], BaseException]) -> Callable[[], None]:
    def work() -> None:
        raise error()

    return work


ERRORS: dict[str, tuple[Callable[[], Any], str]] = {
    "Exception": (raising(lambda: ValueError("plain")), "ValueError"),
    "SystemExit": (lambda: sys.exit("nothing to do"), "SystemExit"),
    "argparse": (of_argparse, "SystemExit"),
    "KeyboardInterrupt": (raising(KeyboardInterrupt), "KeyboardInterrupt"),
    "GeneratorExit": (raising(GeneratorExit), "GeneratorExit"),
    "StopIteration": (of_next, "StopIteration"),
    "StopAsyncIteration": (raising(StopAsyncIteration), "StopAsyncIteration"),
    "CancelledError": (raising(asyncio.CancelledError), "CancelledError"),
    "TimeoutError": (raising(TimeoutError), "TimeoutError"),
    "masked": (raising(lambda: Masked("no class")), "Masked"),
    "BaseException": (raising(lambda: Base("base")), "Base"),
    "group": (raising(lambda: ExceptionGroup("two", [ValueError("a"), KeyError("b")])), "ExceptionGroup"),
    "base group": (raising(lambda: BaseExceptionGroup("one", [SystemExit(3)])), "BaseExceptionGroup"),
    "unprintable": (raising(Odd), "Odd"),
    "surrogate": (raising(lambda: ValueError("can't read caf\udce9.txt")), "ValueError"),
    "long": (raising(lambda: ValueError("x" * 50_000_000)), "ValueError"),
    "recursion": (of_recursion, "RecursionError"),
}


async def outcome_of(bench: Bench, body: Any, ann: Person) -> Any:
    [declared] = await bench.serve(body)
    view = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert view.outcome is not None
    view.model_dump_json()  # pages, history and API can show it
    return view.outcome


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("place", ["sync step", "async step", "async step with a timeout", "callback", "task", "body"])
async def test_an_error_ends_its_transaction_and_nothing_else(
    bench: Bench, ann: Person, place: str, error: str
) -> None:
    work, error_type = ERRORS[error]
    tries: list[int] = []

    async def async_work() -> None:
        work()

    async def in_tasks() -> None:
        await asyncio.gather(async_work(), asyncio.sleep(0.01))

    def validator(value: str) -> str:
        work()
        return value

    @action(slug="raises")
    async def raises(io: IO, ctx: Context) -> None:
        tries.append(1)
        match place:
            case "sync step":
                await ctx.step(work)
            case "async step":
                await ctx.step(async_work)
            case "async step with a timeout":
                await ctx.step(async_work, timeout=20)
            case "callback":
                await io.display.table("Rows", get_data=lambda page: work())
            case "task":
                await ctx.step(in_tasks)
            case _:
                work()

    outcome = await outcome_of(bench, raises, ann)
    assert outcome.state == "failed"
    told = f"{outcome.error_type} {outcome.error}"
    assert error_type in told or "coroutine raised" in told or (error in told and "Stop" in error)
    assert len(outcome.error) <= 11_000
    assert len(tries) <= 2
    assert bench.engine.state == "running"


async def test_a_group_says_what_is_in_it(bench: Bench, ann: Person) -> None:
    async def first() -> None:
        raise ValueError("no stock")

    async def second() -> None:
        raise KeyError("sku")

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(first())
            group.create_task(second())

    @action
    async def grouped(ctx: Context) -> None:
        await ctx.step(both)

    outcome = await outcome_of(bench, grouped, ann)
    assert "ValueError: no stock; KeyError: 'sku'" in outcome.error


def cyclic() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


UNRECORDABLE: dict[str, tuple[Callable[[], Any], str]] = {
    "object": (object, "object"),
    "cycle": (cyclic, ""),
    "too large": (lambda: "x" * 40_000_000, "40,000,002 bytes"),
}


@pytest.mark.parametrize("kind", UNRECORDABLE)
async def test_work_whose_result_cannot_be_recorded_is_done_once(bench: Bench, ann: Person, kind: str) -> None:
    make, told = UNRECORDABLE[kind]
    charged: list[int] = []

    def charge() -> Any:
        charged.append(1)
        return make()

    @action
    async def pay(ctx: Context) -> str:
        try:
            await ctx.step(charge, retries=3, backoff=0.05)
        except StepFailed as error:
            return str(error)
        return "no error"

    outcome = await outcome_of(bench, pay, ann)
    assert charged == [1]
    assert "the work was done, but its result" in outcome.value
    assert told in outcome.value


@pytest.mark.parametrize("kind", ["object", "too large"])
async def test_an_action_whose_result_cannot_be_stored_fails_once(bench: Bench, ann: Person, kind: str) -> None:
    runs: list[int] = []

    @action
    async def returns() -> Any:
        runs.append(1)
        return UNRECORDABLE[kind][0]() if kind == "too large" else cyclic()

    outcome = await outcome_of(bench, returns, ann)
    assert outcome.state == "failed"
    assert runs == [1]


async def test_odd_characters_are_shown_and_end_it(bench: Bench, ann: Person) -> None:
    @action
    async def tidy(ctx: Context) -> str:
        await ctx.log("caf\udce9.txt")
        name: str = await ctx.step(lambda: os.fsdecode(b"caf\xe9.txt"))
        return name

    outcome = await outcome_of(bench, tidy, ann)
    assert "caf" in str(outcome.value or outcome.error)


async def test_a_body_that_swallows_everything_freezes_nobody(bench: Bench, ann: Person) -> None:
    """Each attempt is suspended while it waits, and its loop would spin if the call raised at once."""

    @action
    async def age(io: IO) -> int:
        while True:
            try:
                return int(await io.input.text("Age"))
            except:  # noqa: E722
                pass

    [declared] = await bench.serve(age)
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="many")
    await bench.asked(transaction, 2)
    longest, end, last = 0.0, time.monotonic() + 4, time.monotonic()
    while time.monotonic() < end:
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 1
    await bench.answer(transaction, 2, ann, value="40")
    view = await bench.ended(transaction)
    assert view.state is State.DONE
    assert view.outcome and view.outcome.value == 40


MISTAKES: dict[str, tuple[Callable[[Context], Any], str]] = {
    "a call": (lambda ctx: ctx.step(asyncio.sleep(1)), "such as ctx.step(fetch, 4)"),
    "no function": (lambda ctx: ctx.step(4), "takes a function, not int"),
    "retries": (lambda ctx: ctx.step(int, retries=-1), "retries can't be negative"),
    "backoff": (lambda ctx: ctx.step(int, backoff=-1), "backoff can't be negative"),
    "timeout": (lambda ctx: ctx.step(int, timeout=0), "timeout must be greater than 0"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
async def test_mistakes_in_a_step_are_named(bench: Bench, ann: Person, mistake: str) -> None:
    call, told = MISTAKES[mistake]

    @action
    async def mistaken(ctx: Context) -> None:
        await call(ctx)

    outcome = await outcome_of(bench, mistaken, ann)
    assert told in outcome.error


async def test_what_a_step_returns_to_be_awaited_is_awaited(bench: Bench, ann: Person) -> None:
    async def fetch(number: int) -> int:
        await asyncio.sleep(0)
        return number

    class Fetcher:
        async def __call__(self, number: int) -> int:
            return await fetch(number)

    @action
    async def awaits(ctx: Context) -> list[int]:
        await ctx.sleep(-5)
        return [await ctx.step(lambda: fetch(3)), await ctx.step(Fetcher(), 4)]

    assert (await outcome_of(bench, awaits, ann)).value == [3, 4]


async def test_code_that_stops_its_loop_stops_nobody(bench: Bench, ann: Person) -> None:
    @action(slug="stops-its-loop")
    async def stops(io: IO) -> str:
        asyncio.get_running_loop().stop()
        return await io.input.text("Name")

    @action(slug="beside-a-stopped-loop")
    async def greet(io: IO) -> str:
        return await io.input.text("Name")

    stopping, greeting = await bench.serve(stops, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(stopping, stopping.params(), ann)
    for each in (transaction, waiting):
        await bench.answer(each, 1, ann, value="Ada")
        assert (await bench.ended(each)).state is State.DONE


async def test_code_that_cancels_all_tasks_ends_nobody_else(bench: Bench, ann: Person) -> None:
    done: list[int] = []

    @action(slug="cancels-all-tasks")
    async def cancels() -> str:
        done.append(1)
        if len(done) == 1:
            for task in asyncio.all_tasks():
                task.cancel()
        await asyncio.sleep(0)
        return "went on"

    @action(slug="beside-cancelled-tasks")
    async def greet(io: IO, ctx: Context) -> str:
        name = await io.input.text("Name")
        return await ctx.step(str.upper, name)

    cancelling, greeting = await bench.serve(cancels, greet)
    waiting = await bench.client.start(greeting, greeting.params(), ann)
    await bench.asked(waiting, 1)
    transaction = await bench.client.start(cancelling, cancelling.params(), ann)
    assert (await bench.ended(transaction)).outcome is not None
    await bench.answer(waiting, 1, ann, value="Ada")
    ended = await bench.ended(waiting)
    assert ended.outcome and ended.outcome.value == "ADA"


async def test_code_that_cancels_its_own_task_too_late_comes_to_its_value(bench: Bench, ann: Person) -> None:
    done: list[str] = []

    async def step() -> str:
        done.append("step")
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        return "its value"

    @action(slug="cancels-itself")
    async def cancels(ctx: Context) -> str:
        value: str = await ctx.step(step)
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        return value

    [declared] = await bench.serve(cancels)
    ended = await bench.ended(await bench.client.start(declared, declared.params(), ann))
    assert ended.outcome and ended.outcome.value == "its value"
    assert done == ["step"]

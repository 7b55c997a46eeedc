"""Code that was changed under a waiting transaction is noticed by what it asks and does, not only by order."""

import asyncio
import functools
from collections.abc import Callable
from typing import Any

import pytest

from restival import IO, Context, Person, action
from restival.engine.state.transaction import State
from restival.engine.worker.step_name import step_name
from tests.conftest import Bench


def first() -> str:
    return "first"


def second() -> str:
    return "second"


async def names(io: IO, ctx: Context) -> Any:
    one = await io.input.text("First name")
    two = await io.input.text("Last name")
    return one, two, await io.confirm("Right?")


async def names_swapped(io: IO, ctx: Context) -> Any:
    two = await io.input.text("Last name")
    one = await io.input.text("First name")
    return one, two, await io.confirm("Right?")


async def names_corrected(io: IO, ctx: Context) -> Any:
    one = await io.input.text("Given name")
    two = await io.input.text("Last name")
    return one, two, await io.confirm("Right?")


async def names_of_other_kinds(io: IO, ctx: Context) -> Any:
    one = await io.input.email("First name")
    two = await io.input.text("Last name")
    return one, two, await io.confirm("Right?")


async def lambdas(io: IO, ctx: Context) -> Any:
    a = await ctx.step(lambda: first())
    b = await ctx.step(lambda: second())
    return a, b, await io.confirm("Right?")


async def lambdas_swapped(io: IO, ctx: Context) -> Any:
    b = await ctx.step(lambda: second())
    a = await ctx.step(lambda: first())
    return a, b, await io.confirm("Right?")


async def partials(io: IO, ctx: Context) -> Any:
    a = await ctx.step(functools.partial(first))
    b = await ctx.step(functools.partial(second))
    return a, b, await io.confirm("Right?")


async def partials_swapped(io: IO, ctx: Context) -> Any:
    b = await ctx.step(functools.partial(second))
    a = await ctx.step(functools.partial(first))
    return a, b, await io.confirm("Right?")


CHANGES: dict[str, tuple[Callable[..., Any], Callable[..., Any], int, str]] = {
    "questions swapped": (names, names_swapped, 2, "question 1 is now “Last name”, but was “First name”"),
    "another kind of field": (names, names_of_other_kinds, 2, "question 1 is now"),
    "lambdas swapped": (lambdas, lambdas_swapped, 0, ""),
    "partials swapped": (partials, partials_swapped, 0, ""),
}


def named(body: Callable[..., Any]) -> Callable[..., Any]:
    body.__name__ = "changing"
    return action(body)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_noticed_and_the_code_of_before_continues(bench: Bench, ann: Person, change: str) -> None:
    before, after, questions, told = CHANGES[change]
    [declared] = await bench.serve(named(before))
    transaction = await bench.client.start(declared, declared.params(), ann)
    for n in range(1, questions + 1):
        await bench.answer(transaction, n, ann, value=f"v{n}@example.com")
    await bench.asked(transaction, questions + 1)
    await bench.serve(named(after))
    view = await bench.until(transaction, lambda view: view.state is State.STUCK)
    assert view.trouble and view.trouble.kind == "code_changed"
    assert told in view.trouble.message
    await bench.serve(named(before))
    await bench.answer(transaction, questions + 1, ann, value=True)
    view = await bench.ended(transaction)
    expected = ["v1@example.com", "v2@example.com", True] if questions else ["first", "second", True]
    assert view.outcome and view.outcome.value == expected


async def test_a_label_may_be_corrected(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(named(names))
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="Ada")
    await bench.asked(transaction, 2)

    async def changing(io: IO, ctx: Context) -> Any:
        one = await io.input.text("Given name")
        two = await io.input.text("Last name")
        return one, two

    await bench.serve(action(changing))
    await bench.answer(transaction, 2, ann, value="Lovelace")
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == ["Ada", "Lovelace"]


def test_steps_have_names_that_tell_them_apart_and_stay() -> None:
    def of(text: str) -> str:
        return text

    assert step_name(lambda: of("a")) != step_name(lambda: of("b"))
    assert step_name(lambda: "x" in {"a", "b", "c"}) == step_name(lambda: "x" in {"a", "b", "c"})
    assert step_name(functools.partial(of, "a")) == "of"
    assert step_name(len) == "len"


async def test_an_answer_to_a_question_whose_code_has_changed_is_stored_for_later(bench: Bench, ann: Person) -> None:
    [declared] = await bench.serve(action(slug="answered-later")(names))
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.answer(transaction, 1, ann, value="Ada")
    pending = (await bench.asked(transaction, 2)).pending
    assert pending is not None
    await bench.serve(action(slug="answered-later")(names_swapped))
    await bench.until(transaction, lambda view: view.state is State.STUCK)
    async with asyncio.timeout(10):
        await bench.client.answer(transaction, pending, {"0": "Lovelace"}, ann)
    await bench.serve(action(slug="answered-later")(names))
    await bench.answer(transaction, 3, ann, value=True)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == ["Ada", "Lovelace", True]

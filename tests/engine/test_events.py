"""What an open form asks of the action's code, on the real Restate server."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from restival import IO, Person, action
from restival.engine.client.errors import AlreadyAnswered, EventFailed
from restival.io.core.call import InvalidAnswer, PendingCall
from tests.conftest import Bench

SUSPENDED = 2.5
"""Seconds after which a waiting transaction has left memory: the next event replays it."""


@dataclass
class Customer:
    name: str
    mail: str


CUSTOMERS = [Customer("Ada", "ada@example.com"), Customer("Adam", "adam@example.com"), Customer("Bob", "b@example.com")]
RUNS: list[str] = []


def look_up(query: str) -> list[Customer]:
    RUNS.append(query)
    if query == "boom":
        raise RuntimeError("the directory is down")
    return [customer for customer in CUSTOMERS if query.lower() in customer.name.lower()]


def render(customer: Customer) -> dict[str, Any]:
    return {"label": customer.name, "description": customer.mail}


@action
async def find(io: IO) -> dict[str, str]:
    """Find a customer."""
    group = await io.group(
        who=io.search("Who", on_search=look_up, render_result=render),
        other=io.search("Other", on_search=look_up, render_result=render).multiple().optional(),
    )
    again = await io.search("Again", on_search=look_up, render_result=render, initial_results=CUSTOMERS[2:])
    others = ",".join(customer.name for customer in group.other or [])
    return {"who": group.who.mail, "other": others, "again": again.mail}


async def pending(bench: Bench, transaction: str, n: int, attempt: int = 0) -> PendingCall:
    call = (await bench.asked(transaction, n, attempt)).pending
    assert call is not None
    return call


async def start(bench: Bench, body: Any, by: Person) -> str:
    [declared] = await bench.serve(body)
    return await bench.client.start(declared, declared.params(), by)


async def test_searches_run_in_the_action_and_give_its_own_objects(bench: Bench, ann: Person) -> None:
    transaction = await start(bench, find, ann)
    call = await pending(bench, transaction, 1)
    [ada, adam] = await bench.client.ask(transaction, call, "who", "search", "ad", ann)
    assert (ada["label"], ada["description"]) == ("Ada", "ada@example.com")
    [bob] = await bench.client.ask(transaction, call, "other", "search", "bob", ann)
    await asyncio.sleep(SUSPENDED)
    RUNS.clear()
    [again] = await bench.client.ask(transaction, call, "other", "search", "adam", ann)
    assert RUNS == ["adam"], "a replay must not run earlier searches again"
    await bench.client.answer(transaction, call, {"who": [adam], "other": [bob, again]}, ann)
    last = await pending(bench, transaction, 2)
    assert last.fields[0].props["initial"] == [{"key": "0", "label": "Bob", "description": "b@example.com"}]
    await bench.client.answer(transaction, last, {"0": last.fields[0].props["initial"]}, ann)
    view = await bench.ended(transaction)
    assert view.outcome and view.outcome.value == {
        "who": "adam@example.com",
        "other": "Bob,Adam",
        "again": "b@example.com",
    }


async def test_a_failing_search_is_told_and_can_be_tried_again(bench: Bench, ann: Person) -> None:
    transaction = await start(bench, find, ann)
    call = await pending(bench, transaction, 1)
    with pytest.raises(EventFailed, match="the directory is down"):
        await bench.client.ask(transaction, call, "who", "search", "boom", ann)
    with pytest.raises(EventFailed, match="at most 1,000 characters"):
        await bench.client.ask(transaction, call, "who", "search", "x" * 2_000, ann)
    with pytest.raises(EventFailed, match="no event 'delete'"):
        await bench.client.ask(transaction, call, "who", "delete", "x", ann)
    with pytest.raises(EventFailed, match="This field doesn't exist"):
        await bench.client.ask(transaction, call, "nobody", "search", "x", ann)
    assert len(await bench.client.ask(transaction, call, "who", "search", "", ann)) == 3


async def test_results_that_were_never_found_are_refused(bench: Bench, ann: Person) -> None:
    transaction = await start(bench, find, ann)
    call = await pending(bench, transaction, 1)
    with pytest.raises(InvalidAnswer):
        await bench.client.answer(transaction, call, {"who": [{"key": "-1", "label": "x"}]}, ann)
    await bench.client.answer(transaction, call, {"who": [{"key": "7", "label": "x"}]}, ann)
    refused = await pending(bench, transaction, 1, attempt=1)
    assert refused.errors == {"who": "Choose one of the results."}
    [bob] = await bench.client.ask(transaction, refused, "who", "search", "bob", ann)
    await bench.client.answer(transaction, refused, {"who": [{**bob, "label": "<b>Not Bob</b>"}]}, ann)
    view = await bench.asked(transaction, 2)
    kept = view.items[1].answer
    assert kept and kept["who"][0]["label"] == "Bob", "the transcript has the words of the action"


async def test_two_people_search_in_one_form_and_the_late_one_is_told(bench: Bench, ann: Person, bob: Person) -> None:
    transaction = await start(bench, find, ann)
    call = await pending(bench, transaction, 1)
    queries = ["a", "b", "ad", "adam", "bo", "bob"]
    found = await asyncio.gather(
        *(
            bench.client.ask(transaction, call, "who", "search", query, ann if number % 2 else bob)
            for number, query in enumerate(queries)
        )
    )
    expected = [[customer.name for customer in look_up(query)] for query in queries]
    assert [[result["label"] for result in results] for results in found] == expected
    await bench.client.answer(transaction, call, {"who": found[0][:1]}, ann)
    with pytest.raises(AlreadyAnswered):
        await bench.client.ask(transaction, call, "who", "search", "a", bob)


async def test_many_searches_in_one_form_come_back_after_a_suspension(bench: Bench, ann: Person) -> None:
    transaction = await start(bench, find, ann)
    call = await pending(bench, transaction, 1)
    for _ in range(40):
        [ada, _] = await bench.client.ask(transaction, call, "who", "search", "ad", ann)
        call = await pending(bench, transaction, 1)
    await asyncio.sleep(SUSPENDED)
    await bench.client.answer(transaction, call, {"who": [ada]}, ann)
    view = await bench.asked(transaction, 2)
    assert view.items[1].answer and view.items[1].answer["who"][0]["label"] == "Ada"

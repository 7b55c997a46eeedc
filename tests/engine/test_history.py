"""The history in memory: what the feed tells and what Restate's introspection says are the same."""

import asyncio
from dataclasses import asdict

from restival import IO, action
from restival.access.person import Person
from restival.engine.client.history import History
from restival.engine.state.feed import Feed
from restival.engine.state.summary import TransactionSummary
from restival.engine.state.transaction import State
from tests.conftest import Bench


async def read_anew(bench: Bench) -> dict[str, TransactionSummary]:
    """What an app that was just started knows."""
    return {entry.id: entry for entry in await read_history(bench)}


async def read_history(bench: Bench) -> History:
    history = History(bench.engine._server.admin, Feed())
    await history.look()
    return history


def same(entry: TransactionSummary) -> dict[str, object]:
    """What doesn't depend on the way that it was heard of."""
    told = asdict(entry)
    return {
        key: told[key] for key in ("id", "started_at", "status", "title", "starter", "asked", "asked_at", "pending")
    }


async def test_read_anew_it_is_what_was_heard(bench: Bench, ann: Person) -> None:
    @action(title='Ask "twice"')
    async def asks(io: IO) -> str:
        first = await io.input.text('What\'s "new"?')
        second = await io.group([io.display.heading("Look"), io.input.text("Second, again")])
        if first == "bad":
            raise ValueError("that is bad")
        return str(second)

    [declared] = await bench.serve(asks)
    ids = [await bench.client.start(declared, declared.params(), ann) for _ in range(5)]
    for each in ids[1:]:
        await bench.answer(each, 1, ann, value="bad" if each == ids[2] else "good")
    for each in ids[2:4]:
        await bench.answer(each, 2, ann, **{"1": "x"})
    await bench.asked(ids[4], 2)
    await bench.client.cancel(await bench.client.view(ids[4]), ann)
    for each in ids[2:]:
        await bench.ended(each)
    assert (await bench.client.view(ids[0])).state is State.WAITING
    heard = {entry.id: entry for entry in bench.engine.history if entry.id in ids}
    assert [heard[each].status for each in ids] == ["Waiting", "Waiting", "Failed", "Done", "Cancelled"]
    assert [heard[each].asked for each in ids[:2]] == ['What\'s "new"?', "Look"]
    assert heard[ids[2]].failure == "that is bad"
    anew = await read_anew(bench)
    for each in ids[:2]:
        assert same(anew[each]) == same(heard[each])
    assert [anew[each].status for each in ids] == [heard[each].status for each in ids]
    assert anew[ids[2]].failure == "that is bad"
    order = [entry.id for entry in bench.engine.history if entry.id in ids]
    assert order == list(reversed(ids))


async def test_it_notices_what_has_ended_without_its_code(bench: Bench, ann: Person) -> None:
    @action
    async def waits(io: IO) -> str:
        return await io.input.text("x")

    [declared] = await bench.serve(waits)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 1)
    assert view.meta is not None
    history = History(bench.engine._server.admin, Feed())
    await history.look()
    await bench.engine._server.admin.kill(view.meta.invocation)
    for _ in range(100):
        await history.look()
        [entry] = [entry for entry in history if entry.id == transaction]
        if entry.status == "Cancelled":
            break
        await asyncio.sleep(0.05)
    assert (entry.status, entry.asked) == ("Cancelled", "")


async def test_who_has_had_to_do_with_what_is_found_at_once(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def involves(io: IO) -> str:
        return await io.input.text("Name")

    [declared] = await bench.serve(involves)
    ids = [await bench.client.start(declared, declared.params(), by) for by in (ann, ann, bob)]
    await bench.answer(ids[0], 1, bob, value="x")
    await bench.ended(ids[0])
    for history in (bench.engine.history, await read_history(bench)):
        assert {each.name for each in history.starters["involves"].values()} == {"Ann", "Bob"}
        assert [each.id for each in history.involving(ann) if each.id in ids] == [ids[1], ids[0]]
    assert [each.id for each in bench.engine.history.involving(bob) if each.id in ids] == [ids[2], ids[0]]
    developer = Person(name="root", developer=True)
    assert [each.id for each in bench.engine.history.involving(developer) if each.id in ids] == ids[::-1]
    assert not bench.engine.history.involving(Person(name="Eve"))

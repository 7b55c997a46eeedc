"""What others who reach Restate send past the app: it is refused, or asked again."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from restival import IO, Context, Person, action
from restival.engine.errors import EngineRefused
from restival.engine.sealed_store import SealedStore
from restival.engine.state.records import SEALS_STARTS, Start
from restival.engine.state.transaction import Transaction
from tests.conftest import Bench
from tests.engine.test_restarts import entry_of
from tests.engine.test_transaction import SUSPENDED, start


@pytest.fixture
def refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is refused, with a Restate that others reach."""
    found: list[str] = []
    monkeypatch.setattr(bench.engine.seals, "_required", True)
    monkeypatch.setattr(bench.engine.seals, "on_refused", found.append)
    return found


async def reject(bench: Bench, view: Transaction) -> None:
    assert view.pending is not None
    address = f"/restate/awakeables/{view.pending.awakeable}/reject"
    await bench.client._ingress._transport.request("POST", address, b'"cancelled"')


@pytest.mark.parametrize("asleep", [False, True])
async def test_who_rejects_a_question_is_asked_again(bench: Bench, ann: Person, bob: Person, asleep: bool) -> None:
    @action(slug=f"rejected-{asleep}".lower())
    async def rejected(io: IO, ctx: Context) -> list[str]:
        name = await io.input.text("Name")
        soon = await io.input.text("Soon").timeout(timedelta(hours=1))
        await ctx.step(done)
        return [name, soon, await io.input.text("Last")]

    async def done() -> None:
        pass

    [served] = await bench.serve(rejected)
    transaction = await bench.client.start(served, served.params(), ann)
    for n, answer in ((1, "Ann"), (2, "soon")):
        view = await bench.asked(transaction, n)
        await asyncio.sleep(SUSPENDED if asleep else 0)
        await reject(bench, view)
        again = (await bench.asked(transaction, n, attempt=1)).pending
        assert again is not None
        assert list(again.errors.values()) == ["The request doesn't contain a valid answer."]
        await asyncio.sleep(SUSPENDED if asleep else 0)
        await bench.answer(transaction, n, ann, attempt=1, value=answer)
    await bench.answer(transaction, 3, ann, value="last")
    view = await bench.ended(transaction)
    later = await bench.engine.restarts.restart(served, view, await entry_of(bench, view, "Last"), bob)
    await bench.answer(later, 3, ann, value="other")
    ended = await bench.ended(later)
    assert ended.outcome
    assert ended.outcome.value == ["Ann", "soon", "other"]


async def test_nobody_reads_a_state_past_the_app(bench: Bench, ann: Person, refused: list[str]) -> None:
    @action
    async def read_past(io: IO) -> str:
        return await io.input.text("Name")

    transaction = await start(bench, read_past, ann)
    await bench.asked(transaction, 1)
    service, key = transaction.split(".")
    other = bench.engine.seals.asks_state(f"{service}.{'a' * 16}")
    for body in (None, b"{}", b"", other):
        with pytest.raises(EngineRefused):
            await bench.client._ingress.call(service, key, "state", body)
    assert set(refused) == {f"state {transaction}"}
    assert (await bench.client.view(transaction)).pending is not None


async def test_an_older_account_takes_no_place(
    bench: Bench, refused: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = bench.engine._server
    accounts = SealedStore(server.ingress, server.admin, bench.engine._runtime.secret)
    sent: list[tuple[str, str, str, bytes]] = []
    call = server.ingress.call

    async def seen(service: str, key: str, handler: str, body: bytes) -> bytes:
        sent.append((service, key, handler, body))
        return await call(service, key, handler, body)

    monkeypatch.setattr(server.ingress, "call", seen)
    mail = "older@example.com"
    for password in ("first", "second", "third"):
        await accounts.put(mail, {"password": password})
    for older in sent[:2]:
        with pytest.raises(EngineRefused):
            await call(*older)
    await call(*sent[2])  # as when an answer was lost
    with pytest.raises(EngineRefused):
        await call(*sent[2][:3], json.dumps({"password": "forged", "version": 9**20}).encode())
    assert (await accounts.all())[mail]["password"] == "third"
    assert refused == [f"account {mail}, as it was before"] * 2 + [f"account {mail}"]
    anew = SealedStore(server.ingress, server.admin, bench.engine._runtime.secret)
    assert (await anew.all())[mail] == {"password": "third"}
    await anew.put(mail, {"password": "fourth"})
    assert (await accounts.all())[mail]["password"] == "fourth"


async def test_what_began_before_there_were_seals_prepares_others(
    bench: Bench, ann: Person, refused: list[str]
) -> None:
    @action
    async def child_of_before(io: IO, amount: int) -> int:
        return amount

    @action
    async def parent_of_before(io: IO, ctx: Context) -> str:
        await io.input.text("Name")
        return await ctx.queue("child-of-before", {"amount": 7}, assignee=ann)

    [_, parent] = await bench.serve(child_of_before, parent_of_before)
    began = Start(user=ann, started_at=datetime.now(UTC), version=SEALS_STARTS - 1)
    await bench.client.begin(transaction := bench.client.new_id(parent), began)
    await bench.asked(transaction, 1)
    await asyncio.sleep(SUSPENDED)
    await bench.answer(transaction, 1, ann, value="Ann")
    outcome = (await bench.ended(transaction)).outcome
    assert outcome
    child = str(outcome.value)
    await bench.asked(child, 1)
    assert refused == []
    forged = "b" * 16
    with pytest.raises(EngineRefused):
        await bench.client._ingress.call("child-of-before", forged, "run", began.model_dump_json().encode())
    assert refused == [f"start child-of-before.{forged}"]
    assert (await bench.client.view(f"child-of-before.{forged}")).meta is None

"""A failure that repeats is tried a few times only, and who has paused something is named."""

import asyncio
from datetime import UTC, datetime

import pytest

from restival import IO, Person, action
from restival.engine.client.overview import Invocation
from restival.engine.client.stuck import stuck_reason
from restival.engine.restate.admin import InvocationStatus
from restival.engine.state.transaction import State
from restival.engine.worker import workflow as service
from tests.conftest import Bench


async def test_a_fault_of_the_apps_own_parks_the_transaction_with_its_reason(
    bench: Bench, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def broken(*arguments: object) -> None:
        attempts.append(1)
        raise RuntimeError("nobody can be told of it")

    @action
    async def unlucky(io: IO) -> str:
        return "done"

    [declared] = await bench.serve(unlucky)
    monkeypatch.setattr(service, "told_of", broken)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.until(transaction, lambda view: view.trouble is not None and view.trouble.kind == "parked")
    assert view.trouble and "RuntimeError: nobody can be told of it" in view.trouble.message
    await asyncio.sleep(2)
    assert 3 <= len(attempts) <= 5
    monkeypatch.undo()
    await bench.serve(unlucky)
    assert (await bench.ended(transaction)).state is State.DONE


async def test_who_has_paused_it_is_named(bench: Bench, ann: Person, bob: Person) -> None:
    @action
    async def pausable(io: IO) -> str:
        return await io.input.text("Name")

    [declared] = await bench.serve(pausable)
    transaction = await bench.client.start(declared, declared.params(), ann)
    view = await bench.asked(transaction, 1)
    assert view.meta is not None
    operations = bench.engine.operations({})
    now = datetime.now(UTC)
    found = Invocation(
        id=view.meta.invocation,
        status="running",
        target_service_name="pausable",
        target_handler_name="run",
        created_at=now,
        modified_at=now,
    )
    await operations.act("pause", found, bob)
    view = await bench.until(transaction, lambda view: view.trouble is not None)
    assert view.trouble and view.trouble.message == "Paused by Bob. The transaction continues once someone resumes it."
    await operations.act("resume", found, bob)
    await bench.answer(transaction, 1, ann, value="x")
    assert (await bench.ended(transaction)).state is State.DONE


def test_what_restate_has_paused_itself_nobody_has() -> None:
    trouble = stuck_reason(InvocationStatus(id="inv", status="paused"))
    assert trouble is not None
    assert "after several failed attempts" in trouble.message

"""What the engine's page is told, by a real Restate."""

from pathlib import Path

from restival import IO, Cancelled, action
from restival.access.person import Person
from restival.engine.client.disk_usage import use_of
from restival.engine.client.overview import Invocation, Overview
from restival.engine.state.transaction import State, Transaction
from tests.conftest import Bench


@action
async def looked_at(io: IO) -> str:
    return await io.input.text("Name")


async def test_what_goes_on_is_told_and_stepped_into(bench: Bench, ann: Person, bob: Person, tmp_path: Path) -> None:
    [declared] = await bench.serve(looked_at)
    operations = bench.engine.operations({"all": tmp_path})
    transaction = await bench.client.start(declared, declared.params(), ann)
    await bench.asked(transaction, 1)

    async def found() -> tuple[Overview, Invocation]:
        seen = await operations.overview()
        [one] = [each for each in (*seen.going, *seen.stopped) if each.transaction == transaction]
        return seen, one

    seen, one = await found()
    assert (seen.version.split(".")[0], one.slug, one.last_failure) == ("1", "looked-at", None)
    assert one.status in ("running", "suspended")
    assert sum(seen.counts.values()) >= 1 and seen.entries >= 3
    [deployment] = [each for each in seen.deployments if "looked-at" in each.names]
    assert (deployment.protocol_type, deployment.max_protocol_version >= 5) == ("BidiStream", True)
    assert operations.place is None and operations.since is not None
    await operations.act("kill", one, bob)

    def ended(view: Transaction) -> bool:
        return view.outcome is not None

    view = await bench.until(transaction, ended)
    assert view.outcome is not None and view.outcome.state == "cancelled"
    assert view.outcome.by == bob
    assert (await operations.use())["all"].files == 0


def test_a_folder_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 1000)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    use = use_of(tmp_path)
    assert (use.files, use.bytes >= 1000, use.free > 0) == (2, True, True)
    assert use_of(tmp_path / "nothing").files == 0


async def test_what_was_paused_waits_to_be_resumed_and_hears_of_a_cancel(bench: Bench, ann: Person) -> None:
    undone: list[str] = []

    @action
    async def undoes(io: IO) -> str:
        try:
            return await io.input.text("Name")
        except Cancelled:
            undone.append("undone")
            raise

    [declared] = await bench.serve(undoes)
    operations = bench.engine.operations({})

    async def paused() -> Invocation:
        transaction = await bench.client.start(declared, declared.params(), ann)
        await bench.asked(transaction, 1)
        seen = await operations.overview()
        [one] = [each for each in seen.going if each.transaction == transaction]
        await operations.act("pause", one, ann)
        view = await bench.until(transaction, lambda view: view.trouble is not None)
        assert view.state is State.PAUSED
        return one

    resumed = await paused()
    await operations.act("resume", resumed, ann)
    assert resumed.transaction is not None
    await bench.until(resumed.transaction, lambda view: view.trouble is None)
    await bench.answer(resumed.transaction, 1, ann, value="x")
    assert (await bench.ended(resumed.transaction)).state is State.DONE
    cancelled = await paused()
    await operations.act("cancel", cancelled, ann)
    assert cancelled.transaction is not None
    assert (await bench.ended(cancelled.transaction)).state is State.CANCELLED
    assert undone == ["undone"]

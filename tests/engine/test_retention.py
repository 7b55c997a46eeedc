"""What has ended is kept as long as the retention says, and then gone: record, log, outcome, files, place in lists."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from restival import IO, Context, File, action
from restival.access.person import Person
from restival.engine.client.errors import UnknownTransaction
from tests.conftest import bench_on

OFTEN = {"RESTATE_WORKER__CLEANUP_INTERVAL": "1s"}  # Restate looks once an hour, if it isn't told otherwise


async def content() -> AsyncIterator[bytes]:
    yield b"hello"


async def test_what_ended_goes_with_its_files_and_what_waits_stays(
    restate_binary: Path, tmp_path: Path, ann: Person
) -> None:
    @action
    async def short(io: IO, ctx: Context) -> File:
        await ctx.log("begun")
        return await io.input.file("Paper")

    @action
    async def fails(ctx: Context) -> None:
        await ctx.log("begun")
        raise ValueError("no paper")

    folder, kept = tmp_path / "data", timedelta(seconds=6)
    async with bench_on(restate_binary, folder, timedelta(minutes=1), kept, OFTEN) as bench:
        declared, failing = await bench.serve(short, fails)
        ended, waits, cancelled = [await bench.client.start(declared, declared.params(), ann) for _ in range(3)]
        for each in (ended, waits, cancelled):
            await bench.asked(each, 1)
        failed = await bench.client.start(failing, failing.params(), ann)
        await bench.client.cancel(await bench.client.view(cancelled), ann)
        paper = await bench.files.take(ended, "paper.txt", "text/plain", None, content(), 100, 1)
        await bench.answer(ended, 1, ann, value=[paper.model_dump(mode="json")])
        everything = {ended, waits, failed, cancelled}
        for each, state in ((ended, "done"), (failed, "failed"), (cancelled, "cancelled")):
            view = await bench.ended(each)
            assert view.outcome is not None
            assert (view.outcome.state, [line.text for line in view.log.values()]) == (state, ["begun"])
        await bench.engine.history.look()
        assert await bench.client.kept([*everything]) == everything
        await bench.engine.history.forget()
        assert {entry.id for entry in bench.engine.history} == everything

        end = asyncio.get_running_loop().time() + 30
        while await bench.client.kept([*everything]) != {waits}:
            assert asyncio.get_running_loop().time() < end
            await asyncio.sleep(0.2)
        await bench.engine.history.forget()
        assert [entry.id for entry in bench.engine.history] == [waits]
        assert [entry.id for entry in bench.engine.history.involving(ann)] == [waits]
        for each in everything - {waits}:
            with pytest.raises(UnknownTransaction):
                await bench.client.view(each)
        removed = await bench.files.sweep(bench.client.kept, bench.client.use_of_files)
        assert any("paper.txt" in path or paper.id in path for path in removed)
        assert (await bench.client.view(waits)).pending is not None

"""Many transactions that wait don't hold up new ones."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from restival import IO, Person, action
from tests.conftest import bench_on

MANY = 1_200
"""More than Restate lets run at once by default, each of which counts until it is suspended."""
AT_ONCE = 50


async def test_a_new_form_comes_while_more_than_a_thousand_wait_in_memory(
    restate_binary: Path, tmp_path: Path, ann: Person
) -> None:
    @action
    async def waits(io: IO) -> str:
        return await io.input.text("Name")

    async with bench_on(restate_binary, tmp_path / "data", timedelta(minutes=5)) as bench:
        [declared] = await bench.serve(waits)
        for _ in range(MANY // AT_ONCE):
            starts = (bench.client.start(declared, declared.params(), ann) for _ in range(AT_ONCE))
            await asyncio.gather(*starts)
        began = time.monotonic()
        transaction = await bench.client.start(declared, declared.params(), ann)
        await bench.asked(transaction, 1)
        assert time.monotonic() - began < 10
        await bench.answer(transaction, 1, ann, value="x")
        view = await bench.ended(transaction)
        assert view.outcome and view.outcome.value == "x"

"""An answered IO call and 1,000 steps: Restival against the bare restate-sdk doing the same, in one run.

uv run python bench/engine.py [--rounds N]
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import restate
import uvicorn
import uvloop
from restate.serde import BytesSerde

from restival import IO, Context, Person, action
from restival.engine.server.binary import find_or_fetch
from restival.web.listening import listen
from tests.conftest import Bench, bench_on

CALLS = 200
STEPS = 1000
ME = Person(name="Bench")


@action
async def calls(io: IO) -> None:
    for number in range(CALLS):
        await io.input.text(f"Value {number}")


def work() -> int:
    return 1


async def async_work() -> int:
    return 1


@action
async def steps(io: IO, ctx: Context, count: int) -> None:
    for _ in range(count):
        await ctx.step(async_work)


raw_workflow = restate.Workflow("raw", inactivity_timeout=timedelta(minutes=1))
pending: dict[str, asyncio.Queue[str]] = {}


@raw_workflow.main(name="calls")
async def raw_calls(ctx: restate.WorkflowContext) -> None:
    for number in range(CALLS):
        name, answered = ctx.awakeable(serde=BytesSerde())
        question = {"n": number, "label": f"Value {number}", "awakeable": name}
        ctx.set("call", json.dumps(question).encode(), serde=BytesSerde())
        pending[ctx.key()].put_nowait(name)
        answer = json.loads(await answered)
        ctx.set(f"item/{number}", json.dumps({**question, "answer": answer}).encode(), serde=BytesSerde())
    pending[ctx.key()].put_nowait("")


raw_steps_workflow = restate.Workflow("rawsteps", inactivity_timeout=timedelta(minutes=1))
ended: dict[str, asyncio.Event] = {}


@raw_steps_workflow.main(name="run")
async def raw_steps(ctx: restate.WorkflowContext, count: int) -> None:
    for _ in range(count):
        await ctx.run_typed("work", async_work)
    ended[ctx.key()].set()


async def restival_calls(bench: Bench) -> float:
    [declared] = [item for item in bench.engine._actions if item.slug == "calls"]
    transaction = bench.client.new_id(declared)
    asked: asyncio.Queue[object] = asyncio.Queue()
    leave = bench.engine.feed.follow(
        transaction, lambda key, value: asked.put_nowait(value) if key in ("call", "outcome") else None
    )
    await bench.client.start(declared, declared.params(), ME, transaction)
    call = await asked.get()
    started = time.perf_counter()
    for _ in range(CALLS):
        await bench.client.answer(transaction, call, {"0": "an answer"}, ME)
        call = await asked.get()
    leave()
    return (time.perf_counter() - started) / CALLS


async def bare_calls(bench: Bench, key: str) -> float:
    pending[key] = asyncio.Queue()
    ingress = bench.engine._server.ingress
    await ingress._transport.request("POST", f"/raw/{key}/calls/send")
    name = await pending[key].get()
    started = time.perf_counter()
    for _ in range(CALLS):
        await ingress.resolve(name, b'"an answer"')
        name = await pending[key].get()
    return (time.perf_counter() - started) / CALLS


async def restival_steps(bench: Bench, count: int) -> float:
    [declared] = [item for item in bench.engine._actions if item.slug == "steps"]
    transaction, done = bench.client.new_id(declared), asyncio.Event()
    leave = bench.engine.feed.follow(transaction, lambda key, value: done.set() if key == "outcome" else None)
    started = time.perf_counter()
    await bench.client.start(declared, declared.params(count=count), ME, transaction)
    await done.wait()
    leave()
    return time.perf_counter() - started


async def bare_steps(bench: Bench, key: str, count: int) -> float:
    ended[key] = asyncio.Event()
    started = time.perf_counter()
    await bench.engine._server.ingress.send("rawsteps", key, "run", json.dumps(count).encode())
    await ended[key].wait()
    return time.perf_counter() - started


async def paired(
    name: str, unit: float, rounds: int, ours: Callable[[], Awaitable[float]], bare: Callable[[int], Awaitable[float]]
) -> None:
    """Both in turn, so that a machine that gets slower doesn't favour one; the first pair warms up."""
    pairs = [(await ours(), await bare(number)) for number in range(rounds + 1)][1:]
    ours_median, bare_median = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    print(f"{name:<34} restival {ours_median * unit:8.2f}   bare sdk {bare_median * unit:8.2f}   ratio {ratio:.2f}")


async def bare_hops(bench: Bench, key: str, count: int, pause: float) -> list[float]:
    """The milliseconds until each answer is stored and the bare handler goes on, with a pause (s) before each."""
    pending[key] = asyncio.Queue()
    ingress = bench.engine._server.ingress
    await ingress._transport.request("POST", f"/raw/{key}/calls/send")
    name, times = await pending[key].get(), []
    for _ in range(count):
        await asyncio.sleep(pause)
        started = time.perf_counter()
        await ingress.resolve(name, b'"an answer"')
        name = await pending[key].get()
        times.append((time.perf_counter() - started) * 1e3)
    return times


@asynccontextmanager
async def with_bare_handlers() -> AsyncIterator[Bench]:
    """An engine, and beside it the bare handlers, served over HTTP/2 in this loop."""
    app = restate.app([raw_workflow, raw_steps_workflow])
    config = uvicorn.Config(app, http="zttp", http2=True, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as listener:
        async with bench_on(find_or_fetch(print), Path(folder) / "data", timedelta(minutes=1)) as bench:
            serving = asyncio.create_task(server.serve([listener]))
            await bench.serve(calls, steps)
            uri = f"http://127.0.0.1:{listener.getsockname()[1]}"
            await bench.engine._server.admin.register(uri, http2=True, sole=False)
            yield bench
            server.force_exit = server.should_exit = True
            await serving


async def main(rounds: int) -> None:
    async with with_bare_handlers() as bench:
        await paired(
            f"an answered IO call (of {CALLS}), ms",
            1e3,
            rounds,
            lambda: restival_calls(bench),
            lambda number: bare_calls(bench, f"c{number}"),
        )
        for count in (STEPS // 4, STEPS):
            await paired(
                f"{count} steps, s",
                1,
                rounds,
                lambda count=count: restival_steps(bench, count),  # type: ignore[misc]
                lambda number, count=count: bare_steps(bench, f"s{count}-{number}", count),  # type: ignore[misc]
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as the app does
        runner.run(main(parser.parse_args().rounds))

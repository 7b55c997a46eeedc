"""Work that blocks waits only for its own kind."""

import ast
import asyncio
import threading
from contextvars import ContextVar
from pathlib import Path

import restival
from restival.isolation.thread_pools import CODE, FILES, Pool

TOLD: ContextVar[str] = ContextVar("told")


async def test_a_full_pool_holds_up_no_other() -> None:
    """Many functions of a project that wait leave files and the loop's own pool alone."""
    go_on = threading.Event()
    held = [asyncio.create_task(CODE.run(go_on.wait, 20)) for _ in range(100)]
    try:
        assert await asyncio.wait_for(FILES.run(lambda: "read"), 2) == "read"
    finally:
        go_on.set()
        await asyncio.gather(*held)


async def test_a_pool_passes_arguments_context_and_errors() -> None:
    pool = Pool("tests", 1)
    TOLD.set("to the thread")
    assert await pool.run(lambda a, *, b: (a, b, TOLD.get()), 1, b=2) == (1, 2, "to the thread")
    try:
        await pool.run(int, "x")
    except ValueError as error:
        assert "invalid literal" in str(error)
    else:
        raise AssertionError


def test_nothing_uses_the_shared_pool() -> None:
    """Ruff forbids asyncio.to_thread; run_in_executor(None, …) is the same."""
    for path in Path(restival.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("run_in_executor"):
                assert ast.unparse(node.args[0]) != "None", path

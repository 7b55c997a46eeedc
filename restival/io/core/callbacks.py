"""Calls the functions that an action gives to a component."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from restival.isolation.boundary import guarded, guest_code
from restival.isolation.thread_pools import CODE

R = TypeVar("R")


async def run_callback(function: Callable[..., R | Awaitable[R]], *arguments: Any) -> R:
    """The function's result. A sync one runs in a thread, as it may take its time. Raises what it raises, or
    GuestError."""
    is_async = inspect.iscoroutinefunction(function)
    with guest_code():
        outcome: Any = function(*arguments) if is_async else await CODE.run(guarded(function), *arguments)
        if inspect.iscoroutine(outcome) or asyncio.isfuture(outcome):  # a component can be awaited too, and is a result
            outcome = await outcome
    result: R = outcome
    return result

"""Calls the functions that an action gives to a component."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

R = TypeVar("R")


async def called(function: Callable[..., R | Awaitable[R]], *arguments: Any) -> R:
    """The function's result. A sync one runs in a thread, as it may take its time and the pages go on meanwhile."""
    is_async = inspect.iscoroutinefunction(function)
    outcome: Any = function(*arguments) if is_async else await asyncio.to_thread(function, *arguments)
    if inspect.iscoroutine(outcome) or asyncio.isfuture(outcome):  # a component can be awaited too, and is a result
        outcome = await outcome
    result: R = outcome
    return result

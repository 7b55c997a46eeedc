"""What authors' code raises becomes an ordinary exception, wherever it is called."""

import asyncio
import sys
from typing import Annotated

import pytest
from pydantic import AfterValidator

from restival import action
from restival.actions.declarations import MARK
from restival.io.core.callbacks import run_callback
from restival.isolation.boundary import GuestError, guarded, guest_code

ODD = [SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration, asyncio.CancelledError]


@pytest.mark.parametrize("error", ODD)
@pytest.mark.parametrize("place", ["block", "coroutine", "sync callback", "async callback", "thread"])
async def test_it_is_a_guest_error(place: str, error: type[BaseException]) -> None:
    def sync() -> None:
        raise error("odd")

    async def work() -> None:
        raise error("odd")

    async def at_the_place() -> None:
        match place:
            case "block":
                with guest_code():
                    sync()
            case "coroutine":
                with guest_code():
                    await work()
            case "sync callback":
                await run_callback(sync)
            case "async callback":
                await run_callback(work)
            case _:
                await asyncio.to_thread(guarded(sync))

    with pytest.raises((GuestError, RuntimeError)) as raised:
        await at_the_place()
    assert error.__name__ in str(raised.value)


async def test_a_cancel_of_the_task_that_runs_it_passes() -> None:
    async def waits() -> None:
        with guest_code():
            await asyncio.sleep(10)

    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_ordinary_errors_pass_as_they_are() -> None:
    with pytest.raises(ValueError, match="plain"), guest_code():
        raise ValueError("plain")


def test_validators_of_parameters_are_guests_too() -> None:
    def leave(value: int) -> int:
        sys.exit(value)

    @action
    async def pay(amount: Annotated[int, AfterValidator(leave)]) -> None:
        pass

    with pytest.raises(GuestError, match="SystemExit: 3"):
        getattr(pay, MARK).params.model_validate({"amount": 3})

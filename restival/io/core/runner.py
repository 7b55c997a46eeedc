"""Which transaction an awaited IO call belongs to."""

from contextvars import ContextVar
from typing import Any, Protocol


class Runner(Protocol):
    """Performs the IO calls of one transaction: asks, waits and gives back the value."""

    async def perform(self, call: Any) -> Any:
        """Ask or show `call` and return what its await returns."""


class OutsideAction(RuntimeError):
    """An IO call was awaited where no transaction is running: outside an action, or inside a step."""

    def __init__(self) -> None:
        super().__init__("Await io calls only in the body of an action, not outside of an action or inside ctx.step.")


current: ContextVar[Runner | None] = ContextVar("restival_runner", default=None)


def current_runner() -> Runner:
    """The transaction that runs here. Raises OutsideAction where there is none."""
    runner = current.get()
    if runner is None:
        raise OutsideAction
    return runner

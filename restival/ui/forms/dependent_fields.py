"""Has the action's code make those fields anew that depend on what was just filled in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from nicegui import context

from restival.errors import RestivalError
from restival.io.core.call import FieldSpec, Json

Ask = Callable[[str, str, Json], Awaitable[Json]]
"""Has the action's code run for an event of a field, by key, name and payload. Raises RestivalError."""


class Dependents:
    """Asks for one field at a time, with the newest answers; `tell` is told by key what went wrong, "" if nothing."""

    def __init__(
        self,
        fields: Sequence[FieldSpec],
        read: Callable[[], dict[str, Json]],
        ask: Ask | None,
        tell: Callable[[str, str], None],
    ) -> None:
        self._on = {field.key: field.depends_on for field in fields if field.depends_on}
        self._read, self._ask, self._tell = read, ask, tell
        self._client = context.client  # a task of its own doesn't know whose page it works for
        self._wanted: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def changed(self, key: str) -> None:
        """Another answer stands in a field."""
        wanted = [each for each, on in self._on.items() if key in on]
        if wanted and self._ask is not None:
            self._wanted |= dict.fromkeys(wanted)
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._ask_for(self._ask))

    async def settled(self) -> None:
        """Wait until all fields belong to what is filled in."""
        if self._task is not None:
            await self._task

    async def _ask_for(self, ask: Ask) -> None:
        with self._client:
            while self._wanted:
                key = next(iter(self._wanted))
                del self._wanted[key]
                answers = self._read()
                failure = ""
                try:
                    await ask(key, "depend", {each: answers.get(each) for each in self._on[key]})
                except RestivalError as error:
                    failure = str(error)
                self._tell(key, failure)

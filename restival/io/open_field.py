"""A field while its form is open, as a component's `draw` sees it."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from restival.io.call import Errors, Json

T = TypeVar("T")


class OpenField(Generic[T]):
    """What is filled in, and how to say that it has changed.

    `value` is None while nothing is filled in; at first it is the default, or what was filled in before the page was
    loaded again. A value that doesn't fit the component's type comes as None.
    """

    def __init__(
        self,
        value: T | None,
        *,
        disabled: bool,
        changed: Callable[[T | None], None],
        ask: Callable[[str, Json], Awaitable[Json]],
    ) -> None:
        self.value = value
        self.disabled = disabled
        self.shows_errors: Callable[[Errors], None] | None = None
        self.takes_focus: Callable[[], None] | None = None
        self._changed = changed
        self._ask = ask

    def change(self, value: T | None) -> None:
        """Say what is filled in now; None means nothing. Raises ValueError for a value of another type."""
        self._changed(value)
        self.value = value

    async def ask(self, name: str, payload: Json = None) -> Json:
        """Have the component's `on_event` run in the action, and give what comes of it.

        Raises RestivalError with words for the person.
        """
        return await self._ask(name, payload)

    def on_errors(self, show: Callable[[Errors], None]) -> None:
        """Show messages about parts of the value yourself: `show` gets them by path, as in {"city": "…"}, and an empty
        mapping when all is well. Without this they stand below the field."""
        self.shows_errors = show

    def on_focus(self, focus: Callable[[], None]) -> None:
        """Put the cursor yourself. Without this it goes to the first control that was drawn."""
        self.takes_focus = focus

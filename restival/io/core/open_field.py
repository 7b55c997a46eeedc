"""A field while its form is open, as a component's `draw` sees it."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from restival.io.core.call import Errors, Json

T = TypeVar("T")


class OpenField(Generic[T]):
    """The current value of an open field, and the way to change it.

    `value` is None while the field is empty.
    It starts with the default, or with what the user entered before the page was reloaded.
    It is None if the stored value doesn't fit the component's type.
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
        """Sets the value. None means empty. Raises ValueError for a value of another type."""
        self._changed(value)
        self.value = value

    async def ask(self, name: str, payload: Json = None) -> Json:
        """Runs the component's `on_event` in the action, and returns its result.

        Raises RestivalError with a message for the user.
        """
        return await self._ask(name, payload)

    def on_errors(self, show: Callable[[Errors], None]) -> None:
        """Lets the component show messages about parts of the value.

        `show` gets the messages by path, as in {"city": "…"}, and an empty mapping if there are none.
        Without it, the messages appear below the field.
        """
        self.shows_errors = show

    def on_focus(self, focus: Callable[[], None]) -> None:
        """Lets the component set the focus. Without it, the first control gets the focus."""
        self.takes_focus = focus

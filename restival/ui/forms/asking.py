"""How a form reaches the action's code."""

from collections.abc import Awaitable, Callable

from restival.io.core.call import Json

Ask = Callable[[str, str, Json], Awaitable[Json]]
"""Has the action's code run for an event of a field, by key, name and payload. Raises RestivalError."""

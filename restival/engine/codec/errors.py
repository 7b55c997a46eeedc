"""What is wrong with a value that can't be recorded, or a record that can't be read."""

from restival.errors import RestivalError
from restival.printable import printable

HINT = "return plain values, lists, dicts, dates, decimals, enums, dataclasses or pydantic models"
LONGEST = 200
"""Characters of a name that a message shows."""


class NotRecordable(TypeError):
    """A value that can't be recorded; the message names its type, where in the result it is, and what to return."""

    def __init__(self, what: str, hint: str = HINT) -> None:
        self._what, self._hint, self._place = what, hint, ""
        super().__init__(what)

    def inside(self, place: str) -> "NotRecordable":
        """The same, in a part of the result: `[0]`, `.name`."""
        self._place = f"{printable(place, LONGEST)}{self._place}"
        return self

    def __str__(self) -> str:
        where = f" (at {self._place[:LONGEST]})" if self._place else ""
        return f"{self._what}{where}: {self._hint}"


class NotReadable(RestivalError):
    """A record holds a class that the code no longer has, or has otherwise; the message names it."""


def refused(value: object, hint: str = HINT) -> NotRecordable:
    """The error for a value of a type that isn't recorded."""
    return NotRecordable(f"a {printable(type(value).__qualname__, LONGEST)} can't be recorded", hint)

"""What is wrong with a value that can't be recorded, or a record that can't be read."""

from typing import Any

from restival.errors import RestivalError
from restival.isolation.printable import printable

HINT = "return plain values, lists, dicts, dates, decimals, enums, dataclasses or pydantic models"
LONGEST = 200
"""Characters of a name that a message shows."""
QUALNAME: Any = type.__dict__["__qualname__"]


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


def class_name(kind: type) -> str:
    """The name of a class, whatever its metaclass does."""
    return printable(QUALNAME.__get__(kind), LONGEST)


def with_article(name: str) -> str:
    """`a dict`, `an object`."""
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def refused(value: object, hint: str = HINT) -> NotRecordable:
    """The error for a value of a type that isn't recorded."""
    return NotRecordable(f"{with_article(class_name(type(value)))} can't be recorded", hint)


def failed(value: object, error: BaseException) -> NotRecordable:
    """The error for a value whose own methods have raised."""
    return NotRecordable(f"{with_article(class_name(type(value)))} can't be recorded ({told(error)})")


def unset(value: object, field: str) -> NotRecordable:
    """The error for an object that lacks one of its own fields."""
    name = with_article(class_name(type(value)))
    return NotRecordable(f"{name} without its field {printable(field, LONGEST)} can't be recorded", "set the field")


def lacks(kind: type, field: str) -> NotReadable:
    """The error for a field that the class requires and the record doesn't have."""
    return NotReadable(
        f"{class_name(kind)} now requires {field}, which the record doesn't have: give the field a default"
    )


def told(error: BaseException) -> str:
    """An error of foreign code in a few words."""
    return f"{class_name(type(error))}: {printable(error, 500)}"

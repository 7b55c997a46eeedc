"""Text that can always be shown, logged and encoded."""

from typing import Any

from restival.isolation.value_size import weight_of

HEAVIEST = 4_000_000
"""What a value may weigh whose text is made: that of a list that contains the same list again and again has no end."""
NAME: Any = type.__dict__["__name__"]
"""Finds the name of a class whatever its metaclass does."""


def printable(value: object, limit: int = 10_000) -> str:
    """A value's text in at most `limit` characters that UTF-8 can encode, whatever its own methods do."""
    text = value if type(value) is str else _text(value)
    return text[:limit].encode(errors="backslashreplace").decode()[:limit]


def _text(value: object) -> str:
    name = NAME.__get__(type(value))
    try:
        if weight_of(value) > HEAVIEST:
            return f"<{name}, too large to be shown>"
        return str.__str__(str(value))  # a subclass of str may have methods of its own
    except BaseException:
        return f"<unprintable {name}>"

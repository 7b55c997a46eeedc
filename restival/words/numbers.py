"""Numbers as the reader writes them."""

from decimal import Decimal

from babel.numbers import format_decimal

from restival.words.reader import reader

LIKE_PYTHON = ("en", "en_US", "en_GB")
"""Locales that write numbers as Python does, which is faster."""


def decimal(number: int | float | Decimal, places: int = 0, *, grouped: bool = True) -> str:
    """A number with so many digits after its point, in groups unless told otherwise."""
    locale = reader().locale
    if locale in LIKE_PYTHON:
        return f"{number:,.{places}f}" if grouped else f"{number:.{places}f}"
    form = ("#,##0" if grouped else "0") + "." * bool(places) + "0" * places
    return format_decimal(number, form, locale=locale)


def in_digits(number: Decimal) -> str:
    """A number with all the digits that it has."""
    return decimal(number, max(0, -int(number.as_tuple().exponent)), grouped=False)

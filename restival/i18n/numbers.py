"""Numbers as the reader writes them."""

import re
from decimal import Decimal

from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from restival.i18n.locale import current_locale

JSON = re.compile(r"[-+]?\d+\.\d*")
LIKE_PYTHON = ("en", "en_US", "en_GB")
"""Locales that write numbers as Python does, which is faster."""


def decimal(number: int | float | Decimal, places: int = 0, *, grouped: bool = True) -> str:
    """A number with so many digits after its point, in groups unless told otherwise."""
    locale = current_locale().locale
    if locale in LIKE_PYTHON:
        return f"{number:,.{places}f}" if grouped else f"{number:.{places}f}"
    form = ("#,##0" if grouped else "0") + "." * bool(places) + "0" * places
    return format_decimal(number, form, locale=locale)


def in_digits(number: Decimal) -> str:
    """A number with all the digits that it has."""
    return decimal(number, max(0, -int(number.as_tuple().exponent)), grouped=False)


def point() -> str:
    """What stands before decimals."""
    return get_decimal_symbol(current_locale().locale)


def group_mark() -> str:
    """What stands between groups of digits."""
    return get_group_symbol(current_locale().locale)


def as_typed(number: str) -> str:
    """A number of JSON as the reader types it; what isn't one stays as it is."""
    return number.replace(".", point()) if JSON.fullmatch(number) else number


def as_number(typed: str) -> str:
    """A number that was typed as the reader writes it, in JSON's way; what can't be understood stays as it is."""
    decimals = point()
    if decimals == ".":
        return typed
    found = re.fullmatch(rf"\s*([-+−]?)(\d+|\d{{1,3}}(?:[.'’\s]\d{{3}})+)(?:{re.escape(decimals)}(\d*))?\s*", typed)
    if found is None:
        return typed
    sign, whole, rest = found.groups()
    return sign + re.sub(r"\D", "", whole) + ("" if rest is None else f".{rest}")

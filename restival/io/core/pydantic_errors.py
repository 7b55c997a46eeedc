"""What pydantic refuses, in the words in which forms refuse it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from restival.i18n import as_typed, in_date, in_moment, in_time, t, tn
from restival.io.core.call import Errors
from restival.io.core.component import Component

Words = Callable[[Any], str]


def refusal(error: Any) -> str:
    """An error of pydantic's in words for whoever has filled in the form. What a validator raises is told as it is."""
    if (words := WORDS.get(error["type"])) and (told := words(error.get("ctx", {}))):
        return told
    message = str(error["msg"])
    for own in ("Value error, ", "Assertion failed, "):
        if message.startswith(own):
            return _sentence(message.removeprefix(own))
    return t("Invalid value: {why}", why=_sentence(message))


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "!", "?")) else ".")


def _than(key: str, number: Callable[[str], str], day: Callable[[str], str], time: Callable[[str], str]) -> Words:
    """For what is compared with a limit: numbers, days, and times, which pydantic tells as ISO 8601."""

    def told(context: Any) -> str:
        limit = context.get(key)
        if isinstance(limit, (int, float, Decimal)) and not isinstance(limit, bool):
            return number(as_typed(str(limit)))
        with suppress(ValueError, TypeError):
            return day(in_date(dt.date.fromisoformat(limit)))
        with suppress(ValueError, TypeError):
            return time(in_moment(dt.datetime.fromisoformat(limit)))
        with suppress(ValueError, TypeError):
            return time(in_time(dt.time.fromisoformat(limit)))
        return ""

    return told


WORDS: Mapping[str, Words] = {
    "missing": lambda _: t("This field is required."),
    "greater_than": _than(
        "gt",
        lambda least: t("Enter a number greater than {least}.", least=least),
        lambda date: t("Enter a date after {date}.", date=date),
        lambda time: t("Enter a time after {time}.", time=time),
    ),
    "greater_than_equal": _than(
        "ge",
        lambda least: t("Enter a number greater than or equal to {least}.", least=least),
        lambda date: t("Enter a date on or after {date}.", date=date),
        lambda time: t("Enter a time at or after {time}.", time=time),
    ),
    "less_than": _than(
        "lt",
        lambda most: t("Enter a number less than {most}.", most=most),
        lambda date: t("Enter a date before {date}.", date=date),
        lambda time: t("Enter a time before {time}.", time=time),
    ),
    "less_than_equal": _than(
        "le",
        lambda most: t("Enter a number less than or equal to {most}.", most=most),
        lambda date: t("Enter a date on or before {date}.", date=date),
        lambda time: t("Enter a time at or before {time}.", time=time),
    ),
    "multiple_of": lambda context: t("Enter a multiple of {step}.", step=as_typed(str(context["multiple_of"]))),
    "string_too_short": lambda context: tn(
        "Enter at least {count} character.", "Enter at least {count} characters.", context["min_length"]
    ),
    "string_too_long": lambda context: tn(
        "Enter at most {count} character.", "Enter at most {count} characters.", context["max_length"]
    ),
    "string_pattern_mismatch": lambda context: t("Enter a value that matches {pattern}.", pattern=context["pattern"]),
    "string_type": lambda _: t("Enter text."),
    "too_short": lambda context: t("Add at least {count}.", count=context["min_length"]),
    "too_long": lambda context: t("Add at most {count}.", count=context["max_length"]),
    "literal_error": lambda _: t("Choose one of the options."),
    "enum": lambda _: t("Choose one of the options."),
    "finite_number": lambda _: t("Enter a finite number."),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), lambda _: t("Enter a whole number.")),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), lambda _: t("Enter a number.")),
    "decimal_max_digits": lambda context: tn(
        "Enter a number with at most {count} digit.",
        "Enter a number with at most {count} digits.",
        context["max_digits"],
    ),
    "decimal_max_places": lambda context: tn(
        "Enter at most {count} decimal place.", "Enter at most {count} decimal places.", context["decimal_places"]
    ),
    "decimal_whole_digits": lambda context: tn(
        "Enter at most {count} digit before the decimal point.",
        "Enter at most {count} digits before the decimal point.",
        context["whole_digits"],
    ),
    "date_past": lambda _: t("Enter a date in the past."),
    "date_future": lambda _: t("Enter a date in the future."),
    "datetime_past": lambda _: t("Enter a time in the past."),
    "datetime_future": lambda _: t("Enter a time in the future."),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        lambda _: t("Enter a date as YYYY-MM-DD."),
    ),
    **dict.fromkeys(("time_type", "time_parsing"), lambda _: t("Enter a time as HH:MM.")),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        lambda _: t("Enter a date and a time as YYYY-MM-DD HH:MM."),
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), lambda _: t("Answer yes or no.")),
}


def errors_by_path(errors: Sequence[Any], component: Component[Any] | None = None) -> Errors:
    """Pydantic's errors as messages by path, as the component that asked for the value has its fields."""
    return {
        ".".join(component.path(error["loc"]) if component else map(str, error["loc"])): refusal(error)
        for error in errors
    }

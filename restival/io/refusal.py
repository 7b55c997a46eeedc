"""What pydantic refuses, in the words in which forms refuse it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from restival.words import as_typed, t, tn

Words = Callable[[Any], str]


def refusal(error: Any) -> str:
    """An error of pydantic's in words for whoever has filled in the form; its own where we know none."""
    if (words := WORDS.get(error["type"])) and (told := words(error.get("ctx", {}))):
        return told
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "!", "?")) else ".")


def _than(key: str, words: Callable[[str], str]) -> Words:
    """For numbers; dates and the like are compared too, and keep pydantic's words."""

    def told(context: Any) -> str:
        limit = context.get(key)
        number = isinstance(limit, (int, float, Decimal)) and not isinstance(limit, bool)
        return words(as_typed(str(limit))) if number else ""

    return told


WORDS: Mapping[str, Words] = {
    "missing": lambda _: t("This field is required."),
    "greater_than": _than("gt", lambda least: t("Please enter a number greater than {least}.", least=least)),
    "greater_than_equal": _than(
        "ge", lambda least: t("Please enter a number greater than or equal to {least}.", least=least)
    ),
    "less_than": _than("lt", lambda most: t("Please enter a number less than {most}.", most=most)),
    "less_than_equal": _than("le", lambda most: t("Please enter a number less than or equal to {most}.", most=most)),
    "multiple_of": _than("multiple_of", lambda step: t("Please enter a multiple of {step}.", step=step)),
    "string_too_short": lambda context: tn(
        "Please enter at least {count} character.", "Please enter at least {count} characters.", context["min_length"]
    ),
    "string_too_long": lambda context: tn(
        "Please enter at most {count} character.", "Please enter at most {count} characters.", context["max_length"]
    ),
    "string_pattern_mismatch": lambda context: t("This doesn't have the form {pattern}.", pattern=context["pattern"]),
    "string_type": lambda _: t("Please enter text."),
    "too_short": lambda context: t("Please add at least {count}.", count=context["min_length"]),
    "too_long": lambda context: t("Please add at most {count}.", count=context["max_length"]),
    "literal_error": lambda _: t("Please choose one of the options."),
    "enum": lambda _: t("Please choose one of the options."),
    "finite_number": lambda _: t("Please enter a finite number."),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), lambda _: t("Please enter a whole number.")),
    **dict.fromkeys(
        ("float_type", "float_parsing", "decimal_type", "decimal_parsing"), lambda _: t("Please enter a number.")
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), lambda _: t("Please answer yes or no.")),
}

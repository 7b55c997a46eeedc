"""Finds a text in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

FOLDER = Path(__file__).parent
ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "de": "Deutsch"}
"""The languages there are, each by its own name."""

_language: Callable[[], str] = lambda: ENGLISH  # noqa: E731


def use_language(language: Callable[[], str]) -> None:
    """Have all texts of this process ask there for the language of whoever reads them."""
    global _language
    _language = language


def language() -> str:
    """The language of whoever reads."""
    return _language()


def t(message: str, /, **values: Any) -> str:
    """The text in the reader's language, with `{name}` replaced by the value of that name."""
    return _filled(_translations(_language()).get((message, 0), message), values)


def tn(one: str, many: str, count: int, /, **values: Any) -> str:
    """The text for a number of things, with `{count}` and the other names replaced."""
    form = 0 if count == 1 else 1  # the rule of all languages there are
    found = _translations(_language()).get((one, form), many if form else one)
    return _filled(found, {"count": count, **values})


class Words(Formatter):
    """Puts values into a text; whole numbers are written in groups of digits, as the reader's language has them."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """A value as people read it."""
        if format_spec or isinstance(value, bool) or not isinstance(value, int):
            return super().format_field(value, format_spec)
        if _language() == ENGLISH:
            return f"{value:,}"
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_language())


WORDS = Words()


def _filled(text: str, values: Mapping[str, Any]) -> str:
    return WORDS.vformat(text, (), values) if values else text


@cache
def _translations(language: str) -> Mapping[tuple[str, int], str]:
    """The translated texts by their English words and plural form; none for English."""
    if language == ENGLISH or language not in LANGUAGES:
        return {}
    from babel.messages.pofile import read_po  # its import takes time, and English doesn't need it

    found: dict[tuple[str, int], str] = {}
    with (FOLDER / f"{language}.po").open("rb") as file:
        for message in read_po(file, locale=language):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found |= {(str(ids[0]), form): str(string) for form, string in enumerate(strings) if ids[0] and string}
    return found

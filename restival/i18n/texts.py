"""Finds a text in the language of whoever reads it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from restival.i18n.locale import ENGLISH, LANGUAGES, current_locale
from restival.i18n.numbers import decimal

FOLDER = Path(__file__).parent


def t(message: str, /, **values: Any) -> str:
    """The text in the reader's language, with `{name}` replaced by the value of that name."""
    return _filled(translations(current_locale().language).get((message, 0), message), values)


def tn(one: str, many: str, count: int, /, **values: Any) -> str:
    """The text for a number of things, with `{count}` and the other names replaced."""
    form = 0 if count == 1 else 1  # the rule of all languages there are
    found = translations(current_locale().language).get((one, form), many if form else one)
    return _filled(found, {"count": count, **values})


def within(name: str) -> str:
    """A name as it stands within a sentence: English writes it small, German doesn't."""
    return name.lower() if current_locale().language == ENGLISH else name


class Words(Formatter):
    """Puts values into a text. Whole numbers are written in groups of digits."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """A value as people read it."""
        counted = isinstance(value, int) and not isinstance(value, bool) and not format_spec
        return decimal(value) if counted else super().format_field(value, format_spec)


WORDS = Words()


def _filled(text: str, values: Mapping[str, Any]) -> str:
    return WORDS.vformat(text, (), values) if values else text


@cache
def translations(language: str) -> Mapping[tuple[str, int], str]:
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

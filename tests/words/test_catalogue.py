"""Texts in the reader's language."""

from collections.abc import Iterator

import pytest

from restival.i18n import UserLocale, override_locale, t, tn


@pytest.fixture
def german() -> Iterator[None]:
    with override_locale(UserLocale("de", "de")):
        yield


def test_english_words_are_the_texts() -> None:
    assert t("Started by {name}", name="Ada") == "Started by Ada"
    assert tn("{count} row", "{count} rows", 1) == "1 row"
    assert tn("{count} row", "{count} rows", 2) == "2 rows"


@pytest.mark.usefixtures("german")
def test_a_text_is_found_in_the_readers_language() -> None:
    assert t("Continue") == "Weiter"
    assert t("A text that nobody has translated {what}", what="yet") == "A text that nobody has translated yet"

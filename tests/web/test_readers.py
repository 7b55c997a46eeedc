"""Who reads, by what a browser says."""

from datetime import UTC
from typing import Any

import pytest
from babel import Locale
from starlette.requests import HTTPConnection

from restival.i18n.negotiation import MOST_TAGS, reader_of


def reads(accepted: str) -> str:
    headers = [(b"accept-language", accepted.encode())]
    return reader_of(HTTPConnection({"type": "http", "path": "/", "headers": headers}), None, UTC).locale


def test_it_is_written_as_the_browsers_country_does() -> None:
    assert reads("en-GB,en;q=0.9") == "en_GB"


def test_of_thousands_of_languages_few_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    parse = Locale.parse

    def counted(tag: str, **options: Any) -> Any:
        looked_up.append(tag)
        return parse(tag, **options)

    monkeypatch.setattr(Locale, "parse", counted)
    assert reads(",".join(["en-aa"] * 9_000)) == "en"
    assert len(looked_up) <= MOST_TAGS

"""Who reads: in their own language, else the app's, else the browser's; in the time zone that the browser has told."""

from contextvars import ContextVar
from datetime import tzinfo
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from starlette.requests import HTTPConnection

from restival.i18n import LANGUAGES, UserLocale

LANGUAGE_COOKIE = "restival_language"
ZONE_COOKIE = "restival_zone"
MOST_TAGS = 20

asking: ContextVar[UserLocale | None] = ContextVar("asking", default=None)
"""Who has sent the request that is answered now."""


def default_reader(language: str | None, zone: tzinfo) -> UserLocale:
    """The reader that the settings describe: for what is written in the body of an action."""
    language = language or "en"
    return UserLocale(language, language, zone)


def reader_of(request: HTTPConnection, usual: str | None, zone: tzinfo) -> UserLocale:
    """The reader that a browser describes. `is_default` and `zone` are the app's own language and time zone."""
    accepted = accepted_tags(request.headers.get("accept-language", ""))
    known = (language for tag in accepted if (language := tag.partition("-")[0]) in LANGUAGES)
    language = own_language(request) or usual or next(known, "en")
    return UserLocale(language, _locale(language, accepted), _told_zone(request) or zone)


def own_language(request: HTTPConnection) -> str | None:
    """The language that the person has chosen in this browser, if any."""
    told = request.cookies.get(LANGUAGE_COOKIE)
    return told if told in LANGUAGES else None


def accepted_tags(header: str) -> list[str]:
    """The languages of an Accept-Language header, as en-gb, the dearest first (RFC 9110, section 12.5.4). Only some are
    looked at: strangers can send thousands, each of which takes a while to be looked up."""
    weighed = []
    for part in header.split(",", MOST_TAGS)[:MOST_TAGS]:
        tag, _, weight = part.strip().partition(";")
        try:
            weighed.append((-float(weight.strip().removeprefix("q=") or 1), tag.strip().lower()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda pair: pair[0]) if tag and weight]


def _locale(language: str, accepted: list[str]) -> str:
    """How the browser's country writes that language, where it says so."""
    for tag in accepted:
        if tag.partition("-")[0] == language:
            try:
                return str(Locale.parse(tag, sep="-"))
            except (UnknownLocaleError, ValueError):
                continue
    return language


def _told_zone(request: HTTPConnection) -> ZoneInfo | None:
    try:
        return ZoneInfo(unquote(request.cookies[ZONE_COOKIE]))
    except (KeyError, ValueError, OSError):  # no cookie, no name of a zone, no file of that name
        return None

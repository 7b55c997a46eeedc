"""Days and times of the clock as the reader writes them; those of a moment are in ui/when.py, which knows the zone."""

import datetime as dt
from functools import lru_cache

from babel.dates import format_date, format_time, get_datetime_format, get_timezone_gmt

from restival.i18n.locale import current_locale

DAY_IN_MINUTES = 1_440


def in_date(day: dt.date) -> str:
    """A day with its month and year."""
    return format_date(day, "medium", locale=current_locale().locale)


def in_time(time: dt.time) -> str:
    """Hours and minutes."""
    return _minute(time.replace(second=0, microsecond=0), current_locale().locale)


@lru_cache(maxsize=DAY_IN_MINUTES)
def _minute(time: dt.time, locale: str) -> str:
    """Kept, as a list has one for each line, and an answer is told with its time."""
    return _plain(format_time(time, "short", locale=locale))


def in_seconds(time: dt.time) -> str:
    """Hours, minutes and seconds."""
    return _plain(format_time(time, "medium", locale=current_locale().locale))


def in_moment(moment: dt.datetime) -> str:
    """Day and time as they stand there; with the distance from Greenwich where a zone is in play."""
    form = str(get_datetime_format("medium", locale=current_locale().locale))
    words = form.replace("{0}", in_time(moment.time())).replace("{1}", in_date(moment.date()))
    return words if moment.tzinfo is None else f"{words} {get_timezone_gmt(moment, locale=current_locale().locale)}"


def _plain(written: str) -> str:
    """CLDR puts a narrow space before AM and PM, which many fonts don't have and nobody types into a search."""
    return written.replace("\u202f", " ")

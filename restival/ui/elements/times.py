"""Moments in words: in the reader's language and time zone."""

from datetime import UTC, date, datetime, timedelta

from babel.dates import format_timedelta
from babel.units import format_unit

from restival.i18n import current_locale, in_date, in_moment, in_seconds, in_time, t

DAY, HOUR, MINUTE = 86_400, 3_600, 60


def clock(moment: datetime) -> str:
    """The time of day, with the date where it isn't today's."""
    local = moment.astimezone(current_locale().zone)
    return in_time(local.time()) if local.date() == today() else in_moment(local.replace(tzinfo=None))


def to_the_second(moment: datetime) -> str:
    """The time of day with its seconds, with the date where it isn't today's."""
    local = moment.astimezone(current_locale().zone)
    time = in_seconds(local.time())
    return time if local.date() == today() else f"{in_date(local.date())}, {time}"


def ago(moment: datetime) -> str:
    """How long ago, roughly."""
    seconds = int((datetime.now(UTC) - moment).total_seconds())
    for size in (DAY, HOUR, MINUTE):
        if seconds >= size:
            past = -timedelta(seconds=seconds // size * size)
            return format_timedelta(
                past, add_direction=True, format="short", threshold=1, locale=current_locale().locale
            )
    return t("just now")


def took(seconds: float) -> str:
    """How long something took, roughly."""
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            return _unit(seconds / size, unit)
    return _unit(seconds, "second")


def took_exactly(seconds: float) -> str:
    """How long something took, in at most two units, from milliseconds on."""
    if seconds < 1:
        return _unit(round(seconds * 1_000), "millisecond")
    if seconds < MINUTE:
        return _unit(seconds, "second")
    sizes = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second"))
    at = next(index for index, (size, _) in enumerate(sizes) if seconds >= size)
    (size, unit), (below, unit_below) = sizes[at], sizes[at + 1]
    rest = int(seconds % size // below)
    return _unit(seconds // size, unit) + (f" {_unit(rest, unit_below)}" if rest else "")


def zone_name() -> str:
    """The reader's time zone, as Europe/Zurich or UTC+0200."""
    zone = current_locale().zone
    return getattr(zone, "key", None) or f"{datetime.now(zone):UTC%z}"


def today() -> date:
    """The day it is where the reader is."""
    return datetime.now(current_locale().zone).date()


def _unit(number: float, unit: str) -> str:
    return format_unit(round(number, 1), f"duration-{unit}", length="short", locale=current_locale().locale)

"""A cron expression in words, as far as they are plainer than the expression."""

from collections.abc import Callable, Mapping
from datetime import time

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from cronsim import CronSim

from restival.actions.cron import parsed
from restival.i18n import current_locale, in_time, t, tn

FEW = 6
"""More times or days than that aren't listed."""
ALL_DAYS, WEEKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(1, 6)), frozenset({0, 6})


def describe_cron(expression: str) -> str:
    """When it is due, as "every weekday at 9:00 AM"; the expression itself where no plain words say it."""
    cron = parsed(expression)
    days, times = _days(cron), _times(cron)
    if days is None or times is None:
        return t("on the cron schedule {expression}", expression=expression)
    often, words = times
    if often:
        return words if days == t("every day") else t("{often}, {days}", often=words, days=days)
    return t("{days} at {times}", days=days, times=words)


def _times(cron: CronSim) -> tuple[bool, str] | None:
    """The times of a day: whether they come again and again, and their words."""
    hours = sorted(cron.hours)
    if cron.seconds != {0}:
        whole = len(cron.minutes) == 60 and len(hours) == 24
        every = _step(cron.seconds, 60) if whole else None
        return None if every is None else (True, tn("every second", "every {count} seconds", every))
    clock = [in_time(time(hour, minute)) for hour in hours for minute in sorted(cron.minutes)]
    if len(clock) <= FEW:
        return False, _listed(clock)
    if len(cron.minutes) == 1:
        [minute] = cron.minutes
        hourly = _step(cron.hours, 24)
        if hourly is not None and hourly > 1 and minute == 0:
            return True, t("every {count} hours", count=hourly)
        words = t("every hour") if minute == 0 else t("every hour at :{minute}", minute=f"{minute:02}")
    else:
        every = _step(cron.minutes, 60)
        if every is None:
            return None
        words = tn("every minute", "every {count} minutes", every)
    if len(hours) == 24:
        return True, words
    if hours != list(range(hours[0], hours[-1] + 1)):
        return None
    return True, t("{often} from {first} to {last}", often=words, first=clock[0], last=clock[-1])


def _days(cron: CronSim) -> str | None:
    every_month, every_date = len(cron.months) == 12, len(cron.days) == 31
    weekdays = {day if isinstance(day, tuple) else day % 7 for day in cron.weekdays}
    every_weekday = weekdays >= ALL_DAYS
    if not every_date and not every_weekday:
        return None
    if every_date:
        words = _of_week(weekdays)
        if words is None or every_month:
            return words
        return t("{days} in {months}", days=words, months=_months(cron)) if len(cron.months) <= FEW else None
    return _of_month(cron, every_month)


def _of_week(weekdays: set[int | tuple[int, int]]) -> str | None:
    named: Mapping[frozenset[object], Callable[[], str]] = {
        ALL_DAYS: lambda: t("every day"),
        WEEKDAYS: lambda: t("every weekday"),
        WEEKEND: lambda: t("every Saturday and Sunday"),
    }
    if found := named.get(frozenset(weekdays)):
        return found()
    if all(isinstance(day, int) for day in weekdays):
        monday_first = sorted(weekdays, key=lambda day: (int(str(day)) - 1) % 7)
        return t("every {weekdays}", weekdays=_listed([_weekday(day) for day in monday_first]))
    if len(weekdays) == 1:
        [(day, number)] = [each for each in weekdays if isinstance(each, tuple)]
        return t("on the {which} {weekday} of the month", which=_which(number), weekday=_weekday(day % 7))
    return None


def _of_month(cron: CronSim, every_month: bool) -> str | None:
    dates = sorted(cron.days)
    if len(dates) > FEW or (not every_month and len(cron.months) > FEW):
        return None
    months = None if every_month else _months(cron)
    if dates == [CronSim.LAST]:
        return t("on the last day of {months}", months=months) if months else t("on the last day of the month")
    if dates == [CronSim.LAST_WEEKDAY] and months is None:
        return t("on the last weekday of the month")
    if dates[0] < 0:
        return None
    shown = _listed([t("day {date}", date=str(date)) for date in dates])
    return (
        t("on {dates} of {months}", dates=shown, months=months)
        if months
        else t("on {dates} of each month", dates=shown)
    )


def _which(number: int) -> str:
    if number == CronSim.LAST:
        return t("last")
    return [t("first"), t("second"), t("third"), t("fourth"), t("fifth")][number - 1]


def _step(values: set[int], size: int) -> int | None:
    """The step by which these values go through the whole range, if they do."""
    step = size // len(values)
    return step if sorted(values) == list(range(0, size, step)) else None


def _weekday(day: object) -> str:
    return str(get_day_names("wide", "stand-alone", locale=current_locale().language)[(int(str(day)) - 1) % 7])


def _months(cron: CronSim) -> str:
    names = get_month_names("wide", "stand-alone", locale=current_locale().language)
    return _listed([str(names[month]) for month in sorted(cron.months)])


def _listed(words: list[str]) -> str:
    return format_list(words, locale=current_locale().language)

"""The one catalogue of all texts that people read. The words in the code are English and are the keys."""

from restival.i18n.dates import in_date, in_moment, in_seconds, in_time
from restival.i18n.locale import LANGUAGES, LOCALE, UserLocale, current_locale, override_locale
from restival.i18n.numbers import as_number, as_typed, decimal, group_mark, in_digits, point
from restival.i18n.texts import t, tn, within

__all__ = [
    "LANGUAGES",
    "LOCALE",
    "UserLocale",
    "as_number",
    "as_typed",
    "current_locale",
    "decimal",
    "group_mark",
    "in_date",
    "in_digits",
    "in_moment",
    "in_seconds",
    "in_time",
    "override_locale",
    "point",
    "t",
    "tn",
    "within",
]

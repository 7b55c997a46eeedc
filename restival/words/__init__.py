"""The one catalogue of all texts that people read. The words in the code are English and are the keys."""

from restival.words.catalogue import t, tn, within
from restival.words.dates import in_date, in_moment, in_seconds, in_time
from restival.words.numbers import as_number, as_typed, decimal, group_mark, in_digits, point
from restival.words.reader import LANGUAGES, Reader, reader, reading_as, use_reader

__all__ = [
    "LANGUAGES",
    "Reader",
    "as_number",
    "as_typed",
    "decimal",
    "group_mark",
    "in_date",
    "in_digits",
    "in_moment",
    "in_seconds",
    "in_time",
    "point",
    "reader",
    "reading_as",
    "t",
    "tn",
    "use_reader",
    "within",
]

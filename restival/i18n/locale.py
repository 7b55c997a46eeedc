"""Who reads: in which language, how numbers and dates are written there, and in which time zone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import tzinfo

from babel.dates import LOCALTZ

from restival.isolation.process_wide import ProcessWide

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "de": "Deutsch"}
"""The languages there are, each by its own name."""


@dataclass(frozen=True)
class UserLocale:
    """What texts, numbers, dates and times are written for. `locale` is CLDR's name, as en_GB or de."""

    language: str = ENGLISH
    locale: str = ENGLISH
    zone: tzinfo = field(default=LOCALTZ)


LOCALE: ProcessWide[Callable[[], UserLocale]] = ProcessWide(UserLocale)
"""Returns for whom texts are written. It is process-wide because every text asks for it, wherever it is."""
_chosen: ContextVar[UserLocale | None] = ContextVar("reader", default=None)


def current_locale() -> UserLocale:
    """Who reads what is written now."""
    return _chosen.get() or LOCALE.get()()


@contextmanager
def override_locale(chosen: UserLocale) -> Iterator[None]:
    """Write for this reader inside the block, in threads and tasks that begin there too."""
    token = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(token)

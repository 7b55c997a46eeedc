"""Who reads a page: whoever has opened it, also in its events, timers and redraws."""

import json
from collections.abc import Callable

from nicegui import context, ui
from nicegui.slot import Slot
from starlette.requests import Request

from restival.i18n import UserLocale, current_locale
from restival.i18n.negotiation import LANGUAGE_COOKIE, asking, default_reader, reader_of
from restival.settings import Settings

KEPT = "reader"
"""Where a page's reader is kept: all of it reads alike until it is loaded anew."""


def page_locale(settings: Callable[[], Settings]) -> Callable[[], UserLocale]:
    """Returns what finds for whom a text is written: whoever has opened the page or sent the request; if there is
    neither, as in the body of an action, as the settings say."""

    def current() -> UserLocale:
        request = _request()
        if request is None:
            return asking.get() or default_reader(settings().locale, settings().zone)
        found: UserLocale | None = getattr(request.state, KEPT, None)
        if found is None:
            found = reader_of(request, settings().locale, settings().zone)
            setattr(request.state, KEPT, found)
        return found

    return current


def reads_otherwise(settings: Settings) -> bool:
    """Whether the page would be written otherwise if it was loaded now."""
    request = context.client.request
    return request is not None and reader_of(request, settings.locale, settings.zone) != current_locale()


def choose_language(language: str | None) -> None:
    """Have this browser keep a language, or with None follow the app and the browser again, and load the page anew."""
    value, seconds = (language, 10 * 365 * 86_400) if language else ("", 0)
    cookie = f"{LANGUAGE_COOKIE}={value}; path=/; max-age={seconds}; samesite=lax"
    only = 'location.protocol === "https:" ? "; secure" : ""'
    ui.run_javascript(f"document.cookie = {json.dumps(cookie)} + ({only}); location.reload()")


def _request() -> Request | None:
    """The request that the page was opened with for which something is drawn now."""
    stack = Slot.get_stack()
    return stack[-1].parent.client.request if stack else None

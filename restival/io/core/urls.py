"""Where links lead, and where pictures come from."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from restival.io.core.jsonable import jsonable
from restival.isolation.sandbox.sanitize import PICTURE

LinkTheme = Literal["default", "primary", "secondary", "danger"]
"""How much a link stands out."""

LINKED = {"http", "https", "mailto", "tel"}
SHOWN = {"http", "https"}
BENT = re.compile(r"[\x00-\x1f\\]|^ ")
"""What browsers drop or turn round, so that an address leads elsewhere than it seems to."""


_leads: ContextVar[Callable[[str], bool] | None] = ContextVar("restival_leads", default=None)


@contextmanager
def links_for(leads: Callable[[str], bool]) -> Iterator[None]:
    """Leave out what links to a route, given without slashes around, that doesn't lead the reader anywhere."""
    before = _leads.set(leads)
    try:
        yield
    finally:
        _leads.reset(before)


def is_closed(route: str | None) -> bool:
    """Whether a link with this route is to be left out."""
    leads = _leads.get()
    return route is not None and leads is not None and not leads(route.strip("/"))


def href(url: str | None, route: str | None, params: Mapping[str, Any] | None, name: str) -> str:
    """The address that a link leads to: a URL, or an action's route with its parameters.

    Raises ValueError, naming the link, unless it is exactly one of both.
    """
    if (url is None) == (route is None):
        raise ValueError(f"{name} needs either url or route")
    if url is not None:
        if params:
            raise ValueError(f"{name}: params need a route; put them in the url instead")
        return link_url(url, name)
    query = urlencode([pair for key, value in (params or {}).items() for pair in _pairs(key, value, name)])
    path = "/" + quote((route or "").strip("/"))
    return f"{path}?{query}" if query else path


def maybe_href(url: str | None, route: str | None, params: Mapping[str, Any] | None, name: str) -> str | None:
    """The address of something that can be a link; None where it isn't one, or is to be none for the reader."""
    return None if (url is None and route is None) or is_closed(route) else href(url, route, params, name)


def link_url(url: str, name: str) -> str:
    """The address that a link leads to. Raises ValueError for one that doesn't lead to a page, a mail or a phone."""
    return checked_url(url, LINKED, name)


def media_url(url: str, name: str) -> str:
    """The address of a video or a document. Raises ValueError where a browser wouldn't load it safely."""
    return checked_url(url, SHOWN, name)


def picture_url(url: str, name: str) -> str:
    """The address of a picture, which may be a data URL. Raises ValueError as `media_url` does."""
    return url if PICTURE.match(url) and not BENT.search(url) else media_url(url, name)


def checked_url(url: str, schemes: set[str], name: str) -> str:
    """A URL of these schemes, or a path of the app. Raises ValueError with what is wrong with another."""
    scheme = urlsplit(url).scheme.lower() if not BENT.search(url) else ""
    in_app = url.startswith("/") and not url.startswith("//")
    if BENT.search(url) or not (scheme in schemes or (in_app and not scheme)):
        begins = ", ".join(f"{scheme}:" for scheme in sorted(schemes))
        raise ValueError(f"{name}: {url[:80]!r} must start with {begins} or a single /, and must not contain \\")
    return url


def _pairs(key: str, value: Any, name: str) -> list[tuple[str, str]]:
    found = jsonable(value)
    if isinstance(found, dict):
        raise ValueError(f"{name}: params[{key!r}] is nested, which links don't support")
    values = found if isinstance(found, list) else [found]
    return [(key, _word(item)) for item in values if item is not None]


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""A link."""

from collections.abc import Mapping
from typing import Any

from restival.io.core.component import Props
from restival.io.core.display import RecordedDisplay
from restival.io.core.urls import LinkTheme, href, is_closed


class LinkProps(Props):
    """Where the link leads, as a browser reads it; with `starts` its author has named the action that is there."""

    href: str
    starts: bool = False
    theme: LinkTheme = "default"


class Link(RecordedDisplay):
    """A link to a `url`, or to the action at a `route`, with `params` for its start form.

    Links within the app open without a reload. Other links open in a new tab.

    Raises ValueError unless you set exactly one of `url` and `route`.
    Raises ValueError unless `url` is http, https, mailto, tel, or a path of the app.
    """

    name = "display.link"
    props_type = LinkProps

    def __init__(
        self,
        label: str,
        *,
        url: str | None = None,
        route: str | None = None,
        params: Mapping[str, Any] | None = None,
        theme: LinkTheme = "default",
    ) -> None:
        self.closed = is_closed(route)
        leads = href(url, route, params, f"io.display.link({label!r})")
        super().__init__(label, LinkProps(href=leads, starts=route is not None, theme=theme))

"""What has led a browser to a page: a click on a link that the app or the action's author has put there, an address
that the person has typed, or anything else, as a link in a text of people, or another site."""

from urllib.parse import urlsplit

from nicegui import Client, context, ui
from starlette.requests import Request

LED = "led"
"""Where a browser's page keeps how it has come to where it is."""
CLICKED = "restival_clicked"
"""The event of a click on a link that may start an action. Sanitised HTML has no such links (see static/led.js)."""


class Visit:
    """What has led one browser's page to the path that it shows.

    A page begins as it was loaded. From there on, only a click that is known for the path it leads to counts: not a
    link without the mark, not Back and Forward, and not what another site changes behind the path.
    """

    def __init__(self, path: str, request: Request) -> None:
        self.typed = is_typed(request)
        self.clicked = False
        self._path = _path(path)
        self._expected: str | None = None

    def expect(self, path: str) -> None:
        """The next move may go to this path, and start what is there."""
        self._expected = _path(path)

    def move(self, path: str) -> None:
        """The page shows another path."""
        path, expected, self._expected = _path(path), self._expected, None
        if path != self._path:
            self._path, self.typed, self.clicked = path, False, path == expected


def follow_moves(client: Client) -> None:
    """Note what leads the page to other pages of the app."""
    visit = Visit(client.sub_pages_router.current_path, client.request)
    client.storage[LED] = visit
    ui.on(CLICKED, lambda event: visit.expect(event.args))
    client.sub_pages_router.on_path_changed(visit.move)


def visit() -> Visit:
    """What has led the page of the current context to where it is."""
    found: Visit = context.client.storage[LED]
    return found


def is_typed(request: Request) -> bool:
    """Whether a browser says that it loads a page for somebody who has typed its address, or has it as a bookmark.

    Browsers only say so over https and to this machine. They say the same of any link in the app itself, whoever has
    written it, so those don't count. A prefetched page may never be seen; nor does a page in a frame count.
    """
    asked = request.headers
    shown = asked.get("sec-fetch-dest") == "document" and not (asked.get("sec-purpose") or asked.get("purpose"))
    return shown and asked.get("sec-fetch-site") == "none"


def _path(address: object) -> str:
    try:
        return urlsplit(str(address)).path.rstrip("/")
    except ValueError:
        return ""

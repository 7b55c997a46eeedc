"""What has led a browser to a page: a click on a link that the app or the action's author has put there, an address
that the person has typed, or anything else, as a link in a text of people, or another site."""

from typing import Literal
from urllib.parse import urlsplit

from nicegui import Client, context, ui
from starlette.requests import Request

LED = "led"
"""Where a browser's page keeps how it has come to where it is."""
By = Literal["click", "typing", "app", "other"]
"""A click that may start something; an address that was typed; a page of the app, which may also have loaded itself
again; or anything else."""
CLICKED = "restival_clicked"
"""The event of a click on a link that may start an action. Sanitised HTML has no such links (see static/led.js)."""


class Visit:
    """What has led one browser's page to the path that it shows.

    A page begins as it was loaded. From there on, only a click that is known for the path it leads to counts: not a
    link without the mark, not Back and Forward, and not what another site changes behind the path.
    """

    def __init__(self, path: str, request: Request) -> None:
        self.by = loaded_by(request)
        self._path = _path(path)
        self._expected: str | None = None

    def expect(self, path: str) -> None:
        """The next move may go to this path, and start what is there."""
        self._expected = _path(path)

    def move(self, path: str) -> None:
        """The page shows another path."""
        path, expected, self._expected = _path(path), self._expected, None
        if path != self._path:
            self._path, self.by = path, "click" if path == expected else "other"


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


def loaded_by(request: Request) -> By:
    """What a browser says of why it loads a page. A bookmark counts as typing.

    Browsers only say so over https and to this machine, and the same of all links in the app, whoever has written them.
    A prefetched page may never be seen; nor does a page in a frame count.
    """
    asked = request.headers
    if asked.get("sec-fetch-dest") != "document" or asked.get("sec-purpose") or asked.get("purpose"):
        return "other"
    found: dict[str, By] = {"none": "typing", "same-origin": "app"}
    return found.get(asked.get("sec-fetch-site", ""), "other")


def _path(address: object) -> str:
    try:
        return urlsplit(str(address)).path.rstrip("/")
    except ValueError:
        return ""

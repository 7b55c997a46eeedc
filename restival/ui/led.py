"""What has led a browser to a page: the person's own click in the app, their own typing, or another site."""

from urllib.parse import urlsplit

from nicegui import Client, context
from starlette.requests import Request

from restival.web.gate import SIGN_IN

LED = "led"
"""Where a browser's page keeps that the person has moved inside the app."""


def follow_moves(client: Client) -> None:
    """Note when the person moves to another page of the app."""
    first = _path(client.sub_pages_router.current_path)

    def moved(path: str) -> None:
        if _path(path) != first:  # another site can change what follows the path
            client.storage[LED] = True

    client.sub_pages_router.on_path_changed(moved)


def led_by_person() -> bool:
    """Whether the person has gone to this page on purpose; else it may do nothing by itself (ASVS 3.5.3)."""
    client = context.client
    return bool(client.storage.get(LED)) or loaded_by_person(client.request)


def loaded_by_person(request: Request) -> bool:
    """Whether a browser says that it loads a page for somebody who has clicked in the app, or typed its address.

    Browsers only say so over https and to this machine. A prefetched page may never be seen; nor does a page in a frame
    count, nor one that signing in has led to, as any site can lead there.
    """
    asked = request.headers
    shown = asked.get("sec-fetch-dest") == "document" and not (asked.get("sec-purpose") or asked.get("purpose"))
    own = asked.get("sec-fetch-site") in ("none", "same-origin")
    return shown and own and not (_path(asked.get("referer", "")) + "/").startswith(SIGN_IN + "/")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""

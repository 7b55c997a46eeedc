"""What Restival needs of NiceGUI beyond its public API: nothing else touches private names of NiceGUI 3.18.

Each has a link to where it is discussed or written. An update of NiceGUI has to look at this file.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from nicegui import Client, helpers, ui
from nicegui.dependencies import Component
from nicegui.element import Element
from starlette.requests import Request


def builders_of(pages: ui.sub_pages) -> set[asyncio.Task[Any]]:
    """Returns the tasks that draw the page of the current path.

    Nothing public says when it is drawn; see https://github.com/zauberzeug/nicegui/pull/6300 about late builders.
    """
    return set(pages._active_tasks)


def replace_routes(pages: ui.sub_pages, routes: dict[str, Callable[..., Any]]) -> None:
    """Replaces the routes; `refresh` uses them (https://github.com/zauberzeug/nicegui/pull/5192).

    The element's `add` can't remove any. There is no issue about that.
    """
    pages._routes = routes


def release_script_name(script: Component) -> None:
    """Lets another script be registered under the name of this one.

    NiceGUI refuses a second one (https://github.com/zauberzeug/nicegui/pull/5495), also if it is the same file after a
    change: https://github.com/zauberzeug/nicegui/pull/6085 has the same trouble with libraries.
    """
    Component._names.discard(script.name)


def request_of(client: Client) -> Request | None:
    """Returns the request that a page was opened with; None for pages without one, for which `Client.request` raises.

    There is no issue about it: https://github.com/zauberzeug/nicegui/blob/main/nicegui/client.py
    """
    return client._request


def sockets_of(client: Client) -> list[str]:
    """Returns the ids of a page's sockets.

    NiceGUI doesn't check whose they are on purpose: https://github.com/zauberzeug/nicegui/pull/6239.
    """
    return list(client._socket_to_document_id)


class WatchedElement(Element):
    """A `div` that calls `gone` when it is deleted. NiceGUI has such a hook for clients only, and no issue about it:
    https://github.com/zauberzeug/nicegui/blob/main/nicegui/element.py"""

    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__("div")
        self._gone = gone

    def _handle_delete(self) -> None:
        self._gone()
        super()._handle_delete()


_asks = helpers.expects_arguments


class _Anything:
    """What a method is bound to if only what else it takes is asked for."""


@lru_cache(maxsize=1_000)
def _of_method(function: FunctionType) -> bool:
    return _asks(MethodType(function, _Anything()))


def _expects_arguments(func: Callable[..., Any]) -> bool:
    if isinstance(func, MethodType) and isinstance(func.__func__, FunctionType):
        return _of_method(func.__func__)
    return _asks(func)


def remember_signatures() -> None:
    """Makes NiceGUI remember what methods take. It asks `inspect` three times for each element that it makes, which is
    over a third of the time that this takes. There is no issue about it; the function is in
    https://github.com/zauberzeug/nicegui/blob/main/nicegui/helpers/functions.py
    """
    helpers.expects_arguments = _expects_arguments

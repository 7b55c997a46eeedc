"""The one door for what comes over the socket of an open page: it has to come from the page's own person, who has to be
signed in still. NiceGUI itself takes it from whoever knows the page's id."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client, background_tasks, core
from nicegui import app as nicegui_app
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.requests import HTTPConnection

from restival.ui.person import person_of

Handler = Callable[..., Any]
LOOK_SECONDS = 1.0
AT_ONCE = 20
"""Pages that are looked at without a pause."""
LEAVE = "location.reload()"
"""Asks for the page anew, which leads to signing in."""
ALIKE = "restival.alike"
"""Where a socket keeps the page that has come with the same session: what ends one ends both, so one is asked for."""
REFUSED = "Implicit handshake failed"
"""What NiceGUI's script takes as a sign to load the page anew."""


def guard_sockets() -> None:
    """Wrap NiceGUI's handlers, and close from now on what belongs to nobody any more."""
    handlers = core.sio.handlers["/"]
    handlers["connect"] = _connecting(handlers["connect"])
    handlers["handshake"] = _shaking_hands(handlers["handshake"])
    for event in ("event", "javascript_response", "ack"):
        handlers[event] = _from_page(handlers[event])
    handlers.pop("log", None)  # it writes lines of the sender's choice into the app's log
    core.sio.eio.cors_allowed_origins = []  # no other site is ever answered; `OriginCheck` has refused it before
    nicegui_app.timer(LOOK_SECONDS, _look)


def close_ended() -> None:
    """Close the pages of all whose session has ended, or who are gone from the settings. To be called when that
    happens; pages are looked at each second anyway, as sessions also end by themselves."""
    for client in list(Client.instances.values()):
        _close_if_ended(client)


async def _look() -> None:
    for position, client in enumerate(list(Client.instances.values())):
        if position % AT_ONCE == 0:
            await asyncio.sleep(0)  # nobody's answer waits for it
        _close_if_ended(client)


def _close_if_ended(client: Client) -> None:
    request = client._request
    if request is not None and not person_of(request).known:
        close(client)


def close(client: Client) -> None:
    """Delete a page: nothing more is sent to its browser but that it has to load the page anew."""
    if client.is_deleted:
        return
    sockets = list(client._socket_to_document_id)
    client.delete()
    if sockets:
        background_tasks.create(_part(sockets), name="closing sockets")


async def _part(sockets: list[str]) -> None:
    for socket in sockets:
        await core.sio.emit("run_javascript", {"code": LEAVE}, to=socket)
        await _disconnect(socket)


async def _disconnect(socket: str) -> None:
    transport = core.sio.manager.eio_sid_from_sid(socket, "/")
    await core.sio.disconnect(socket)
    if transport is not None:
        await core.sio.eio.disconnect(transport)


def _connecting(handler: Handler) -> Handler:
    async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        page = parse_qs(environ.get("QUERY_STRING", "")).get("client_id", [""])[0]
        if page and not _is_own(Client.instances.get(page), environ):
            raise Refused(REFUSED)
        return await _called(handler, sid, environ, auth)

    return connect


def _shaking_hands(handler: Handler) -> Handler:
    async def handshake(sid: str, data: Any = None, *_: Any) -> Any:
        page = _page_of(data)
        return page is not None and _is_own(page, core.sio.get_environ(sid)) and await _called(handler, sid, data)

    return handshake


def _from_page(handler: Handler) -> Handler:
    async def taken(sid: str, message: Any = None, *_: Any) -> Any:
        page = _page_of(message)
        if page is None:
            return None  # it has just been deleted: what its browser has sent before comes too late
        if page.id not in core.sio.rooms(sid):
            await _disconnect(sid)
            return None
        if not _is_own(page, core.sio.get_environ(sid)):
            close(page)
            return None
        return await _called(handler, sid, message)

    return taken


async def _called(handler: Handler, *arguments: Any) -> Any:
    result = handler(*arguments)
    return await result if isawaitable(result) else result


def _page_of(message: Any) -> Client | None:
    page = message.get("client_id") if isinstance(message, dict) else None
    return Client.instances.get(page) if isinstance(page, str) else None


def _is_own(page: Client | None, environ: dict[str, Any]) -> bool:
    """Whether a socket's person is the one that the page was drawn for, and both are signed in still."""
    if page is None or page._request is None:
        return False
    owner = person_of(page._request)
    if not owner.known or environ.get(ALIKE) == page.id:
        return owner.known
    sender = person_of(HTTPConnection(environ["asgi.scope"]))
    if owner == sender and owner.session == sender.session:
        environ[ALIKE] = page.id
    return owner.same_as(sender)

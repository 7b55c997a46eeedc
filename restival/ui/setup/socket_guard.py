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

from restival.auth.audit import Audit
from restival.ui.session.current_person import person_of
from restival.ui.session.nicegui_private import request_of, sockets_of

Handler = Callable[..., Any]
LOOK_SECONDS = 1.0
AT_ONCE = 20
"""Pages that are looked at without a pause."""
LEAVE = "restival.leave()"
"""Asks for the page anew, which leads to signing in."""
ALIKE = "restival.alike"
"""Where a socket keeps the page that has come with the same session: what ends one ends both, so one is asked for."""
OTHERS_PAGE = "the page of somebody else"
REFUSED = "Implicit handshake failed"
"""What NiceGUI's script takes as a sign to load the page anew."""


def guard_sockets(audit: Audit) -> None:
    """Wrap NiceGUI's handlers, and close from now on what belongs to nobody any more."""
    handlers = core.sio.handlers["/"]
    handlers["connect"] = _connecting(handlers["connect"], audit)
    handlers["handshake"] = _shaking_hands(handlers["handshake"], audit)
    for event in ("event", "javascript_response", "ack"):
        handlers[event] = _from_page(handlers[event], audit)
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
    request = request_of(client)
    if request is not None and not person_of(request).known:
        close(client)


def close(client: Client) -> None:
    """Delete a page: nothing more is sent to its browser but that it has to load the page anew."""
    if client.is_deleted:
        return
    sockets = sockets_of(client)
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


def _connecting(handler: Handler, audit: Audit) -> Handler:
    async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        name = parse_qs(environ.get("QUERY_STRING", "")).get("client_id", [""])[0]
        if name and not _opens(Client.instances.get(name), environ, audit):
            raise Refused(REFUSED)
        return await _called(handler, sid, environ, auth)

    return connect


def _shaking_hands(handler: Handler, audit: Audit) -> Handler:
    async def handshake(sid: str, data: Any = None, *_: Any) -> Any:
        environ = core.sio.get_environ(sid)
        own = environ is not None and _opens(_page_of(data), environ, audit)
        return own and await _called(handler, sid, data)

    return handshake


def _opens(page: Client | None, environ: dict[str, Any], audit: Audit) -> bool:
    """Whether a socket may be connected with a page; that somebody tries it with another's is written down."""
    own = _is_own(page, environ)
    if page is not None and not own:
        _note(environ, "connect", audit)
    return own


def _note(environ: dict[str, Any], what: str, audit: Audit) -> None:
    audit.refuse(person_of(HTTPConnection(environ["asgi.scope"])), what=what, where=OTHERS_PAGE)


def _from_page(handler: Handler, audit: Audit) -> Handler:
    async def taken(sid: str, message: Any = None, *_: Any) -> Any:
        page, environ = _page_of(message), core.sio.get_environ(sid)
        if page is None or environ is None:
            return None  # the page or the socket has just gone: what was sent before comes too late
        if page.id not in core.sio.rooms(sid):
            _note(environ, "event", audit)
            await _disconnect(sid)
            return None
        if not _is_own(page, environ):
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
    request = request_of(page) if page is not None else None
    if page is None or request is None:
        return False
    owner = person_of(request)
    if not owner.known or environ.get(ALIKE) == page.id:
        return owner.known
    sender = person_of(HTTPConnection(environ["asgi.scope"]))
    if owner == sender and owner.session == sender.session:
        environ[ALIKE] = page.id
    return owner.same_as(sender)

"""The socket at which Restate reaches the worker over HTTP/2, read in the loop of authors' code itself: nothing has to
pass between threads. Once that loop has been held up, a loop of its own reads it, and requests are relayed."""

import asyncio
import os
import socket
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.zttp_h2_impl import ZttpH2Protocol
from uvicorn.server import ServerState

from restival.isolation.loop import GuestLoop


class Connection(ZttpH2Protocol):
    """A connection that another thread can break off."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep a handle of its own to the socket: the number of the transport's may be another's by then."""
        self._handle = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of it."""
        super().connection_lost(exc)
        self._handle.close()

    def break_off(self) -> None:
        """End it at once, from any thread."""
        with suppress(OSError):  # it has ended
            self._handle.shutdown(socket.SHUT_RDWR)


class WorkerPort:
    """Serves the worker at a socket that listens, in one loop at a time."""

    def __init__(self, listener: socket.socket, worker: ASGIApp) -> None:
        self._listener = listener
        self._config = uvicorn.Config(
            worker, log_config=None, access_log=False, lifespan="off", ws="none", interface="asgi3", proxy_headers=False
        )
        self._config.load()
        self._loop: GuestLoop | None = None
        self._server: asyncio.Server | None = None
        self._state = ServerState()

    async def open(self, loop: GuestLoop) -> None:
        """Serve in that loop from now on. The connections of the loop before are broken off, so that Restate makes its
        requests anew: that loop may be held up."""
        self.close()
        self._loop, self._state = loop, ServerState()
        self._server = await asyncio.wrap_future(loop.submit(self._listen(self._state)))

    def close(self) -> None:
        """Serve no more."""
        if self._loop is not None and self._server is not None:
            self._loop.call(self._server.close)
        for connection in list(self._state.connections):
            if isinstance(connection, Connection):
                connection.break_off()

    async def _listen(self, state: ServerState) -> asyncio.Server:
        def connection() -> Connection:
            return Connection(self._config, state, {})

        loop: Any = asyncio.get_running_loop()
        server: asyncio.Server = await loop.create_server(
            connection, sock=self._listener.dup(), backlog=socket.SOMAXCONN
        )
        return server

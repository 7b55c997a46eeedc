"""HTTP/1.1 for people, with bounds: how long a request may take to come and an answer to go, how large a head may be,
and how many connections one address may have."""

import asyncio
import resource
from collections import Counter
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from restival.web.middleware.client_address import Proxies

HEAD_SECONDS = 10.0
"""A connection's first head, and each that has begun, has to be there by then."""
HEAD_BYTES = 64_000
BODY_SECONDS, BODY_BYTES = 20.0, 10_000
"""In each such span of time at least so much of a body has to come."""
WRITE_SECONDS, WRITE_BYTES = 60.0, 10_000
"""In each such span of time at least so much of an answer has to be taken."""
PIPELINED = 20
"""Requests that may wait for the answer to one before them. Browsers send none."""
CONNECTIONS = 500
"""Open connections of one address, but for websockets, which only people who have signed in have."""


class PatientHttp(HttpToolsProtocol):
    """One connection."""

    open: Counter[str] = Counter()
    proxies: Proxies = Proxies()
    """Many people come from their addresses, which have no limit then."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None
        self._counted = ""
        self._came = self._head = 0
        self._in_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Refuse it where its address has too many."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if self.open[address] >= CONNECTIONS and not self.proxies.has(address):
            transport.abort()
            return
        self._counted = address
        self.open[address] += 1
        self._end_by(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._no_deadline()
        self._is_taken()
        self._uncount()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse a head that is too large."""
        self._came += len(data)
        if self._in_head:
            self._head += len(data)
        if self._head > HEAD_BYTES:
            self.send_400_response("The head of this request is too large.")
            return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """The head begins."""
        super().on_message_begin()
        self._in_head, self._head = True, 0
        self._end_by(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """The body begins."""
        self._in_head, self._head = False, 0
        super().on_headers_complete()
        if len(self.pipeline) > PIPELINED:
            raise ValueError("too many pipelined requests")  # the parser stops at once
        self._no_deadline()
        self._deadline = self.loop.call_later(BODY_SECONDS, self._look, self._came)

    def on_message_complete(self) -> None:
        """The request is there."""
        self._no_deadline()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The other end doesn't take what is sent; nothing more is sent until it does."""
        super().pause_writing()
        self._is_taken()
        self._writing = self.loop.call_later(WRITE_SECONDS, self._look_at_writing, self._unsent)

    def resume_writing(self) -> None:
        """It takes it again."""
        self._is_taken()
        super().resume_writing()

    def handle_websocket_upgrade(self) -> None:
        """It is a websocket from now on."""
        self._no_deadline()
        self._is_taken()
        self._uncount()
        super().handle_websocket_upgrade()

    def _look(self, came: int) -> None:
        """Whether enough of the body has come; where the app itself doesn't read on, nothing can."""
        if self._came - came < BODY_BYTES and not self.flow.read_paused:
            self.transport.close()
        else:
            self._deadline = self.loop.call_later(BODY_SECONDS, self._look, self._came)

    @property
    def _unsent(self) -> int:
        return int(self.transport.get_write_buffer_size())

    def _look_at_writing(self, before: int) -> None:
        if before - self._unsent < WRITE_BYTES:
            self.transport.abort()
        else:
            self._writing = self.loop.call_later(WRITE_SECONDS, self._look_at_writing, self._unsent)

    def _is_taken(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None

    def _end_by(self, seconds: float) -> None:
        self._no_deadline()
        self._deadline = self.loop.call_later(seconds, self.transport.close)

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _uncount(self) -> None:
        if self._counted:
            self.open[self._counted] -= 1
            if not self.open[self._counted]:
                del self.open[self._counted]
            self._counted = ""


def patient(proxies: Proxies) -> type[PatientHttp]:
    """The protocol behind these proxies."""
    return type("BehindProxies", (PatientHttp,), {"proxies": proxies})


def raise_file_limit() -> None:
    """Let the process open as many files and connections as the system allows it to."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

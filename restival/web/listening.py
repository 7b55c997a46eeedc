"""Where the app listens: for people, and for Restate."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from restival.errors import RestivalError
from restival.settings import Settings
from restival.site.addresses import WORKER_PATH

LOOPBACK = "127.0.0.1"


class PortTaken(RestivalError):
    """Another program listens where the app should."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns off Nagle's algorithm, which would hold back each step for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Can't listen on {host}:{port} ({error.strerror}). Stop what uses the port, or choose another with --port."
        ) from None
    listener.listen(socket.SOMAXCONN)
    return listener


def reached_at(host: str) -> str:
    """The host of a URL that leads to who listens at that address: with none of its own, the loopback one."""
    host = {"0.0.0.0": LOOPBACK, "::": LOOPBACK}.get(host, host)  # the latter takes IPv4 too
    return f"[{host}]" if ":" in host else host


def for_restate(settings: Settings) -> socket.socket:
    """The socket at which Restate reaches the worker: its own on loopback, where the app runs it. Raises PortTaken."""
    if settings.engine is None:
        return listen(LOOPBACK, 0)
    return listen(settings.host, settings.engine.port)


@dataclass(frozen=True)
class Address:
    """Where Restate reaches the worker, and whether by HTTP/2: the port for people speaks HTTP/1.1 only."""

    uri: str
    http2: bool


def address_of(door: socket.socket, port: int, settings: Settings) -> Address:
    """What to tell Restate; `port` is the one for people."""
    host, own = door.getsockname()[:2]
    worker = settings.engine.worker if settings.engine else None
    worker = worker or f"http://{reached_at(host)}:{own}"
    return Address(worker + WORKER_PATH, urlsplit(worker).port != port)

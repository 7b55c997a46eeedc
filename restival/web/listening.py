"""The address at which the app listens."""

import socket

from restival.errors import RestivalError

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
            f"Nothing can listen at {host}:{port} ({error.strerror}). Stop what uses it, or choose another with --port."
        ) from None
    listener.listen(socket.SOMAXCONN)
    return listener


def reached_at(host: str) -> str:
    """The host of a URL that leads to who listens at that address: with none of its own, the loopback one."""
    host = {"0.0.0.0": LOOPBACK, "::": LOOPBACK}.get(host, host)  # the latter takes IPv4 too
    return f"[{host}]" if ":" in host else host


def for_restate(listener: socket.socket) -> socket.socket | None:
    """A further socket on loopback if the app's own Restate can't reach the first: it takes no IPv6 address in a
    URL."""
    host = str(listener.getsockname()[0])
    return listen(LOOPBACK, 0) if ":" in reached_at(host) else None

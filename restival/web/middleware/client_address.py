"""Who calls: behind a proxy the peer of a connection is the proxy, which tells of its own peer in X-Forwarded-For."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from restival.auth.audit import caller
from restival.auth.modes.header import PEER

MOST = 20
"""Addresses that are looked at: a longer list is made up."""


class Proxies:
    """The proxies in front, by their addresses and networks."""

    def __init__(self, addresses: Sequence[str] = ()) -> None:
        self._networks = [ip_network(each, strict=False) for each in addresses]

    def has(self, address: str) -> bool:
        """Whether it is that of a proxy."""
        if not self._networks or not _is_address(address):
            return False
        return any(ip_address(address) in network for network in self._networks)


class Caller:
    """Has a request's `client` be who has called the outermost of the trusted proxies."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "lifespan":
            scope[PEER] = peer = scope.get("client")
            if peer and self._proxies.has(peer[0]):
                scope["client"] = (self._caller(scope, peer[0]), 0)
            caller.set(scope["client"][0] if peer else "")
        await self._app(scope, receive, send)

    def _caller(self, scope: Scope, peer: str) -> str:
        told = [each.strip() for line in Headers(scope=scope).getlist("x-forwarded-for") for each in line.split(",")]
        for address in reversed(told[-MOST:]):
            if not _is_address(address):
                return peer
            if not self._proxies.has(address):
                return address
            peer = address
        return peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

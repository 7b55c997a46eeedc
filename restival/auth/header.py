"""Sign-in by a proxy in front of the app, which tells in a header who somebody is."""

from ipaddress import ip_address, ip_network

from starlette.requests import HTTPConnection

from restival.settings.sign_in import HeaderSignIn

PEER = "restival.peer"
"""Where a request's scope has the peer of its connection: `client` is who called the proxy."""


def header_person(connection: HTTPConnection, settings: HeaderSignIn) -> str | None:
    """The mail that a trusted proxy tells; None from any other address, whatever its headers say."""
    peer = connection.scope.get(PEER) or connection.scope.get("client")
    if peer is None:
        return None
    try:
        address = ip_address(peer[0])
    except ValueError:
        return None
    trusted = any(address in ip_network(network, strict=False) for network in settings.trusted)
    told = connection.headers.getlist(settings.header)
    return told[0].strip().lower() if trusted and len(told) == 1 else None

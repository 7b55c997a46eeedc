"""Sign-in at a proxy in front of the app, which names the person in a header."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from starlette.requests import HTTPConnection

from restival.access.person import NOBODY, Person
from restival.auth.modes.base import SignInMode
from restival.settings.sign_in import HeaderSignIn

PEER = "restival.peer"
"""Where a request's scope has the peer of its connection: `client` is who called the proxy."""


class HeaderMode(SignInMode[HeaderSignIn]):
    """A trusted proxy signs people in."""

    name = "header"
    settings_type = HeaderSignIn

    @property
    def proxies(self) -> Sequence[str]:
        """Those that send the header."""
        return self.settings.trusted

    def identify(self, connection: HTTPConnection) -> Person:
        """Returns the person whom the proxy names."""
        mail = self._mail(connection)
        return (self.site().person(mail) if mail else None) or NOBODY

    def _mail(self, connection: HTTPConnection) -> str | None:
        """The mail in the header; None from any other address, whatever its headers say."""
        peer = connection.scope.get(PEER) or connection.scope.get("client")
        if peer is None:
            return None
        try:
            address = ip_address(peer[0])
        except ValueError:
            return None
        trusted = any(address in ip_network(network, strict=False) for network in self.settings.trusted)
        told = connection.headers.getlist(self.settings.header)
        return told[0].strip().lower() if trusted and len(told) == 1 else None

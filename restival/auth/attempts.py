"""Counts attempts to sign in by where they come from, before they are checked.

An attempt counts as failed from its beginning and is given back if it succeeds: however many are made at once, no more
are checked than are allowed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from restival.auth.account import Accounts, Tried
from restival.auth.refusals import Locked
from restival.settings.sign_in import Limits
from restival.site.site import Site

ANYWHERE = "anywhere"
"""What strangers have tried, together."""
ANYWHERE_TIMES = 10
"""So many times the attempts of one place are what strangers have together: an attacker has many addresses."""
STRANGERS = 10_000
"""Mails of nobody here whose attempts are remembered, so that they are answered like those of people."""
CODE = "code"
NETWORK_BITS = 64
"""A customer of a provider usually has so large an IPv6 network."""


@dataclass(frozen=True)
class Source:
    """Where an attempt comes from. Those of strangers can't lock out a person's own browsers and sessions."""

    key: str
    stranger: bool = False

    def for_code(self) -> "Source":
        """The same, for the code after the password. Only somebody who knows the password gets there, so strangers have
        one count together, wherever they are."""
        return Source(CODE if self.stranger else f"{CODE} {self.key}")


def from_address(address: str) -> Source:
    """An attempt at the door, by a browser that nothing is known of."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return Source(f"from {address}"[:60], stranger=True)
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if isinstance(parsed, IPv6Address):
        parsed = IPv6Address(int(parsed) >> NETWORK_BITS << NETWORK_BITS)
    return Source(f"from {parsed}", stranger=True)


def from_browser(browser: str) -> Source:
    """An attempt at the door, by a browser that the person has signed in with before."""
    return Source(f"browser {browser}")


def in_session(session: str) -> Source:
    """An attempt of somebody who has signed in, to confirm who they are."""
    return Source(f"session {session}")


class Attempts:
    """Counts attempts, also for mails that nobody here has."""

    def __init__(self, site: Callable[[], Site], accounts: Accounts, limits: Callable[[], Limits]) -> None:
        self._site = site
        self._accounts = accounts
        self._limits = limits
        self._of_strangers: dict[str, dict[str, Tried]] = {}

    def begin(self, mail: str, source: Source) -> None:
        """Count an attempt as failed, until it is given back. Raises Locked."""
        now, found = datetime.now(UTC), self._recent(mail)
        keys = self._keys(source)
        for key in keys:
            tried = found.get(key) or Tried(at=now)
            if tried.locked_until is not None or tried.failures >= self._allowed(key):
                raise Locked(tried.locked_until or now)
            found[key] = tried.model_copy(update={"failures": tried.failures + 1, "at": now})
        self._hold(mail, found)

    def give_back(self, mail: str, source: Source) -> None:
        """An attempt that began wasn't a failure."""
        found = self._recent(mail)
        for key in self._keys(source):
            if (tried := found.get(key)) is not None:
                found[key] = tried.model_copy(update={"failures": max(0, tried.failures - 1)})
        self._hold(mail, found)

    async def failed(self, mail: str, source: Source) -> None:
        """An attempt that began has failed; after too many there is a pause."""
        now, found = datetime.now(UTC), self._recent(mail)
        for key in self._keys(source):
            tried = found.get(key)
            if tried is not None and tried.failures >= self._allowed(key):
                found[key] = Tried(at=now, locked_until=now + self._limits().lock)
        self._hold(mail, found)
        if self._site().person(mail) is not None:
            await self._accounts.change(mail, tried=found)

    def succeeded(self, mail: str, source: Source) -> None:
        """Forget the failures from there: the person has shown who they are."""
        gone = (source.key, source.for_code().key)
        found = {key: tried for key, tried in self._recent(mail).items() if key not in gone}
        if found != self._accounts.of(mail).tried:
            self._accounts.hold(mail, tried=found)
            self._accounts.later(mail)

    def _keys(self, source: Source) -> tuple[str, ...]:
        return (source.key, ANYWHERE) if source.stranger else (source.key,)

    def _allowed(self, key: str) -> int:
        return self._limits().attempts * (ANYWHERE_TIMES if key == ANYWHERE else 1)

    def _recent(self, mail: str) -> dict[str, Tried]:
        """What counts still: what was long ago is dropped, so that an account doesn't grow."""
        now, lock = datetime.now(UTC), self._limits().lock
        known = self._site().person(mail) is not None
        stored = self._accounts.of(mail).tried if known else self._of_strangers.get(mail, {})
        return {key: tried for key, tried in stored.items() if _counts(tried, now, lock)}

    def _hold(self, mail: str, tried: dict[str, Tried]) -> None:
        if self._site().person(mail) is not None:
            self._accounts.hold(mail, tried=tried)
            return
        self._of_strangers.pop(mail, None)
        self._of_strangers[mail] = tried
        if len(self._of_strangers) > STRANGERS:
            del self._of_strangers[next(iter(self._of_strangers))]


def _counts(tried: Tried, now: datetime, lock: timedelta) -> bool:
    return tried.locked_until > now if tried.locked_until else tried.failures > 0 and tried.at + lock > now

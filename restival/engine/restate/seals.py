"""Seals on what the app sends to its own services through Restate: who else reaches an external Restate's ingress can't
start, cancel or hurry anything in somebody's name."""

import hashlib
from collections.abc import Callable
from typing import NoReturn

from restate import TerminalError

from restival.io.core.seal import seal, unseal

FORBIDDEN = 403


class Seals:
    """Puts and checks seals. They are `required` where others may reach Restate; what was sent by a version that put
    none is taken where nobody else can."""

    def __init__(self, secret: bytes, required: bool) -> None:
        self._secret = secret
        self._required = required
        self.on_refused: Callable[[str], None] = lambda what: None
        """Told, in any thread, what was sent without a seal and refused."""

    def put(self, body: bytes, what: str) -> bytes:
        """The body with a seal that holds for this purpose only."""
        return seal(body, self._secret, what)

    def asks_state(self, transaction: str) -> bytes:
        """What the state of a transaction is asked for with."""
        return self.put(b"{}", state_of(transaction))

    def unguessable(self, what: str) -> bytes:
        """Bytes that are the same each time, and that nobody else can tell."""
        return hashlib.blake2b(what.encode(), key=self._secret, digest_size=32).digest()

    def holds(self, data: bytes, what: str) -> tuple[bytes, bool]:
        """The body, and whether this app has sent it."""
        body, ours = unseal(data, self._secret, what)
        return body, ours or not self._required

    def open(self, data: bytes, what: str, *, taken: bool = False) -> bytes:
        """The body. With `taken` it was accepted before. Raises TerminalError if somebody else has sent it."""
        body, ours = self.holds(data, what)
        if not ours and not taken:
            self.refuse(what)
        return body

    def check(self, data: bytes, what: str, told: str) -> None:
        """Raises TerminalError if somebody else has sent it; `told` says in the audit what that is."""
        if not self.holds(data, what)[1]:
            self.refuse(f"{told} {what}")

    def refuse(self, what: str) -> NoReturn:
        """Raises TerminalError, and says what was refused."""
        self.on_refused(what)
        raise TerminalError("The app didn't send this request.", FORBIDDEN)


def start_of(transaction: str) -> str:
    """The purpose of a start."""
    return f"start {transaction}"


def state_of(transaction: str) -> str:
    """The purpose of a request for the state."""
    return f"state {transaction}"


def cancel_of(transaction: str) -> str:
    """The purpose of a cancel."""
    return f"cancel {transaction}"


def retry_of(transaction: str) -> str:
    """The purpose of what has a step tried at once."""
    return f"retry {transaction}"


def schedule_of(schedule: str, handler: str) -> str:
    """The purpose of a call to a schedule."""
    return f"{handler} schedule {schedule}"

"""What travels between an action, the journal and the browser."""

import hashlib
import hmac
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from restival.access import Person

Json = Any
"""A value as JSON knows it: None, bool, int, float, str, list, dict."""

Errors = dict[str, str]
"""Messages by path: a field's key, and below it the keys or list positions joined by dots; "" is the whole call."""


class FieldSpec(BaseModel):
    """One field as the browser sees it; `props` belong to the component of that name."""

    key: str
    component: str
    label: str
    help_text: str | None = None
    optional: bool = False
    disabled: bool = False
    props: dict[str, Any] = {}
    value: Json = None
    """What the field holds at first: its default, or what was submitted when an answer is asked for again."""


class PendingCall(BaseModel):
    """The IO call that a transaction waits for. `n` counts a transaction's IO calls from 1, `attempt` the times this
    one was asked (an answer that a validator refuses makes the next attempt)."""

    n: int
    attempt: int = 0
    kind: Literal["form", "confirm"] = "form"
    fields: list[FieldSpec]
    awakeable: str
    errors: Errors = {}

    @property
    def version(self) -> tuple[int, int]:
        """Orders what is known of the pending call: the greater one is newer."""
        return (self.n, self.attempt)


class Submission(BaseModel):
    """What resolves the awakeable of a pending call: an answer, by whom and when."""

    id: str
    values: dict[str, Json]
    by: Person
    at: datetime

    def sealed(self, secret: bytes, awakeable: str) -> bytes:
        """As bytes, with a seal in front which says that this app has checked the answer to this awakeable."""
        body = self.model_dump_json().encode()
        return _seal(secret, awakeable, body) + body

    @classmethod
    def opened(cls, data: bytes, secret: bytes, awakeable: str) -> tuple["Submission", bool]:
        """The submission that was sent, and whether the seal of the app with this secret is on it.

        Raises ValidationError where it is no submission.
        """
        seal, body = (b"", data) if data.startswith(b"{") else (data[:SEAL_BYTES], data[SEAL_BYTES:])
        sealed = hmac.compare_digest(seal, _seal(secret, awakeable, body))
        return cls.model_validate_json(body), sealed


SEAL_BYTES = 64


def _seal(secret: bytes, awakeable: str, body: bytes) -> bytes:
    """A MAC: BLAKE2 with a key (RFC 7693)."""
    mac = hashlib.blake2b(awakeable.encode(), key=secret, digest_size=SEAL_BYTES // 2)
    mac.update(body)
    return mac.hexdigest().encode()


class TranscriptItem(BaseModel):
    """One thing that a transaction has shown or asked and got answered, for good."""

    n: int
    kind: Literal["form", "confirm", "display"]
    fields: list[FieldSpec]
    answer: dict[str, Json] | None = None
    submission: str | None = None
    by: Person | None = None
    at: datetime = Field(description="when it was shown or answered")


class InvalidAnswer(ValueError):
    """An answer that can't be taken; `errors` says why, by path."""

    def __init__(self, errors: Errors | str) -> None:
        self.errors: Errors = {"": errors} if isinstance(errors, str) else errors
        super().__init__("; ".join(f"{path}: {message}" if path else message for path, message in self.errors.items()))

    def below(self, key: str) -> Errors:
        """The same errors, seen from one level above the field `key`."""
        return {f"{key}.{path}" if path else key: message for path, message in self.errors.items()}

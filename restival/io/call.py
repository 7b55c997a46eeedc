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
    """What resolves the awakeable of a pending call: an answer, by whom and when.

    `seal` says that this app has checked the answer against the call's props; see `sealed_by`.
    """

    id: str
    values: dict[str, Json]
    by: Person
    at: datetime
    seal: str = ""

    def sealed(self, secret: bytes, awakeable: str) -> "Submission":
        """This submission with a seal made by the app's secret."""
        return self.model_copy(update={"seal": self._mac(secret, awakeable)})

    def sealed_by(self, secret: bytes, awakeable: str) -> bool:
        """Whether the app that holds this secret has checked this answer to this awakeable."""
        return hmac.compare_digest(self.seal, self._mac(secret, awakeable))

    def _mac(self, secret: bytes, awakeable: str) -> str:
        body = self.model_dump_json(exclude={"seal"})
        return hmac.new(secret, f"{awakeable}\n{body}".encode(), hashlib.sha256).hexdigest()


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

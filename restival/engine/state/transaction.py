"""What is known of a transaction: its state in Restate, read whole or followed key by key.

Changes become one with what is known here only: `hear` takes what the feed tells, `merge` what was read.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic
from typing import Any

from pydantic import BaseModel, Field, PrivateAttr

from restival.access.assignment import AssignmentEvent
from restival.access.rights import Involvement
from restival.engine.state.records import (
    Cancelling,
    LoadingState,
    LogLine,
    Meta,
    Notification,
    Outcome,
    Redirect,
    SleepState,
    StepState,
    StuckReason,
)
from restival.io.core.call import PendingCall, TranscriptItem, Turn


class State(StrEnum):
    """A transaction's state, in the words that the page shows."""

    WAITING = "Waiting for you"
    RUNNING = "Running"
    SLEEPING = "Sleeping"
    CANCELLING = "Cancelling"
    STUCK = "Stopped by a change of code"
    PAUSED = "Paused"
    DONE = "Done"
    FAILED = "Failed"
    CANCELLED = "Cancelled"


MODELS: dict[str, type[BaseModel]] = {
    "meta": Meta,
    "call": PendingCall,
    "turn": Turn,
    "loading": LoadingState,
    "step": StepState,
    "sleep": SleepState,
    "redirect": Redirect,
    "cancelling": Cancelling,
    "trouble": StuckReason,
    "notice": Notification,
    "outcome": Outcome,
    "item": TranscriptItem,
    "log": LogLine,
    "hand": AssignmentEvent,
}


CLEARED = ("loading", "step", "sleep", "trouble")
"""Kinds that are only there for a while."""
NUMBERED = {"item": "items", "log": "log", "hand": "hands", "notice": "notices"}
"""Kinds of which there are many, and where the view has them by number."""


HEARD_SECONDS = 10.0
"""For so long what the feed has told wins over what is read: it tells a change a moment before that is stored."""


class Transaction(BaseModel):
    """A transaction as it is known now. It takes changes in any order: newer wins."""

    id: str
    meta: Meta | None = None
    call: PendingCall | None = None
    turn: Turn | None = None
    items: dict[int, TranscriptItem] = Field(default_factory=dict)
    log: dict[int, LogLine] = Field(default_factory=dict)
    hands: dict[int, AssignmentEvent] = Field(default_factory=dict)
    notices: dict[int, Notification] = Field(default_factory=dict)
    loading: LoadingState | None = None
    step: StepState | None = None
    sleep: SleepState | None = None
    redirect: Redirect | None = None
    cancelling: Cancelling | None = None
    outcome: Outcome | None = None
    trouble: StuckReason | None = None
    _heard: dict[str, tuple[float, Any]] = PrivateAttr(default_factory=dict)
    """When each key was heard of last, and its value then."""

    def hear(self, key: str, value: BaseModel | None) -> None:
        """Take a change that the feed tells. It goes on then, so a reason why it is stuck holds no more."""
        self.trouble = None
        if key != "trouble":
            self._heard[key] = monotonic(), value
        self._apply(key, value)

    def _apply(self, key: str, value: Any) -> None:
        """Take what a key of the state holds now: a model or its JSON, None where it was cleared."""
        kind = key.partition("/")[0]
        if (model := MODELS.get(kind)) is None:
            return
        parsed = value if value is None or isinstance(value, model) else model.model_validate(value)
        if kind in NUMBERED:
            if parsed is not None:
                getattr(self, NUMBERED[kind])[vars(parsed)["n"]] = parsed
        elif isinstance(parsed, PendingCall):
            if self.call is None or parsed.version >= self.call.version:
                self.call = parsed
        elif isinstance(parsed, Turn):
            if self.turn is None or parsed.version >= self.turn.version:
                self.turn = parsed
        elif parsed is not None or kind in CLEARED:
            setattr(self, kind, parsed)

    def merge(self, state: Mapping[str, Any]) -> None:
        """Take state as it was read, and once more what was heard lately: it may not have been stored then."""
        for key, value in state.items():
            self._apply(key, value)
        since = monotonic() - HEARD_SECONDS
        self._heard = {key: heard for key, heard in self._heard.items() if heard[0] > since}
        for key, (_, heard_value) in self._heard.items():
            self._apply(key, heard_value)

    @property
    def slug(self) -> str:
        """The address of its action."""
        return self.id.rpartition(".")[0].replace(".", "/")

    @property
    def standing(self) -> Involvement:
        """Whose it is."""
        pending = self.pending
        return Involvement(
            self.meta.user if self.meta else None,
            ended=self.outcome is not None,
            answered_by=tuple(item.by for item in self.items.values() if item.by is not None),
            hands=pending.hands if pending else None,
            queued_by=self.meta.queued_by if self.meta else None,
            asked=tuple(change.by for change in self.hands.values() if change.by is not None),
        )

    @property
    def pending(self) -> PendingCall | None:
        """The IO call that waits for an answer."""
        if self.outcome is not None or self._is_cancelling:
            return None
        if self.call is None or self.call.n in self.items:
            return None
        return self.call.after(self.turn)

    @property
    def _is_cancelling(self) -> bool:
        return self.cancelling is not None and not self.cancelling.over

    @property
    def transcript(self) -> list[TranscriptItem]:
        """What was shown and answered, in order."""
        return [self.items[n] for n in sorted(self.items)]

    @property
    def state(self) -> State:
        """The state in words."""
        if self.outcome is not None:
            return {"done": State.DONE, "failed": State.FAILED, "cancelled": State.CANCELLED}[self.outcome.state]
        if self.trouble is not None and self.trouble.kind not in ("failing", "held_up"):
            return State.PAUSED if self.trouble.kind in ("paused", "parked") else State.STUCK
        if self._is_cancelling:
            return State.CANCELLING
        if self.pending is not None:
            return State.WAITING
        if self.sleep is not None and self.sleep.until > datetime.now(UTC):
            return State.SLEEPING
        return State.RUNNING

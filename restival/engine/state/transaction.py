"""What is known of a transaction: its state in Restate, read whole or followed key by key."""

import string
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

from pydantic import BaseModel, Field

from restival.access.assignment import Assignee, HandOver
from restival.access.rights import Person, Standing
from restival.engine.worker.replay import Past
from restival.io.core.call import Json, PendingCall, TranscriptItem, Turn

KEY_ALPHABET = string.ascii_lowercase + string.digits
KEY_LENGTH = 16
"""Of what and how long the key of a transaction is."""


NOTES_CANCEL = NAMES_APART = 1
"""Since which version records note that the action has seen a cancel, and steps of lambdas have names of their own."""
SEALS_STARTS = 2
"""Since which version the transactions that a record starts are sealed."""
VERSION = 2
"""The version of the records that are begun now."""


class Restarted(BaseModel):
    """Which transaction this one goes on from, and who wanted that."""

    transaction: str
    by: Person


class Start(BaseModel):
    """What a transaction is started with: the input of its workflow."""

    params: dict[str, Json] = {}
    user: Person
    started_at: datetime
    environment: str = "production"
    schedule: str | None = Field(None, description="the schedule that has started it")
    notify_on_success: bool = Field(False, description="tell whom a schedule runs as that it went well")
    queued_for: Assignee | None = Field(None, description="who is to start it; None where it was started at once")
    note: str = ""
    restarted: Restarted | None = None
    past: Past | None = Field(None, description="what it takes over from the transaction that it goes on from")
    version: int = Field(0, description="what its record has, such as NOTES_CANCEL")


class Meta(BaseModel):
    """The start, and what it belongs to. `params`, which may be large, come last: lists read what stands before."""

    slug: str
    title: str
    invocation: str
    user: Person
    started_at: datetime
    environment: str = "production"
    schedule: str | None = None
    queued_by: Person | None = Field(None, description="who has prepared it for somebody else to start")
    restarted: Restarted | None = None
    seed: int | None = Field(None, description="what its random numbers and UUIDs are made from")
    params: dict[str, Json] = {}


class LogLine(BaseModel):
    """A line of the transaction's log."""

    n: int
    at: datetime
    text: str
    level: Literal["info", "warning"] = "info"


class LoadingState(BaseModel):
    """How far the action says it is."""

    label: str | None = None
    description: str | None = None
    items_in_queue: int | None = None
    completed: int = 0


class StepState(BaseModel):
    """The step that runs, and what its last try failed with. `next_at` is when it will be tried again."""

    name: str
    tries: int = 1
    max_tries: int = 1
    failure: str | None = None
    next_at: datetime | None = None
    awakeable: str | None = Field(None, description="what has it tried again at once")


class SleepState(BaseModel):
    """Until when the action sleeps."""

    until: datetime


class Notice(BaseModel):
    """A word to somebody: `to` holds mails, names where nobody signs in, and roles."""

    n: int
    at: datetime
    title: str | None = None
    message: str
    to: list[str]

    def reaches(self, person: Person) -> bool:
        """Whether it is for that person."""
        return person.identity in self.to or not set(self.to).isdisjoint(person.roles)


class Cancelling(BaseModel):
    """The action has seen a cancel and undoes its work, until it is `over` because the action asks something again.

    `interrupts` is how many entries of its journal came before each cancel that it saw while it waited for something
    that isn't recorded: a replay can't know of these otherwise."""

    over: bool = False
    interrupts: list[int] = []


class Redirect(BaseModel):
    """Where the action sends the page of who has started it; with `replace`, Back leads past the transaction. With
    `starts` its author has named the action that is to start there."""

    n: int
    target: str
    replace: bool = False
    starts: bool = False


class Outcome(BaseModel):
    """How a transaction has ended."""

    state: Literal["done", "failed", "cancelled"]
    at: datetime
    by: Person | None = Field(None, description="who has cancelled it; None where that was done past the app")
    value: Json = None
    error: str | None = None
    error_type: str | None = None
    traceback: str | None = None


CANCELLER = "cancelled_by"
"""The workflow's promise that holds the person who has cancelled it."""


class Cancellation(BaseModel):
    """Who cancels a transaction, which invocation that is, and the number of its newest question. With `record_only`,
    it is ended in another way."""

    by: Person
    invocation: str
    n: int = 0
    record_only: bool = False


class Trouble(BaseModel):
    """Why a transaction doesn't get on by itself: a message for everybody who may see it."""

    kind: Literal["code_changed", "action_missing", "failing", "paused", "parked", "held_up"]
    message: str
    details: str | None = None
    """The failure as Restate has it, with its traceback: for those who manage the action."""


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


class Publish(Protocol):
    """Tells that a key of a transaction's state has changed."""

    def __call__(self, key: str, value: BaseModel | None) -> None: ...


MODELS: dict[str, type[BaseModel]] = {
    "meta": Meta,
    "call": PendingCall,
    "turn": Turn,
    "loading": LoadingState,
    "step": StepState,
    "sleep": SleepState,
    "redirect": Redirect,
    "cancelling": Cancelling,
    "trouble": Trouble,
    "notice": Notice,
    "outcome": Outcome,
    "item": TranscriptItem,
    "log": LogLine,
    "hand": HandOver,
}


CLEARED = ("loading", "step", "sleep", "trouble")
"""Kinds that are only there for a while."""
NUMBERED = {"item": "items", "log": "log", "hand": "hands", "notice": "notices"}
"""Kinds of which there are many, and where the view has them by number."""


def item_key(n: int) -> str:
    """The state key of a transcript item."""
    return f"item/{n:06d}"


def log_key(n: int) -> str:
    """The state key of a log line."""
    return f"log/{n:06d}"


def hand_key(n: int) -> str:
    """The state key of a change of hands."""
    return f"hand/{n:06d}"


def notice_key(n: int) -> str:
    """The state key of a notice."""
    return f"notice/{n:06d}"


class View(BaseModel):
    """A transaction as it is known now. `apply` takes changes in any order: newer wins."""

    id: str
    meta: Meta | None = None
    call: PendingCall | None = None
    turn: Turn | None = None
    items: dict[int, TranscriptItem] = Field(default_factory=dict)
    log: dict[int, LogLine] = Field(default_factory=dict)
    hands: dict[int, HandOver] = Field(default_factory=dict)
    notices: dict[int, Notice] = Field(default_factory=dict)
    loading: LoadingState | None = None
    step: StepState | None = None
    sleep: SleepState | None = None
    redirect: Redirect | None = None
    cancelling: Cancelling | None = None
    outcome: Outcome | None = None
    trouble: Trouble | None = None

    def apply(self, key: str, value: Any) -> None:
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

    def merge(self, state: dict[str, Json]) -> None:
        """Take a whole state as it was read."""
        for key, value in state.items():
            self.apply(key, value)

    @property
    def slug(self) -> str:
        """The address of its action."""
        return self.id.rpartition(".")[0].replace(".", "/")

    @property
    def standing(self) -> Standing:
        """Whose it is."""
        pending = self.pending
        return Standing(
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

"""What is stored of a transaction, key by key."""

import string
from datetime import UTC, datetime
from typing import Annotated, Literal, Protocol, Self

from pydantic import AfterValidator, BaseModel, Field

from restival.access.assignment import MOST_NOTE, Assignee
from restival.access.person import Person
from restival.actions.action import Action
from restival.actions.context import Priority
from restival.engine.state.past import ReplayRecord
from restival.io.core.call import Json

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
    """The transaction that this one continues, and who restarted it."""

    transaction: str
    by: Person


class StartOptions(BaseModel, extra="forbid", frozen=True):
    """What can be chosen for a transaction besides its params: the options of `ctx.queue` and the API."""

    note: Annotated[str, AfterValidator(lambda text: text[:MOST_NOTE])] = ""
    priority: Priority | None = Field(None, description="that of the action unless given")


class Origin(BaseModel):
    """What a transaction is started with and has for good."""

    user: Person
    started_at: datetime
    environment: str = "production"
    schedule: str | None = Field(None, description="the schedule that has started it")
    restarted: Restarted | None = None


class Start(Origin, StartOptions, extra="ignore"):
    """What a transaction is started with: the input of its workflow."""

    params: dict[str, Json] = {}
    notify_on_success: bool = Field(False, description="tell whom a schedule runs as that it went well")
    queued_for: Assignee | None = Field(None, description="who is to start it; None where it was started at once")
    past: ReplayRecord | None = Field(None, description="the record of the transaction that it continues")
    version: int = Field(0, description="what its record has, such as NOTES_CANCEL")

    @classmethod
    def new(
        cls,
        params: dict[str, Json],
        user: Person,
        environment: str,
        options: StartOptions | None = None,
        *,
        at: datetime | None = None,
        schedule: str | None = None,
        notify_on_success: bool = False,
        queued_for: Assignee | None = None,
    ) -> Self:
        """Returns the start of a new transaction; `at` is now unless given."""
        return cls(
            params=params,
            user=user,
            started_at=at or datetime.now(UTC),
            environment=environment,
            schedule=schedule,
            notify_on_success=notify_on_success,
            queued_for=queued_for,
            version=VERSION,
            **(options or StartOptions()).model_dump(),
        )


class Meta(Origin):
    """The start, and what it belongs to. `params`, which may be large, come last: lists read what stands before."""

    slug: str
    title: str
    invocation: str
    priority: Priority = "normal"
    queued_by: Person | None = Field(None, description="who has prepared it for somebody else to start")
    seed: int | None = Field(None, description="what its random numbers and UUIDs are made from")
    params: dict[str, Json] = {}

    @classmethod
    def of(cls, start: Start, action: Action, invocation: str, seed: int | None) -> Self:
        """Returns what is known of a transaction of an action that begins."""
        return cls(
            **{name: getattr(start, name) for name in Origin.model_fields},
            slug=action.slug,
            title=action.title,
            invocation=invocation,
            priority=start.priority or action.priority,
            seed=seed,
            params=start.params,
        )


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


class Notification(BaseModel):
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


class StuckReason(BaseModel):
    """Why a transaction doesn't get on by itself: a message for everybody who may see it."""

    kind: Literal["code_changed", "action_missing", "failing", "paused", "parked", "held_up"]
    message: str
    details: str | None = None
    """The failure as Restate has it, with its traceback: for those who manage the action."""


class Publish(Protocol):
    """Tells that a key of a transaction's state has changed."""

    def __call__(self, key: str, value: BaseModel | None) -> None: ...


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


PARKED = "Parked until the code is mended: "


MISMATCH = "journal mismatch: "

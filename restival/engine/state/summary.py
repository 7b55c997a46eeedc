"""A transaction in short, as lists show it: changes become one with what is known here only."""

import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from restival.access.assignment import Assignment, AssignmentEvent
from restival.access.person import Person
from restival.access.rights import Involvement
from restival.actions.context import Priority
from restival.engine.state.records import Cancelling, Meta, Outcome
from restival.io.core.call import PendingCall, TranscriptItem, Turn

Status = Literal["Waiting", "Running", "Done", "Failed", "Cancelled"]
ENDED: tuple[Status, ...] = ("Done", "Failed", "Cancelled")
OF_OUTCOME: dict[str, Status] = {"done": "Done", "failed": "Failed", "cancelled": "Cancelled"}


@dataclass(slots=True)
class TransactionSummary:
    """A transaction in short."""

    id: str
    started_at: datetime
    status: Status = "Running"
    title: str = ""
    starter: Person | None = None
    ended_at: datetime | None = None
    failure: str | None = None
    asked: str = ""
    """The label of the question that waits."""
    asked_at: datetime | None = None
    answered_by: dict[int, Person] = field(default_factory=dict)
    pending: int = 0
    """The number of the IO call that waits."""
    hands: Assignment | None = None
    """In whose hands the question is that waits."""
    queued_by: Person | None = None
    priority: Priority = "normal"
    asked_people: tuple[Person, ...] = ()
    """Those who have had a question of it in their hands."""
    slug: str = field(init=False)
    """The address of its action."""

    def __post_init__(self) -> None:
        self.slug = sys.intern(self.id.rpartition(".")[0].replace(".", "/"))

    def involves(self, person: Person) -> bool:
        """Whether a person has had to do with it; a developer, who is alone, has with all."""
        if person.developer:
            return True
        people = (self.starter, self.queued_by, *self.answered_by.values(), *self.asked_people)
        return any(each is not None and person.same_as(each) for each in people)

    @property
    def standing(self) -> Involvement:
        """Whose it is."""
        answered, asked = tuple(self.answered_by.values()), self.asked_people
        return Involvement(self.starter, self.status in ENDED, answered, self.hands, self.queued_by, asked)

    def apply(self, value: BaseModel | None) -> bool:
        """Take a change. Returns whether lists show it."""
        match value:
            case Meta():
                self.title, self.starter, self.queued_by = sys.intern(value.title), value.user, value.queued_by
                self.started_at, self.priority = value.started_at, value.priority
            case PendingCall():
                label = next((each.label for each in value.fields if each.label), "")
                self.ask(value.n, label, value.asked_at, value.hands)
            case Turn() if value.n == self.pending and self.status == "Waiting" and value.hands is not None:
                if value.hands == self.hands:
                    return False
                self.hands = value.hands
            case AssignmentEvent():
                self.asked_people += () if value.by is None else (value.by,)
            case TranscriptItem():
                if value.by is not None:
                    self.answered_by[value.n] = value.by
                if value.n >= self.pending:
                    self._proceed()
            case Cancelling() if not value.over and self.status == "Waiting":
                self._proceed()
            case Outcome():
                self.end(OF_OUTCOME[value.state], value.at, value.error)
            case _:
                return False
        return True

    def ask(self, n: int, label: str, at: datetime | None, hands: Assignment) -> None:
        """It waits for an answer."""
        self.status, self.pending, self.asked, self.hands = "Waiting", n, label, hands
        self.asked_at = at or self.started_at

    def end(self, status: Status, at: datetime, failure: str | None) -> None:
        """It has ended."""
        self.status, self.ended_at, self.failure = status, at, failure
        self._ask_nothing()

    def _proceed(self) -> None:
        if self.status == "Waiting":
            self.status = "Running"
            self._ask_nothing()

    def _ask_nothing(self) -> None:
        self.asked, self.asked_at, self.hands = "", None, None

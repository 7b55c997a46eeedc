"""In whose hands a question is: a person's or a role's, and who of them does it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from restival.access.person import EVERYONE, Person

MOST_NOTE = 1_000
"""Characters of a note that are kept."""


class Assignee(BaseModel):
    """A person or a role that something waits for."""

    model_config = ConfigDict(frozen=True)

    name: str
    """The role, or the person's name; where only the mail is known, that."""
    email: str = ""
    is_role: bool = False

    @classmethod
    def of(cls, given: "str | Person | Assignee") -> "Assignee":
        """A mail is a person, any other word a role. Raises ValueError for an empty one."""
        if isinstance(given, Assignee):
            return given
        if isinstance(given, Person):
            return cls(name=given.name, email=given.email)
        word = given.strip()
        if not word:
            raise ValueError("pass a person's email or the name of a role")
        return cls(name=word, email=word.lower()) if "@" in word else cls(name=word, is_role=True)

    def includes(self, person: Person) -> bool:
        """Whether the person is it, or has the role."""
        if self.is_role:
            return self.name == EVERYONE or person.has_one_of((self.name,))
        return person.developer or self.as_person.same_as(person)

    @property
    def as_person(self) -> Person:
        """The person, as far as they are known here."""
        return Person(name=self.name, email=self.email)


class Vote(BaseModel):
    """What somebody has said to something that is to be approved."""

    by: Person
    at: datetime
    approved: bool
    comment: str | None = None


class Assignment(BaseModel):
    """In whose hands a call is while it waits. `version` counts the changes."""

    assignee: Assignee | None = None
    claimed_by: Person | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    """The roles that the action's code asks for, of each tuple one: nobody can hand it to somebody without them."""
    not_by: tuple[Person, ...] = ()
    votes: tuple[Vote, ...] = ()
    quorum: int = 1
    """How many different people have to agree."""
    runs: bool = False
    """Whether to answer is to start an action, which needs that right."""
    version: int = 0
    handed_by: Person | None = None
    note: str = ""
    due_at: datetime | None = None
    reminders: int = 0
    reminded_at: datetime | None = None

    @property
    def named(self) -> bool:
        """Whether it waits for these people alone, whatever rights others have."""
        return self.assignee is not None or bool(self.needs)

    def involves(self, person: Person) -> bool:
        """Whether the person is among those that it waits for, or has voted."""
        asked = self.assignee is None or self.assignee.includes(person)
        return (asked and self._fits(person)) or _among(person, [vote.by for vote in self.votes])

    def can_be_claimed(self, person: Person, starter: Person | None) -> bool:
        """Whether several people are asked, of whom this one could take it on. What the person's own transaction asks
        nobody by name is theirs to answer anyway."""
        if self.claimed_by is not None:
            return False
        if not self.named:
            return starter is not None and not starter.same_as(person)
        return self.assignee is None or self.assignee.is_role

    def can_answer(self, person: Person) -> bool:
        """Whether the person may answer now, as far as that depends on whose hands it is in."""
        if self.claimed_by is not None:
            return self.claimed_by.same_as(person) and self.is_eligible(person)
        return (self.assignee is None or self.assignee.includes(person)) and self.is_eligible(person)

    def is_eligible(self, person: Person) -> bool:
        """Whether it could be handed to the person."""
        return self._fits(person) and not self.excludes(person)

    def excludes(self, person: Person) -> bool:
        """Whether the person has to leave it to others: it is their own matter, or they have voted."""
        return _among(person, self.not_by) or _among(person, [vote.by for vote in self.votes])

    def _fits(self, person: Person) -> bool:
        return all(person.has_one_of(roles) for roles in self.needs)

    @property
    def waits_for(self) -> str:
        """Whom it waits for, in a word; empty where that may be anybody with the right."""
        if self.claimed_by is not None:
            return self.claimed_by.name
        if self.assignee is not None:
            return self.assignee.name
        return ", ".join(self.needs[0]) if self.needs else ""


Change = Literal[
    "assigned", "handed", "claimed", "given back", "answered", "reminded", "timed out", "approved", "refused"
]


class AssignmentEvent(BaseModel):
    """A change of hands, a reminder or a vote, as the transaction keeps it under `hand/…`. `n` counts them, `call` is
    the number of the IO call; `by` is None where the action itself did it."""

    n: int
    call: int
    change: Change
    to: Assignee | None = None
    by: Person | None = None
    note: str = ""
    at: datetime


def _among(person: Person, people: Sequence[Person]) -> bool:
    return any(person.same_as(each) for each in people)

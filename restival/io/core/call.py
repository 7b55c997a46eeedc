"""What travels between an action, the journal and the browser."""

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from restival.access.assignment import Assignment
from restival.access.person import Person
from restival.i18n import t

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
    props: dict[str, Any] = Field(default_factory=dict)  # made each time: pydantic copies a default deeply
    depends_on: list[str] = Field(default_factory=list)
    """Keys of the fields from whose answers the action's code makes this one."""
    value: Json = None
    """What the field holds at first: its default, or what was submitted when an answer is asked for again."""


Theme = Literal["primary", "secondary", "danger"]
"""How a button or a link looks: the one to press, another one, or one that can't be undone."""


class Choice(BaseModel):
    """A button that sends a form; its value says which one it was."""

    label: str
    value: str
    theme: Theme = "primary"


CONTINUE = Choice(label="Continue", value="continue")


class Turn(BaseModel):
    """What became of an event, and the awakeable that the call waits for since. Turns count from 1 in each call."""

    n: int
    attempt: int
    turn: int
    awakeable: str
    event: str
    hands: Assignment | None = Field(default=None, description="in whose hands it is since then")
    fields: list[FieldSpec] = Field(default=[], description="fields that look different since then")
    result: Json = None
    error: str | None = None

    @property
    def version(self) -> tuple[int, int, int]:
        """Orders what is known of turns: the greater one is newer."""
        return (self.n, self.attempt, self.turn)


Kind = Literal["form", "confirm", "identity", "approve", "start"]
"""How an IO call asks: by a form, by a question with yes and no, by one that only the person may answer with yes, by
asking several people, or by waiting for somebody to start what was prepared for them."""


class PendingCall(BaseModel):
    """The IO call that a transaction waits for. `n` counts a transaction's IO calls from 1, `attempt` the times this
    one was asked (an answer that a validator refuses makes the next attempt)."""

    n: int
    attempt: int = 0
    kind: Kind = "form"
    asked_at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    hands: Assignment = Assignment()
    fields: list[FieldSpec]
    choices: list[Choice] = [CONTINUE]
    awakeable: str
    turn: int = 0
    errors: Errors = Field(default_factory=dict)

    def chosen(self, value: str | None) -> str:
        """The value of the button that was pressed; none means the first. Raises InvalidAnswer where there is none."""
        if value is None:
            return self.choices[0].value
        if all(choice.value != value for choice in self.choices):
            raise InvalidAnswer(t("Press one of the buttons."))
        return value

    def after(self, turn: Turn | None) -> "PendingCall":
        """The call as it waits after a turn of it."""
        if turn is None or (turn.n, turn.attempt) != self.version or turn.turn <= self.turn:
            return self
        anew = {field.key: field for field in turn.fields}
        fields = [anew.get(field.key, field) for field in self.fields] if anew else self.fields
        hands = turn.hands or self.hands
        return self.model_copy(
            update={"awakeable": turn.awakeable, "turn": turn.turn, "fields": fields, "hands": hands}
        )

    @property
    def version(self) -> tuple[int, int]:
        """Orders what is known of the pending call: the greater one is newer."""
        return (self.n, self.attempt)


class Submission(BaseModel):
    """What resolves the awakeable of a pending call: an answer, by whom and when."""

    id: str
    values: dict[str, Json]
    choice: str | None = None
    by: Person
    at: datetime


ASSIGNMENT_FIELD = ""
"""What stands for a field's key in an event that changes whose hands the call is in."""


class Event(BaseModel):
    """What also resolves the awakeable of a pending call: something in an open form asks for the action's code, or the
    call changes hands."""

    id: str
    field: str = Field(description="key of the field that asks, or ASSIGNMENT_FIELD")
    name: str = Field(description="what the field's component calls it")
    payload: Json
    by: Person
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))


class TranscriptItem(BaseModel):
    """One thing that a transaction has shown or asked and got answered, for good."""

    n: int
    kind: Kind | Literal["display"]
    fields: list[FieldSpec]
    answer: dict[str, Json] | None = None
    choice: str | None = Field(default=None, description="label of the button, where there were several")
    submission: str | None = None
    by: Person | None = None
    timed_out: bool = Field(default=False, description="whether nobody has answered in time")
    at: datetime = Field(description="when it was shown or answered")


class InvalidAnswer(ValueError):
    """An answer that can't be taken; `errors` says why, by path."""

    def __init__(self, errors: Errors | str) -> None:
        self.errors: Errors = {"": errors} if isinstance(errors, str) else errors
        super().__init__("; ".join(f"{path}: {message}" if path else message for path, message in self.errors.items()))

    def below(self, key: str) -> Errors:
        """The same errors, seen from one level above the field `key`."""
        return {f"{key}.{path}" if path else key: message for path, message in self.errors.items()}

"""Something that other people have to agree to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from restival.access.assignment import Assignee, Vote
from restival.access.person import Person
from restival.i18n import t
from restival.io.core.call import Choice, InvalidAnswer, Json, Kind
from restival.io.core.component import Component, Props
from restival.io.core.text_like import check_length

APPROVE = Choice(label="Approve", value="approve")
REFUSE = Choice(label="Reject", value="refuse", theme="secondary")
MOST = 2_000


class Decision(BaseModel):
    """The decision: `approved`, and the votes in order in `by` (each with `by`, `at`, `approved`, `comment`)."""

    approved: bool
    by: list[Vote] = []


class ApproveProps(Props):
    """Who may decide, and how many have to."""

    roles: list[str] = []
    not_by: list[Person] | None = None
    quorum: int = Field(1, ge=1)

    def check(self, answer: Json) -> Json:
        """The comment."""
        return check_length(answer, None, MOST).strip() or None


class Approve(Component[Decision]):
    """An approval by `quorum` different people.

    If you set `roles`, each of them needs one of these roles.
    The first rejection ends the approval, and needs a comment.
    The call is used alone, never in a group.
    The person who started the transaction can't approve.

    `not_by` replaces that rule with other people, each a `Person` or an email.
    With `not_by=[ctx.user, first.by[0].by]`, neither of the two can approve.
    With `not_by=[]`, everyone can.

    Raises ValueError if `quorum` is less than 1.
    """

    name = "approve"
    props_type = ApproveProps
    kind: ClassVar[Kind] = "approve"

    def __init__(
        self,
        label: str,
        *,
        help_text: str | None = None,
        roles: Sequence[str] = (),
        not_by: Sequence[str | Person] | None = None,
        quorum: int = 1,
    ) -> None:
        if quorum < 1:
            raise ValueError(f"io.approve({label!r}): quorum must be at least 1, not {quorum}")
        barred = None if not_by is None else [Assignee.of(each).as_person for each in not_by]
        super().__init__(label, ApproveProps(roles=list(roles), not_by=barred, quorum=quorum), help_text=help_text)
        self.is_optional = True
        self.choices = [APPROVE, REFUSE]

    def resolve(self, answer: Json) -> Decision:
        """The decision, once it is there."""
        return Decision.model_validate(answer)

    def optional(self, condition: bool = True) -> Any:
        """Raises ValueError: a decision is never left out."""
        raise ValueError(f"io.approve({self.label!r}): a decision can't be optional")


def check_vote(choice: str | None, comment: Json, key: str) -> None:
    """Raises InvalidAnswer where it isn't said which of both, or somebody refuses without a word."""
    if choice not in (APPROVE.value, REFUSE.value):
        raise InvalidAnswer(t("Press one of the buttons."))
    if choice == REFUSE.value and not comment:
        raise InvalidAnswer({key: t("Enter a reason to reject.")})

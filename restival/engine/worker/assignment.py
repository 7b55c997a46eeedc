"""In whose hands a call is while its transaction waits: every change is judged and recorded there."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, ValidationError

from restival.access.assignment import MOST_NOTE, Assignee, Assignment, AssignmentEvent, Change, Vote
from restival.access.person import Person
from restival.engine.state.records import hand_key
from restival.engine.worker.journal import Journal
from restival.i18n import t
from restival.io.approve import REFUSE, ApproveProps, Decision, check_vote
from restival.io.core.call import ASSIGNMENT_FIELD, Event, InvalidAnswer, PendingCall, Submission
from restival.io.core.component import IOCall

IN_THE_APP = "Answer in the app. The app has to verify your identity."


class AssignmentRequest(BaseModel):
    """What somebody wants to change, and which change they have seen last."""

    version: int
    to: Assignee | None = None
    note: str = ""


class CallAssignment:
    """Keeps whose hands one call is in. `numbers` counts the changes of the whole transaction."""

    def __init__(
        self, journal: Journal, numbers: Iterator[int], n: int, hands: Assignment, label: str, starter: Person
    ) -> None:
        self._label = label
        self._starter = starter
        self._journal = journal
        self._numbers = numbers
        self._n = n
        self._first = hands
        self.hands = hands

    def begin(self, at: datetime) -> None:
        """Record whom the action asks by name."""
        if self.hands.named:
            to = self.hands.assignee or Assignee(name=self.hands.waits_for, is_role=True)
            self._record("assigned", at, self.hands.handed_by, self.hands.note, to=to)
            self._tell(t("Answer needed"))

    def again(self) -> None:
        """The call is asked again: those who have voted may do it once more."""
        self.hands = self.hands.model_copy(update={"votes": (), "claimed_by": None})

    def refuses(self, submission: Submission, *, sealed: bool, whole: bool) -> bool:
        """Whether an answer can't be taken from this person any more, though it could when it was sent; `whole` where
        it counts who it is. Raises InvalidAnswer where it wasn't sent by the app."""
        if not sealed and (whole or self.hands.named or self.hands.claimed_by is not None):
            raise InvalidAnswer(IN_THE_APP)
        return not self.hands.can_answer(submission.by)

    def change(self, event: Event, *, sealed: bool) -> bool:
        """Take an event of hands; whether it could be taken."""
        try:
            request = AssignmentRequest.model_validate(event.payload)
        except ValidationError:
            return False
        hands, by = self.hands, event.by
        if not sealed:
            return False
        if event.name == "claim":
            return self._claim(by, event.at)
        if request.version != hands.version:
            return False
        if event.name == "give back":
            self._put("given back", event.at, by, claimed_by=None)
        elif event.name == "hand" and request.to is not None:
            note = request.note[:MOST_NOTE]
            self._put("handed", event.at, by, note, assignee=request.to, claimed_by=None, handed_by=by)
            self._tell(t("{name} assigned a question to you", name=by.name))
        else:
            return False
        return True

    def vote(self, submission: Submission) -> Decision | None:
        """Take somebody's vote; the decision once it is made. Raises InvalidAnswer for a refusal without a reason."""
        comment = next(iter(submission.values.values()), None)
        check_vote(submission.choice, comment, next(iter(submission.values), ""))
        approved = submission.choice != REFUSE.value
        vote = Vote(by=submission.by, at=submission.at, approved=approved, comment=comment)
        votes = (*self.hands.votes, vote)
        change: Change = "approved" if approved else "refused"
        first = self._first
        back = {"assignee": first.assignee, "handed_by": first.handed_by, "note": first.note}
        self._put(change, vote.at, vote.by, comment or "", votes=votes, claimed_by=None, **back)
        if approved and len(votes) < self.hands.quorum:
            return None
        return Decision(approved=approved, by=list(votes))

    def answered(self, submission: Submission) -> None:
        """Record who of those that were asked has answered; votes are recorded already."""
        if self.hands.named and not self.hands.votes:
            self._record("answered", submission.at, submission.by)

    def remind(self, at: datetime) -> None:
        """Record that those who are asked are reminded, and tell them. The version stays: who hands it on meanwhile has
        seen all that matters for that."""
        self.hands = self.hands.model_copy(update={"reminders": self.hands.reminders + 1, "reminded_at": at})
        self._record("reminded", at)
        self._tell(t("Reminder: answer needed"))

    def late(self, at: datetime) -> None:
        """Record that nobody has answered in time."""
        self._record("timed out", at)

    def _tell(self, title: str) -> None:
        """Tell those in whose hands it is; who has started it, where that may be anybody."""
        hands = self.hands
        who = [hands.claimed_by or (None if hands.named else self._starter)]
        to = [each.identity for each in who if each is not None]
        if not to and hands.assignee is not None:
            to = [hands.assignee.email or hands.assignee.name]
        message = f"{self._label} – {hands.note}" if self._label and hands.note else self._label or hands.note
        self._journal.notice(message or title, to or list(hands.needs[0]), title if message else None)

    def _claim(self, by: Person, at: datetime) -> bool:
        taken = self.hands.claimed_by
        if taken is not None:
            return taken.same_as(by)
        if not self.hands.can_answer(by):
            return False
        self._put("claimed", at, by, claimed_by=by)
        return True

    def _put(self, change: Change, at: datetime, by: Person | None, said: str = "", /, **changes: object) -> None:
        if change == "handed":
            changes["note"] = said
        self.hands = self.hands.model_copy(update={"version": self.hands.version + 1, **changes})
        self._record(change, at, by, said, to=self.hands.assignee if change == "handed" else None)

    def _record(
        self, change: Change, at: datetime, by: Person | None = None, note: str = "", to: Assignee | None = None
    ) -> None:
        n = next(self._numbers)
        record = AssignmentEvent(n=n, call=self._n, change=change, to=to, by=by, note=note, at=at)
        self._journal.set(hand_key(n), record)


def initial_assignment(call: IOCall[object], starter: Person, due_at: datetime | None) -> Assignment:
    """In whose hands the action puts a call."""
    terms = call.terms
    assignee = terms.assignee
    needs: list[tuple[str, ...]] = [(assignee.name,)] if assignee is not None and assignee.is_role else []
    asked = {"assignee": assignee, "due_at": due_at, "handed_by": terms.handed_by, "note": terms.note}
    if call.kind == "start":
        return Assignment(runs=True, **asked)
    if call.kind != "approve":
        return Assignment(needs=tuple(needs), **asked)
    props = call.fields()[0][1].props
    assert isinstance(props, ApproveProps)
    barred = [starter] if props.not_by is None else props.not_by
    needs += [tuple(props.roles)] if props.roles else []
    return Assignment(needs=tuple(needs), not_by=tuple(barred), quorum=props.quorum, **asked)


def is_assignment_event(sent: Submission | Event) -> bool:
    """Whether an event changes whose hands the call is in."""
    return isinstance(sent, Event) and sent.field == ASSIGNMENT_FIELD


def is_personal(pending: PendingCall) -> bool:
    """Whether it is part of the answer who gives it."""
    return pending.kind in ("approve", "start")

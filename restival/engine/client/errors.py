"""Why something can't be done with a transaction, in words for whoever wanted it."""

from restival.access.assignment import Assignment
from restival.errors import RestivalError
from restival.i18n import t
from restival.io.core.call import TranscriptItem


class UnknownTransaction(RestivalError):
    """There is no transaction with this id."""

    def __init__(self, transaction: str) -> None:
        super().__init__(t("Transaction {id} doesn't exist.", id=transaction))


class AlreadyAnswered(RestivalError):
    """Somebody was first; `by` says who, None where the question has gone for another reason."""

    def __init__(self, item: TranscriptItem | None) -> None:
        self.by = item.by if item else None
        closed = t("This question is closed.")
        super().__init__(t("{name} has already answered this question.", name=self.by.name) if self.by else closed)


class ChangedHands(RestivalError):
    """What waits is in other hands by now; the message says whose."""

    def __init__(self, hands: Assignment | None) -> None:
        if hands is not None and hands.claimed_by is not None:
            told = t("{name} has claimed this.", name=hands.claimed_by.name)
        elif hands is not None and hands.waits_for:
            told = t("The question is now assigned to {name}.", name=hands.waits_for)
        else:
            told = t("The question is now assigned to someone else.")
        super().__init__(told)


class EventFailed(RestivalError):
    """The action's code has failed on what was asked of it while the form was open."""


class AnswerTooLarge(RestivalError):
    """An answer over the limit of the settings."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            t("The answer is too large: {size} bytes. The limit is {limit} bytes.", size=size, limit=limit)
        )

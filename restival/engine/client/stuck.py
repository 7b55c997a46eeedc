"""What Restate's status of an invocation means for a transaction, in plain words."""

import re
from datetime import UTC, datetime

from restival.access.person import Person
from restival.engine.restate.admin import InvocationStatus
from restival.engine.state.records import MISMATCH, PARKED, Outcome, StuckReason
from restival.i18n import t

MISMATCH_CODES = ("RT0016", "570", "571")
CHANGE = re.compile(re.escape(MISMATCH) + r"([^\n]+?)['\")]*(?:\n|$)")
"""What Restival itself says of the change."""
CODE = re.compile(r"^\[\d+[^\]\n]*\] ")
"""What Restate puts before the message of a failure."""
RAISED = re.compile(r"([A-Za-z_][\w.]*)\(")
"""The beginning of what the SDK writes of an exception: its type, and then what it was made with."""
WORTH_TELLING = 5
"""Attempts after which a failure that isn't understood is shown: a lost connection mends itself before."""


def stuck_reason(status: InvocationStatus | None, paused_by: Person | None = None) -> StuckReason | None:
    """Why an invocation doesn't continue; None while it does. `paused_by` is who has paused it, if anybody has."""
    if status is not None and status.status == "paused" and (status.last_failure is None or paused_by is not None):
        return StuckReason(kind="paused", message=_paused(paused_by))
    if status is None or status.last_failure is None or status.status not in ("backing-off", "paused"):
        return None
    if is_mismatch(status):
        return StuckReason(kind="code_changed", message=_changed(status.last_failure))
    if is_parked(status):
        return StuckReason(kind="parked", message=_parked(status.last_failure.partition(PARKED)[2].partition("\n")[0]))
    if "404" in status.last_failure or "not found" in status.last_failure.lower():
        return missing()
    if (status.retry_count or 0) < WORTH_TELLING and status.status != "paused":
        return None
    return StuckReason(kind="failing", message=_failing(status.last_failure), details=without_code(status.last_failure))


def _failing(failure: str) -> str:
    raised = RAISED.match(without_code(failure))
    return t("The last attempt raised {error}.", error=raised[1]) if raised else t("The last attempt failed.")


def without_code(failure: str) -> str:
    """A failure without the status that Restate puts before it."""
    return CODE.sub("", failure)


def said_by(failure: str) -> str:
    """What a failure says in its first line; its traceback, if any, comes below."""
    return without_code(failure).partition("\n")[0]


def _changed(failure: str) -> str:
    told = t(
        "The action's code has changed since this transaction started: its questions or steps come in a "
        "different order. All answers are saved, but the transaction can't resume with the new code."
    )
    detail = CHANGE.search(failure)
    return f"{told} ({detail[1]}.)" if detail else told


def _paused(by: Person | None) -> str:
    if by is None:
        return t("Restate paused the transaction after several failed attempts. Resume it to try again.")
    return t("Paused by {name}. The transaction continues once someone resumes it.", name=by.name)


def _parked(error: str) -> str:
    return t(
        "The action raised {error}. All answers and completed steps are saved. It resumes when you deploy a fix.",
        error=error,
    )


def missing() -> StuckReason:
    """That nobody serves the action of a transaction."""
    message = t("The action is no longer in the project, or its file can't be loaded.")
    return StuckReason(kind="action_missing", message=message)


def is_mismatch(status: InvocationStatus) -> bool:
    """Whether the last attempt failed because the code no longer matches the journal."""
    text = f"{status.last_failure_error_code} {status.last_failure}".lower()
    return "journal mismatch" in text or any(code.lower() in text for code in MISMATCH_CODES)


def is_parked(status: InvocationStatus) -> bool:
    """Whether the action has failed and waits for its code to be mended."""
    return PARKED in (status.last_failure or "")


def outcome_of(status: InvocationStatus | None) -> Outcome | None:
    """The outcome of an invocation that Restate has ended without the action."""
    if status is None or status.status != "completed" or status.completion_result == "success":
        return None
    failure, at = status.completion_failure or "", status.completed_at or datetime.now(UTC)
    if "killed" in failure or "cancelled" in failure:
        return Outcome(state="cancelled", at=at)
    details = without_code(failure)
    return Outcome(state="failed", at=at, error=said_by(failure), traceback=details if "\n" in details else None)

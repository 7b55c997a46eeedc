"""What a person is told of the runs that a schedule has started for them."""

from restival.engine.state.records import Meta, Notification, Outcome
from restival.i18n import t

N = 0
"""The actions' own notices begin with 1."""


def told_of(meta: Meta, outcome: Outcome, on_success: bool) -> Notification | None:
    """The notice for an outcome; None where nobody wants to hear of it, or somebody has started it by hand."""
    if meta.schedule is None or outcome.state == "cancelled" or (outcome.state == "done" and not on_success):
        return None
    told = {"title": meta.title, "to": [meta.user.identity], "at": outcome.at, "n": N}
    if outcome.state == "done":
        return Notification(**told, message=t("The scheduled run completed."))
    return Notification(**told, message=t("The scheduled run failed: {error}", error=outcome.error or ""))

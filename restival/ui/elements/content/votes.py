"""What was decided, as people read it."""

from html import escape

from restival.access.assignment import Vote
from restival.i18n import t
from restival.io.approve import Decision
from restival.io.core.call import Json
from restival.ui.elements.times import clock


def decision_html(answer: Json) -> str:
    """Whether it is approved, and a line for each who has voted, as HTML; all text in it escaped."""
    decision = Decision.model_validate(answer)
    words = t("Approved") if decision.approved else t("Rejected")
    look = "done" if decision.approved else "failed"
    votes = "".join(f"<div>{escape(vote_words(vote))}</div>" for vote in decision.by)
    return f'<span class="r-state r-state-{look}">{escape(words)}</span>{votes}'


def vote_words(vote: Vote) -> str:
    """What somebody has said."""
    name, time = vote.by.name, clock(vote.at)
    approved = t("Approved by {name}, {time}", name=name, time=time)
    said = approved if vote.approved else t("Rejected by {name}, {time}", name=name, time=time)
    return f"{said}: {vote.comment}" if vote.comment else said

"""What a timeline says of each thing that has happened."""

from datetime import datetime

from restival.access.assignment import AssignmentEvent
from restival.engine.client.recorded_values import plain_text
from restival.engine.client.timeline import Span, Try
from restival.engine.state.transaction import Transaction
from restival.i18n import t, tn
from restival.ui.elements.times import to_the_second, took_exactly

SHORT = 120
"""Characters of a text that stand in the line itself."""
SHORTEST = 70
"""Characters of a value there."""
ICONS = {
    "start": "play_arrow",
    "question": "person",
    "shown": "visibility",
    "hand": "swap_horiz",
    "notice": "notifications",
    "step": "settings",
    "prepared": "search",
    "clock": "schedule",
    "sleep": "bedtime",
    "log": "notes",
    "call": "call_split",
    "cancel": "block",
    "outcome": "flag",
}


def title(span: Span, view: Transaction) -> str:
    """The line itself."""
    match span.kind:
        case "start":
            return t("Started by {name}", name=span.by.name) if span.by else t("Started")
        case "question":
            return t("Question: {label}", label=span.title or t("without a label"))
        case "shown":
            return t("Shown: {label}", label=span.title) if span.title else t("Output shown")
        case "hand":
            return _hand(view.hands.get(span.n or 0))
        case "step":
            return t("Step {name}", name=span.title)
        case "prepared":
            return t("Loaded options")
        case "clock":
            return t("Read the clock")
        case "sleep":
            return (
                t("Sleep") if span.until else t("Sleeping until {time}", time=to_the_second(span.wakes_at or span.at))
            )
        case "notice":
            notice = view.notices.get(span.n or 0)
            to = ", ".join(notice.to) if notice else ""
            return t("Notification to {to}: {message}", to=to, message=span.title)
        case "log":
            return span.title
        case "call":
            return t("Started {name}", name=span.title)
        case "cancel":
            return t("Cancelled by {name}", name=span.by.name) if span.by else t("Cancelled")
        case "outcome":
            return outcome(view)


def _hand(change: AssignmentEvent | None) -> str:
    by = change.by.name if change and change.by else ""
    to = change.to.name if change and change.to else ""
    match change and change.change:
        case "assigned":
            return t("Assigned to {name}", name=to)
        case "handed":
            return t("{name} reassigned the question to {to}", name=by, to=to)
        case "claimed":
            return t("{name} claimed the question", name=by)
        case "given back":
            return t("{name} unassigned the question", name=by)
        case "reminded":
            return t("Reminder sent")
        case "timed out":
            return t("Timed out")
        case "approved":
            return t("{name} approved", name=by)
        case "refused":
            return t("{name} rejected", name=by)
        case _:
            return t("Assignment changed")


def outcome(view: Transaction) -> str:
    """How it has ended."""
    match view.outcome and view.outcome.state:
        case "done":
            return t("Done")
        case "failed":
            return t("Failed")
        case "cancelled":
            return t("Cancelled")
        case _:
            return t("Ended")


def subtitle(span: Span, view: Transaction, now: datetime, *, results: bool) -> str:
    """What came of it, in short; `results` are told to those who may see them."""
    match span.kind:
        case "start" if view.meta is not None and view.meta.restarted is not None:
            return t("Restarted by {name} from another transaction", name=view.meta.restarted.by.name)
        case "question":
            return _of_question(span, now)
        case "step" | "prepared":
            return _of_step(span, now, results=results)
        case "hand":
            change = view.hands.get(span.n or 0)
            return change.note if change else ""
        case "clock":
            return shortly(span.result)
        case "outcome" if view.outcome is not None and view.outcome.error:
            return f"{view.outcome.error_type}: {view.outcome.error}" if view.outcome.error_type else view.outcome.error
    return ""


def _of_question(span: Span, now: datetime) -> str:
    parts = [t("answered by {name}", name=span.by.name)] if span.by else []
    if span.goes_on:
        parts.append(t("waiting for an answer"))
    if span.asked > 1:
        refused = span.asked - 1
        parts.append(tn("{count} invalid answer", "{count} invalid answers", refused))
    if span.helped:
        parts.append(tn("{count} lookup", "{count} lookups", span.helped))
    return " · ".join(parts)


def _of_step(span: Span, now: datetime, *, results: bool) -> str:
    parts = []
    if len(span.tries) > 1:
        parts.append(tn("{count} attempt", "{count} attempts", len(span.tries)))
    last = span.tries[-1]
    if span.failed:
        parts.append(t("failed with {error}", error=f"{last.error_type}: {last.error}"))
    elif last.until is None:
        parts.append(t("running"))
    elif results and span.result and span.kind == "step":
        parts.append(t("returned {value}", value=shortly(span.result)))
    if span.goes_on and last.next_at is not None:
        parts.append(t("next attempt in {time}", time=took_exactly(max(0.0, (last.next_at - now).total_seconds()))))
    return " · ".join(parts)


def waiting(span: Span, now: datetime) -> str:
    """What a transaction waits for, and how long already."""
    since = took_exactly(span.seconds(now))
    match span.kind:
        case "question":
            label = span.title or t("a question")
            return t("Waiting for an answer to “{label}” for {time}", label=label, time=since)
        case "sleep":
            left = took_exactly(max(0.0, ((span.wakes_at or now) - now).total_seconds()))
            return t("Sleeping for {time}, wakes up in {left}", time=since, left=left)
        case "step" | "prepared" | "clock":
            last = span.tries[-1]
            if last.next_at is not None:
                left = took_exactly(max(0.0, (last.next_at - now).total_seconds()))
                return t("Step {name} failed, next attempt in {left}", name=span.title, left=left)
            return t("Step {name} running for {time}", name=span.title, time=took_exactly(_since(last, now)))
    return ""


def _since(this: Try, now: datetime) -> float:
    return max(0.0, (now - this.at).total_seconds())


def shortly(recorded: str) -> str:
    """The beginning of a recorded value on one line."""
    value = " ".join(plain_text(recorded).split())
    return value if len(value) <= SHORTEST else f"{value[:SHORTEST]}…"

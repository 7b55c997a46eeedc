"""What has happened in a transaction, in order and with times: made from the journal and the state."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel

from restival.access.person import Person
from restival.engine.restate.codec.own_names import recorded_names
from restival.engine.restate.journal_reader import READ_BYTES, JournalEntry, JournalReader
from restival.engine.restate.seals import Seals, retry_of
from restival.engine.state.transaction import Transaction
from restival.io.core.call import FieldSpec

Kind = Literal[
    "start",
    "question",
    "shown",
    "notice",
    "hand",
    "step",
    "prepared",
    "clock",
    "sleep",
    "log",
    "call",
    "cancel",
    "outcome",
]
CANCEL_SIGNAL = 1
"""The number of the signal by which Restate cancels; those of awakeables come after."""
PREPARED = ("what can be chosen", "what comes later")
"""Names of work that an IO call records outside of the time in which it waits."""
CLOCK = "now"
OF_QUESTIONS = ("check answer", "validate", "asked", "reminded", "timed out")
"""Names of what a question records for itself."""
FAILED = re.compile(
    rf'^\{{"\$":"dataclass","t":"(?:{"|".join(map(re.escape, recorded_names("restival:RecordedError")))})","v":\{{'
    r'"error_type":("(?:[^"\\]|\\.)*"),"message":("(?:[^"\\]|\\.)*"?)'
)


class Try(BaseModel):
    """One try of a step; `until` is None while it goes on. `entry` is where its result or error is recorded."""

    at: datetime
    until: datetime | None = None
    entry: int | None = None
    error_type: str | None = None
    error: str | None = None
    next_at: datetime | None = None
    """When it is tried again, if it is."""
    hurried_by: Person | None = None
    """Who didn't want to wait for that."""

    @property
    def failed(self) -> bool:
        """Whether it has raised something."""
        return self.error_type is not None


class Span(BaseModel):
    """Something that has happened, or goes on while `until` is None. `entry` is the number of its first entry."""

    kind: Kind
    entry: int
    title: str = ""
    at: datetime
    until: datetime | None = None
    by: Person | None = None
    n: int | None = None
    """The number of the IO call, for questions and what was shown, of the log's line or of the change of hands."""
    asked: int = 1
    """How often a question was asked: answers that don't fit are asked for again."""
    helped: int = 0
    """How often the action's code has run for the open form."""
    tries: list[Try] = []
    wakes_at: datetime | None = None
    result: str = ""
    """The beginning of what a step has given, as it is recorded."""
    result_bytes: int = 0
    failed: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it hasn't ended."""
        return self.until is None

    def seconds(self, now: datetime) -> float:
        """How long it took, or takes until now."""
        return max(0.0, ((self.until or now) - self.at).total_seconds())


def timeline(entries: Iterable[JournalEntry], view: Transaction, seals: Seals) -> list[Span]:
    """What has happened, in order."""
    reading = _Reading(view, seals)
    for entry in entries:
        reading.take(entry)
    return reading.ended()


class Timeline:
    """The timeline of one transaction, which is read on from where it was read to. Raises EngineUnavailable."""

    def __init__(self, recorded: JournalReader) -> None:
        self._recorded = recorded
        self._entries: list[JournalEntry] = []

    async def read(self, view: Transaction) -> list[Span]:
        """What has happened until now; nothing where Restate doesn't keep it any more."""
        if view.meta is None:
            return []
        self._entries += await self._recorded.entries(view.meta.invocation, len(self._entries))
        return timeline(self._entries, view, self._recorded.seals)


class Timelines:
    """The timelines of transactions, and the values that were recorded there. Raises EngineUnavailable."""

    def __init__(self, recorded: JournalReader) -> None:
        self._recorded = recorded

    def new(self) -> Timeline:
        """A timeline that hasn't been read yet."""
        return Timeline(self._recorded)

    async def value(self, view: Transaction, entry: int) -> bytes:
        """The whole value of an entry; empty where it has none."""
        return await self._recorded.value(view.meta.invocation, entry) if view.meta else b""

    async def results(self, view: Transaction) -> dict[int, bytes]:
        """What steps have given, by entry, without results that are too large to be read at once."""
        if view.meta is None:
            return {}
        condition = f"entry_type = 'Notification: Run' AND raw_length <= {READ_BYTES}"
        return await self._recorded.values(view.meta.invocation, condition)


class _Reading:
    """Goes through the entries once."""

    def __init__(self, view: Transaction, seals: Seals) -> None:
        self._view = view
        self._seals = seals
        self._spans: list[Span] = []
        self._question: Span | None = None
        self._step: Span | None = None
        self._again = False
        """Whether the step that has failed is tried again: the next run is its next try."""
        self._after_failure = False
        self._sleeps = False
        self._running: dict[int, Span] = {}
        self._items: set[int] = set()

    def take(self, entry: JournalEntry) -> None:
        """Take the next entry."""
        match entry.entry_type:
            case "Command: Input":
                self._add("start", entry, until=entry.appended_at, by=self._view.meta and self._view.meta.user)
            case "Command: SetState":
                self._state(entry)
            case "Command: Run":
                self._run(entry)
            case "Notification: Run":
                self._ran(entry)
            case "Command: Sleep":
                self._sleep(entry)
            case "Notification: Sleep":
                self._woke(entry)
            case "Notification: Signal":
                self._signal(entry)
            case "Command: Call" | "Command: OneWayCall":
                called = (entry.invoked_target or "").partition("/")[0].replace(".", "/")
                self._add("call", entry, title=called, until=entry.appended_at)

    def ended(self) -> list[Span]:
        """All spans; those that were broken off by the end end there."""
        outcome = self._view.outcome
        if outcome is not None:
            if not self._spans or self._spans[-1].kind != "outcome":  # it has ended without its code
                last = self._spans[-1].entry + 1 if self._spans else 0
                self._spans.append(Span(kind="outcome", entry=last, at=outcome.at, until=outcome.at))
            for span in self._spans:
                if span.goes_on:
                    span.until = max(span.at, outcome.at)
        return self._spans

    def _add(self, kind: Kind, entry: JournalEntry, **values: object) -> Span:
        self._spans.append(Span(kind=kind, entry=entry.index, at=entry.appended_at, **values))
        return self._spans[-1]

    def _state(self, entry: JournalEntry) -> None:
        kind, _, number = entry.key.partition("/")
        match kind:
            case "call":
                self._asks(entry)
            case "hand":
                change = self._view.hands.get(int(number))
                if change is None or change.change != "answered":  # the question says so
                    self._add("hand", entry, n=int(number), until=entry.appended_at, by=change and change.by)
            case "notice":
                notice = self._view.notices.get(int(number))
                title = notice.message if notice else ""
                self._add("notice", entry, n=int(number), title=title, until=entry.appended_at)
            case "sleep":
                self._sleeps = True
            case "item":
                self._item(int(number), entry)
            case "log":
                if self._after_failure:  # a failed try says the same
                    return
                line = self._view.log.get(int(number))
                text = line.text if line else ""
                self._add("log", entry, n=int(number), title=text, until=entry.appended_at)
            case "step":
                self._again = self._after_failure
                return
            case "outcome":
                outcome = self._view.outcome
                self._add("outcome", entry, until=entry.appended_at, by=outcome and outcome.by)
        self._after_failure = False

    def _asks(self, entry: JournalEntry) -> None:
        if self._question is not None:
            self._question.asked += 1
            return
        n = max(self._items, default=0) + 1
        item, call = self._view.items.get(n), self._view.call
        fields = item.fields if item else call.fields if call and call.n == n else []
        self._question = self._add("question", entry, n=n, title=_label(fields))

    def _item(self, n: int, entry: JournalEntry) -> None:
        item = self._view.items.get(n)
        if self._question is not None and self._question.n == n:
            self._question.until = entry.appended_at
            self._question.by = item.by if item else None
            self._question = None
        elif n not in self._items:  # a display comes again when more is known of it
            self._add("shown", entry, n=n, title=_label(item.fields if item else []), until=entry.appended_at)
        self._items.add(n)

    def _run(self, entry: JournalEntry) -> None:
        if self._question is not None or entry.name in OF_QUESTIONS:  # the body waits: this belongs to the form
            if self._question is not None and entry.name not in OF_QUESTIONS:
                self._question.helped += 1
            return
        kind: Kind = "prepared" if entry.name in PREPARED else "clock" if entry.name == CLOCK else "step"
        again = self._again and self._step is not None and self._step.title == entry.name
        self._again = self._after_failure = False
        span = self._step if again and self._step else self._add(kind, entry, title=entry.name)
        span.tries.append(Try(at=entry.appended_at))
        span.until = None
        self._step = self._running[entry.completion] = span

    def _ran(self, entry: JournalEntry) -> None:
        span = self._running.pop(entry.completion, None)
        if span is None:
            return
        now = span.tries[-1]
        span.until = now.until = entry.appended_at
        now.entry = entry.index
        error = FAILED.match(entry.beginning)
        if error:
            now.error_type, now.error = json.loads(error[1]), _text(error[2])
            self._after_failure = True
        span.failed = bool(error)
        span.result, span.result_bytes = ("", 0) if error else (entry.beginning, entry.raw_length)

    def _sleep(self, entry: JournalEntry) -> None:
        wakes_at = datetime.fromtimestamp(entry.wakes_at, UTC)
        if self._again and self._step is not None:
            self._step.tries[-1].next_at = wakes_at
            self._step.until = None
            return
        if self._sleeps:  # not the time that a question has
            self._running[entry.completion] = self._add("sleep", entry, wakes_at=wakes_at)
        self._sleeps = False

    def _woke(self, entry: JournalEntry) -> None:
        if (span := self._running.pop(entry.completion, None)) is not None:
            span.until = entry.appended_at

    def _signal(self, entry: JournalEntry) -> None:
        if entry.signal == CANCEL_SIGNAL:
            outcome = self._view.outcome
            self._add("cancel", entry, until=entry.appended_at, by=outcome and outcome.by)
            for span in self._spans:
                if span.goes_on:
                    span.until = entry.appended_at
            self._question, self._again = None, False
        elif self._again and self._step is not None:
            with suppress(ValueError):
                body, ours = self._seals.holds(entry.beginning.encode(), retry_of(self._view.id))
                self._step.tries[-1].hurried_by = Person.model_validate_json(body) if ours else None


def _label(fields: list[FieldSpec]) -> str:
    return next((field.label for field in fields if field.label), "")


def _text(cut: str) -> str:
    """A JSON string that may be cut."""
    for end in ("", '"'):
        try:
            return str(json.loads(cut.rstrip("\\") + end))
        except ValueError:
            continue
    return cut.strip('"')

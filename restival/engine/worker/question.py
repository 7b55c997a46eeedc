"""One question of a transaction, from the moment it is asked to its end, as a state machine.

    Asking ──────► Waiting ──────► Checking ──────► Answered
      ▲             │ ▲  │             │
      │             └─┘  └─► Overdue   │
      └────────────────────────────────┘

A question waits through any number of turns: events of its form, reminders, votes, changes of who is asked. An answer
that is refused has it asked again, with the errors beside the fields.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import Field, TypeAdapter, ValidationError

from restival.access.person import Person
from restival.actions.context import TimedOut
from restival.engine.restate.recorded_result import Raised
from restival.engine.state.records import item_key
from restival.engine.worker.assignment import CallAssignment, initial_assignment, is_assignment_event, is_personal
from restival.engine.worker.journal import Journal
from restival.engine.worker.timers import Timers, due
from restival.i18n import t
from restival.io.core.call import (
    Errors,
    Event,
    FieldSpec,
    InvalidAnswer,
    Json,
    PendingCall,
    Submission,
    TranscriptItem,
    Turn,
)
from restival.io.core.component import Component, IOCall
from restival.io.core.registry import check_answers
from restival.io.core.seal import unseal
from restival.io.core.secret_answers import decrypt_secrets, encrypt_secrets
from restival.io.core.waiting import RAISES
from restival.io.depends import Depends
from restival.storage.transaction_files import Files

SENT: TypeAdapter[Submission | Event] = TypeAdapter(
    Annotated[Submission | Event, Field(union_mode="left_to_right")]  # most are answers
)
OTHER_HANDS = "The question is assigned to someone else."
"""What a turn tells of something that came from somebody in whose hands the question isn't."""


@dataclass(frozen=True)
class Parts:
    """What all questions of one attempt share. `stored_call` reads the pending question as Restate has it, `changes`
    counts the changes of who is asked, over all questions."""

    transaction: str
    journal: Journal
    files: Files
    secret: bytes
    starter: Person
    stored_call: Callable[[], Awaitable[PendingCall | None]]
    changes: Iterator[int]


@dataclass(frozen=True)
class Asking:
    """About to be shown with these fields, and with what is wrong with the answer before."""

    fields: list[FieldSpec]
    errors: Errors = field(default_factory=dict)
    attempt: int = 0


@dataclass(frozen=True)
class Waiting:
    """Shown. `sent` comes when somebody answers, or does something in the form."""

    asking: Asking
    pending: PendingCall
    sent: Awaitable[bytes]
    from_before: bool
    """Whether an earlier attempt has shown it."""


@dataclass(frozen=True)
class Checking:
    """An answer has come. The app has checked a `sealed` one; any other was sent past it."""

    waiting: Waiting
    submission: Submission
    sealed: bool


@dataclass(frozen=True)
class Answered:
    """Ended, with the value that the await gives."""

    value: Any


@dataclass(frozen=True)
class Overdue:
    """Ended: nobody has answered in time."""


State = Asking | Waiting | Checking | Answered | Overdue


@dataclass(frozen=True)
class Reply:
    """What a turn tells the page: the event that it answers, and what came of it."""

    event: str = ""
    result: Json = None
    error: str | None = None


class Question:
    """A question. `answered_by` is who has answered it, once somebody has."""

    def __init__(self, call: IOCall[Any], n: int, parts: Parts) -> None:
        self.answered_by: Person | None = None
        self._call = call
        self._n = n
        self._parts = parts
        self._journal = parts.journal

    async def ask(self, fields: list[FieldSpec]) -> Any:
        """Ask it, and give the value of its answer. Raises TimedOut, and what the action's own functions raise."""
        self._assignment, self._timers = await self._begun()
        self._journal.asks_after_cancel()
        state: State = Asking(fields)
        while True:
            match state:
                case Asking():
                    state = self._show(state)
                case Waiting():
                    state = await self._wait(state)
                case Checking():
                    state = await self._check(state)
                case Answered():
                    return state.value
                case Overdue():
                    return await self._time_out()

    async def _begun(self) -> tuple[CallAssignment, Timers]:
        """For whom it waits, and until when."""
        terms = self._call.terms
        asked_at = datetime.now(UTC) if terms.timeout is None else await self._journal.clock("asked")
        hands = initial_assignment(self._call, self._parts.starter, due(asked_at, terms.timeout))
        label = next((component.label for _, component in self._call.fields() if component.label), terms.about)
        assignment = CallAssignment(self._journal, self._parts.changes, self._n, hands, label, self._parts.starter)
        assignment.begin(asked_at)
        return assignment, Timers(self._journal, terms)

    def _show(self, now: Asking) -> Waiting:
        awakeable, sent = self._journal.awakeable()
        pending = PendingCall(
            n=self._n,
            attempt=now.attempt,
            kind=self._call.kind,
            hands=self._assignment.hands,
            fields=now.fields,
            choices=self._call.choices,
            awakeable=awakeable,
            errors=now.errors,
        )
        from_before = self._journal.replaying
        self._journal.set("call", pending)
        return Waiting(now, pending, sent, from_before)

    async def _wait(self, now: Waiting) -> State:
        rang = await self._timers.first(now.sent)
        if rang == "late":
            return Overdue()
        if rang == "remind":
            self._assignment.remind(await self._journal.clock("reminded"))
            return self._next_turn(now, Reply(), now.pending.awakeable, now.sent)
        try:
            sent, sealed = self._opened(await self._journal.wait_long(now.sent), now.pending)
            return await self._take(now, sent, sealed)
        except InvalidAnswer as refused:
            return self._ask_again(now.asking, refused)

    async def _take(self, now: Waiting, sent: Submission | Event, sealed: bool) -> State:
        """An answer is checked. A vote that doesn't decide and an event lead to the next turn."""
        reply = Reply(sent.id)
        if isinstance(sent, Submission):
            if self._assignment.refuses(sent, sealed=sealed, whole=is_personal(now.pending)):
                reply = Reply(sent.id, error=OTHER_HANDS)
            elif now.pending.kind != "approve":
                return Checking(now, sent, sealed)
            elif (decision := self._assignment.vote(sent)) is not None:
                given = {key: decision.model_dump(mode="json") for key in sent.values}
                return Checking(now, sent.model_copy(update={"values": given}), sealed)
        elif not is_assignment_event(sent):
            reply = await self._handled(sent)
        elif not self._assignment.change(sent, sealed=sealed):
            reply = Reply(sent.id, error=OTHER_HANDS)
        # An awakeable resolves once only: what comes next needs another.
        return self._next_turn(now, reply, *self._journal.awakeable())

    def _next_turn(self, now: Waiting, reply: Reply, awakeable: str, sent: Awaitable[bytes]) -> Waiting:
        """Show what has changed beside the form, which stays as it is filled in."""
        components = [(key, component) for key, component in self._call.fields() if isinstance(component, Depends)]
        turn = Turn(
            n=self._n,
            attempt=now.pending.attempt,
            turn=now.pending.turn + 1,
            awakeable=awakeable,
            event=reply.event,
            hands=self._assignment.hands,
            fields=[component.spec(key) for key, component in components],
            result=reply.result,
            error=reply.error,
        )
        self._journal.set("turn", turn)
        return Waiting(now.asking, now.pending.after(turn), sent, now.from_before)

    async def _handled(self, event: Event) -> Reply:
        """What came of an event, or why nothing came of it: both are recorded."""
        component = dict(self._call.fields()).get(event.field)
        if component is None:
            return Reply(event.id, error=t("This field doesn't exist."))
        try:
            recorded = await self._journal.run(
                f"{event.name} {event.field}", lambda: component.on_event(event.name, event.payload)
            )
        except Raised as error:
            return Reply(event.id, error=error.message or error.error_type)
        return Reply(event.id, result=await component.apply_event(event.name, recorded))

    async def _check(self, now: Checking) -> State:
        pending, submission = now.waiting.pending, now.submission
        try:
            answers = submission.values if now.sealed else await self._judged(pending, submission)
            given = decrypt_secrets(pending.fields, answers, self._parts.secret)
            choice = submission.choice or pending.choices[0].value
            value = self._call.finish(await self._values(given, choice), choice)
        except InvalidAnswer as refused:
            return self._ask_again(now.waiting.asking, refused, submission)
        await self._record(now, answers)
        return Answered(value)

    def _ask_again(self, before: Asking, refused: InvalidAnswer, submission: Submission | None = None) -> Asking:
        """Ask with what was filled in, if anything was, and with what is wrong with it."""
        self._assignment.again()
        fields = before.fields
        if submission is not None:
            given = _kept(self._call, submission.values)
            fields = [spec.model_copy(update={"value": given.get(spec.key)}) for spec in self._specs()]
        return Asking(fields, refused.errors, before.attempt + 1)

    async def _judged(self, pending: PendingCall, submission: Submission) -> dict[str, Json]:
        """The answers in their normal form, of a submission that the app hasn't checked; the verdict is recorded.

        A sealed one doesn't come here: it was checked against what was shown, and the body's own props may differ by
        now (a replay sees other rows).
        """

        async def judge() -> dict[str, Any]:
            try:
                pending.chosen(submission.choice)
                checked = check_answers(pending.fields, submission.values)
                checked = await self._parts.files.confirmed(self._parts.transaction, pending.fields, checked)
                return {"answers": encrypt_secrets(pending.fields, checked, self._parts.secret)}
            except InvalidAnswer as refused:
                return {"errors": refused.errors}

        verdict = await self._journal.run("check answer", judge)
        if "errors" in verdict:
            raise InvalidAnswer(verdict["errors"])
        return cast(dict[str, Json], verdict["answers"])

    async def _values(self, answers: dict[str, Json], choice: str) -> dict[str, Any]:
        """The Python values. Raises InvalidAnswer."""

        async def judge() -> Errors:
            values, errors = _evaluated(self._call, answers)
            return errors or await self._call.problems(values, choice)

        # What the action's own functions say is recorded. The values aren't: they may be whole files.
        if self._call.has_validators and (refused := await self._journal.run("validate", judge)):
            raise InvalidAnswer(refused)
        values, errors = _evaluated(self._call, answers)
        if errors:
            raise InvalidAnswer(errors)
        return values

    async def _record(self, now: Checking, answers: dict[str, Json]) -> None:
        pending, submission = now.waiting.pending, now.submission
        fields = self._specs()
        # The attempt that has asked it may have run other code: the transcript tells what the person has seen.
        if now.waiting.from_before and not self._journal.replaying:
            fields = await self._as_asked(pending, fields)
        self.answered_by = submission.by
        self._assignment.answered(submission)
        self._journal.set(
            item_key(self._n),
            TranscriptItem(
                n=self._n,
                kind=self._call.kind,
                fields=fields,
                answer=_kept(self._call, answers),
                choice=_choice_label(self._call, pending, submission),
                submission=submission.id,
                by=submission.by,
                at=submission.at,
            ),
        )

    async def _as_asked(self, pending: PendingCall, specs: list[FieldSpec]) -> list[FieldSpec]:
        """The fields in the words in which they were asked. They are read past the journal, which doesn't compare what
        an item of the transcript says."""
        stored = await self._parts.stored_call()
        if stored is None or stored.version != pending.version:
            return specs
        asked, components = {field.key: field for field in stored.fields}, dict(self._call.fields())
        return [_in_words_of(asked.get(spec.key), spec, components[spec.key]) for spec in specs]

    async def _time_out(self) -> Any:
        """Go on without an answer. Raises TimedOut where the action hasn't said with what."""
        terms, fields = self._call.terms, self._specs()
        self._assignment.late(at := await self._journal.clock("timed out"))
        item = TranscriptItem(n=self._n, kind=self._call.kind, fields=fields, at=at, timed_out=True)
        self._journal.set(item_key(self._n), item)
        if terms.on_timeout is not RAISES:
            return terms.on_timeout
        assert terms.timeout is not None
        raise TimedOut(next((spec.label for spec in fields if spec.label), ""), terms.timeout)

    def _opened(self, sent: bytes, pending: PendingCall) -> tuple[Submission | Event, bool]:
        """What was sent, and whether the app has sealed it for this question. Raises InvalidAnswer."""
        body, sealed = unseal(sent, self._parts.secret, pending.awakeable)
        try:
            return SENT.validate_json(body), sealed
        except ValidationError:
            raise InvalidAnswer(t("The request doesn't contain a valid answer.")) from None

    def _specs(self) -> list[FieldSpec]:
        return [component.spec(key) for key, component in self._call.fields()]


def _choice_label(call: IOCall[Any], pending: PendingCall, submission: Submission) -> str | None:
    if len(call.choices) < 2:
        return None
    return next((each.label for each in pending.choices if each.value == submission.choice), submission.choice)


def _in_words_of(asked: FieldSpec | None, spec: FieldSpec, component: Component[Any]) -> FieldSpec:
    if asked is None or asked.component != spec.component:
        return spec
    words = {"label": asked.label, "help_text": asked.help_text}
    return spec.model_copy(
        update=words if component.needs_prefetch or component.has_deferred else {**words, "props": asked.props}
    )


def _kept(call: IOCall[Any], answers: dict[str, Json]) -> dict[str, Json]:
    return {key: component.kept(answers[key]) for key, component in call.fields() if key in answers}


def _evaluated(call: IOCall[Any], answers: dict[str, Json]) -> tuple[dict[str, Any], Errors]:
    values: dict[str, Any] = {}
    errors: Errors = {}
    for key, component in call.fields():
        try:
            if not component.matches_answers(answers):
                raise InvalidAnswer(t("Another field has changed. Check this value again."))
            values[key] = component.value_of(answers.get(key))
        except InvalidAnswer as refused:
            errors |= refused.below(key)
    return values, errors
